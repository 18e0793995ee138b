// Made only when there is a secret to keep. The app's settings refer to the secrets by name.
param name string
param location string
param tags object

@description('True keeps a deleted vault from being purged for 90 days; it can never be switched off again.')
param purgeProtection bool

@description('Names of the secrets that are set.')
param names array

@secure()
@description('Values by name.')
param values object

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: purgeProtection ? 90 : 7
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      // References from a Flex Consumption app to a closed vault are not known to work, so roles alone guard it.
      defaultAction: 'Allow'
    }
  }
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [for secret in names: {
  parent: vault
  name: secret
  tags: tags
  properties: {
    value: values[secret]
    contentType: 'text/plain'
  }
}]

output name string = vault.name
