// Types of resources that azmcp 2.0.5 does not print (it looks for them under another casing): the part this deployment uses, in the
// shape in which azmcp prints types. Read from the published types of these API versions. A `!` marks a required property.
const object = (name, properties) => ({
  $type: 'Object',
  name,
  properties: Object.entries(properties).map(([key, type]) => ({
    name: key.replace('!', ''),
    type,
    flags: key.endsWith('!') ? 'Required' : '',
  })),
})
const dictionary = (name, type) => ({ ...object(name, {}), additionalPropertiesType: type })

function resource(type, version, body, ...types) {
  const served = { $type: 'Resource', name: `${type}@${version}`, bodyType: object(type, { 'name!': 'string', ...body }) }
  return [served, dictionary('Tags', 'string'), ...types]
}

const tagged = { 'location!': 'string', tags: 'Tags' }

export const ownTypes = {
  'Microsoft.Insights/actionGroups': resource(
    'Microsoft.Insights/actionGroups', '2023-01-01', { ...tagged, properties: 'ActionGroup' },
    object('ActionGroup', { 'enabled!': 'bool', 'groupShortName!': 'string', emailReceivers: 'EmailReceiver[]', webhookReceivers: 'WebhookReceiver[]' }),
    object('EmailReceiver', { 'name!': 'string', 'emailAddress!': 'string', useCommonAlertSchema: 'bool' }),
    object('WebhookReceiver', { 'name!': 'string', 'serviceUri!': 'string', useCommonAlertSchema: 'bool' })),
  'Microsoft.Insights/diagnosticSettings': resource(
    'Microsoft.Insights/diagnosticSettings', '2021-05-01-preview', { properties: 'DiagnosticSettings' },
    object('DiagnosticSettings', { workspaceId: 'string', storageAccountId: 'string', logAnalyticsDestinationType: 'string', logs: 'LogSettings[]', metrics: 'MetricSettings[]' }),
    object('LogSettings', { category: 'string', categoryGroup: 'string', 'enabled!': 'bool' }),
    object('MetricSettings', { category: 'string', 'enabled!': 'bool', timeGrain: 'string' })),
  'Microsoft.Insights/scheduledQueryRules': resource(
    'Microsoft.Insights/scheduledQueryRules', '2023-12-01',
    { ...tagged, kind: 'LogAlert | LogToMetric | string', 'properties!': 'Rule' },
    object('Rule', {
      actions: 'Actions', autoMitigate: 'bool', criteria: 'Criteria', description: 'string', displayName: 'string', enabled: 'bool',
      evaluationFrequency: 'string', muteActionsDuration: 'string', overrideQueryTimeRange: 'string', scopes: 'string[]', severity: 'int',
      skipQueryValidation: 'bool', targetResourceTypes: 'string[]', windowSize: 'string',
    }),
    object('Actions', { actionGroups: 'string[]', customProperties: 'Tags' }),
    object('Criteria', { allOf: 'Condition[]' }),
    object('Condition', {
      dimensions: 'Dimension[]', failingPeriods: 'FailingPeriods', metricMeasureColumn: 'string', query: 'string', resourceIdColumn: 'string', threshold: 'int',
      operator: 'Equals | GreaterThan | GreaterThanOrEqual | LessThan | LessThanOrEqual | string',
      timeAggregation: 'Average | Count | Maximum | Minimum | Total | string',
    }),
    object('Dimension', { 'name!': 'string', 'operator!': 'Exclude | Include | string', 'values!': 'string[]' }),
    object('FailingPeriods', { minFailingPeriodsToAlert: 'int', numberOfEvaluationPeriods: 'int' })),
  'Microsoft.Network/privateDnsZones': resource('Microsoft.Network/privateDnsZones', '2024-06-01', tagged),
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': resource(
    'Microsoft.Network/privateDnsZones/virtualNetworkLinks', '2024-06-01', { ...tagged, properties: 'Link' },
    object('Link', { registrationEnabled: 'bool', resolutionPolicy: 'Default | NxDomainRedirect | string', virtualNetwork: 'Reference' }),
    object('Reference', { id: 'string' })),
}
