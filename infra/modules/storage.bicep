// One account for everything: the host's own state, the app package, the queues, the book and the messages as they were
// sent and received. Keys are switched off.
param name string
param location string
param tags object
param networkEnabled bool

var packageContainer = 'app-package'

// In the order in which an invoice meets them: functions/Queues.cs. email-events is filled by Event Grid.
var queueNames = [
  'scan'
  'email-notices'
  'sms-notices'
  'escalation-notices'
  'email-events'
  'delivery-reports'
  'received-mail'
  'documents'
  'payments-received'
  'jobs'
]

// functions/Tables.cs
var tableNames = ['dunning', 'lookup', 'inbox', 'failures', 'jobs']

// functions/Containers.cs
var containerNames = ['sent-messages', 'received-messages', 'documents', 'jobs']

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: networkEnabled ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid comes in as a trusted service, with private endpoints too.
      bypass: 'AzureServices'
      defaultAction: networkEnabled ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobs
  name: packageContainer
  properties: { publicAccess: 'None' }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [for container in containerNames: {
  parent: blobs
  name: container
  properties: { publicAccess: 'None' }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [for queue in queueNames: {
  parent: queueService
  name: queue
}]

resource poisonQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [for queue in queueNames: {
  parent: queueService
  name: '${queue}-poison'
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [for table in tableNames: {
  parent: tableService
  name: table
}]

output id string = account.id
output name string = account.name
output packageUri string = '${account.properties.primaryEndpoints.blob}${package.name}'
