// Logs and telemetry. The daily cap bounds the only part of the bill that can run away.
param workspaceName string
param applicationInsightsName string
param location string
param tags object

@description('Gigabytes a day after which logs are dropped until the next day. A string, because Bicep has no fractions.')
param dailyCapGb string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    workspaceCapping: { dailyQuotaGb: json(dailyCapGb) }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

output workspaceId string = workspace.id
output applicationInsightsName string = insights.name
output connectionString string = insights.properties.ConnectionString
