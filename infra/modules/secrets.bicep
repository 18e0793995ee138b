// The vault: the secrets that are set, to which the app's settings refer by name, and the key that signs evidence packs.
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

@description('Name of the key that signs evidence packs. It never leaves the vault.')
param evidenceKeyName string

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

// A deployment makes it once and never a new version of it: the thumbprint that recipients know stays.
resource evidenceKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: evidenceKeyName
  tags: tags
  properties: {
    kty: 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
  }
}

output name string = vault.name
output evidenceKeyId string = evidenceKey.properties.keyUri
