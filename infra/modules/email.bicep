// Azure Communication Services Email, keyless. It ends on 2028-09-30: emailProvider 'smtp' leaves this module out.
param emailServiceName string
param communicationName string
param topicName string
param tags object
param workspaceId string

@description('Where Communication Services keeps data at rest.')
param dataLocation string

@description('Your own domain; empty for one that Azure manages (10 mails an hour, for trying out).')
param domain string

@description('True once the DNS records of your own domain are verified: only then can it be linked.')
param domainVerified bool

@description('The part before the @ when the domain is your own.')
param sender string

param displayName string

var ownDomain = !empty(domain)
var fromOwn = ownDomain && domainVerified

resource service 'Microsoft.Communication/emailServices@2025-05-01' = {
  name: emailServiceName
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

// It stays beside your own, and sends until that is verified: DNS takes its time, and reminders do not wait for it.
resource azureDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = {
  parent: service
  name: 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'AzureManaged'
    // Invoices are private: who opened which mail is not recorded.
    userEngagementTracking: 'Disabled'
  }
}

resource yourDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = if (ownDomain) {
  parent: service
  name: ownDomain ? domain : 'none'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource senderUsername 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-05-01' = if (fromOwn) {
  parent: yourDomain
  name: sender
  properties: {
    username: sender
    displayName: displayName
  }
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: communicationName
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: concat([azureDomain.id], fromOwn ? [yourDomain.id] : [])
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: 'global'
  tags: tags
  // Storage behind a firewall lets in a topic only with its system identity.
  identity: { type: 'SystemAssigned' }
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: communication
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}

var records = yourDomain!.properties.verificationRecords

output communicationName string = communication.name
output topicName string = topic.name
output topicPrincipalId string = topic.identity.principalId
output endpoint string = 'https://${communication.properties.hostName}'
output from string = fromOwn ? '${sender}@${domain}' : 'DoNotReply@${azureDomain.properties.fromSenderDomain}'

@description('Type, name and value of each DNS record, separated by |.')
output dnsRecords string = ownDomain ? join([
  '${records.Domain.type} ${records.Domain.name} ${records.Domain.value}'
  '${records.SPF.type} ${records.SPF.name} ${records.SPF.value}'
  '${records.DKIM.type} ${records.DKIM.name} ${records.DKIM.value}'
  '${records.DKIM2.type} ${records.DKIM2.name} ${records.DKIM2.value}'
], '|') : ''
