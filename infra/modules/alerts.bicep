// What a person must hear of. The queries name functions and log lines of functions/; tests/Infra holds the two together.
param location string
param tags object
param workspaceId string
param actionGroupName string
param queryRulePrefix string
param budgetName string
param email string

@description('Longer than two intervals of the overdue scan.')
@allowed(['PT45M', 'PT1H', 'PT2H', 'PT3H', 'PT6H', 'P1D', 'P2D'])
param scanWindow string

@description('True when mail goes through Communication Services, whose logs tell what arrived.')
param mailReports bool

@description('A month, in the currency of the subscription; 0 for a subscription that knows no budgets.')
@minValue(0)
param budgetAmount int

@description('First day of the month in which the budget was made. It cannot be changed later.')
param budgetStart string

// A function's run shows as a request and as the host's own log line; either is enough, since each may be sampled away or be named otherwise by OpenTelemetry.
// Every query ends in one row with Times, also when nothing happened, so that silence can be noticed.
var appRules = [
  {
    name: 'poison'
    text: 'A queue gave up on a message. GET /api/manage/recover says which and why; replay it once the cause is gone.'
    query: 'union isfuzzy=true (AppRequests | where Name contains "KeepPoisoned"), (AppTraces | where Message startswith "Executed \'Functions.KeepPoisoned"), (AppMetrics | where Name == "dunning.messages.waiting" and Max > 0) | summarize Times = count()'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'no-scan'
    text: 'No scan for overdue invoices for two intervals. Timers may be frozen: POST /api/manage/scan scans now, and restarting the app starts them again.'
    // The last step of a scan and not its timer: a queue that nobody reads is silence, too.
    query: 'union isfuzzy=true (AppMetrics | where Name == "dunning.scans" and tostring(Properties.scan) == "overdue" and tostring(Properties.failed) == "false"), (datatable(Name: string) []) | summarize Times = count()'
    operator: 'LessThan'
    threshold: 1
    window: scanWindow
    severity: 1
  }
  {
    name: 'in-doubt'
    text: 'A notice may or may not have been sent, and is not sent again by itself. GET /api/manage/recover lists it.'
    query: 'union isfuzzy=true (AppTraces | where Message has "is in doubt"), (AppMetrics | where Name == "dunning.notices.in_doubt" and Max > 0) | summarize Times = count()'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'failures'
    text: 'Functions fail.'
    query: 'union isfuzzy=true (AppRequests | where Success == false and not(ResultCode startswith "4")), (AppTraces | where Message startswith "Executed \'Functions." and Message has "(Failed"), AppExceptions | summarize Times = dcount(OperationId)'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'refused-webhooks'
    text: 'Many webhooks are refused: a signing secret was rolled, or somebody is guessing.'
    query: 'union isfuzzy=true (AppTraces | where Message has "was refused: signature or timestamp" | project Refused = 1.0), (AppMetrics | where Name == "dunning.webhooks" and tostring(Properties.status) == "404" | project Refused = Sum) | summarize Times = coalesce(sum(Refused), 0.0)'
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'log-cap'
    text: 'The daily cap of the log is reached: until tomorrow the other alerts are blind, and no-scan may be raised although all is well. Raise DUNNING_LOG_CAP_GB.'
    // learn.microsoft.com/azure/azure-monitor/logs/daily-cap
    query: 'union isfuzzy=true (_LogOperation | where Category =~ "Ingestion" and Detail contains "OverQuota"), (datatable(Detail: string) []) | summarize Times = count()'
    operator: 'GreaterThan'
    threshold: 0
    window: 'P1D'
    severity: 2
  }
]

// From the delivery reports in the logs of Communication Services; Times is a percentage. Two failures a day are no rate.
var mailRules = [
  {
    name: 'mail-failures'
    text: 'One mail in a hundred does not arrive. Communication Services refuses higher quotas above that, and may block the sender: correct or remove the addresses.'
    query: 'union isfuzzy=true ACSEmailStatusUpdateOperational, (datatable(RecipientId: string, DeliveryStatus: string) []) | where isnotempty(RecipientId) | summarize Delivered = countif(DeliveryStatus in~ ("Delivered", "Expanded")), Failed = countif(DeliveryStatus in~ ("Failed", "Bounced", "Suppressed", "Quarantined", "FilteredSpam")) | project Times = iff(Failed < 3, 0.0, 100.0 * Failed / (Delivered + Failed))'
    operator: 'GreaterThanOrEqual'
    threshold: 1
    window: 'P1D'
    severity: 2
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'dunning'
    emailReceivers: [
      { name: 'mail', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in concat(appRules, mailReports ? mailRules : []): {
  name: '${queryRulePrefix}${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'dunning: ${rule.name}'
    description: rule.text
    enabled: true
    severity: rule.severity
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: rule.window
    autoMitigate: true
    // The tables are empty until the app has run.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          metricMeasureColumn: 'Times'
          timeAggregation: 'Total'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: { minFailingPeriodsToAlert: 1, numberOfEvaluationPeriods: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = if (budgetAmount > 0) {
  name: budgetName
  properties: {
    category: 'Cost'
    amount: budgetAmount
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      nearly: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      ahead: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
