// What a person must hear of. The queries name functions and log lines of functions/; infra/check holds the two together.
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

@description('A month, in the currency of the subscription; 0 for a subscription that knows no budgets.')
@minValue(0)
param budgetAmount int

@description('First day of the month in which the budget was made. It cannot be changed later.')
param budgetStart string

var rules = [
  {
    name: 'poison'
    text: 'A queue gave up on a message. GET /api/manage/recover says which and why; replay it once the cause is gone.'
    query: 'AppRequests | where Name startswith "KeepPoisoned"'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'no-scan'
    text: 'No scan for overdue invoices for two intervals. Timers may be frozen: restart the app.'
    query: 'AppRequests | where Name == "FindOverdueInvoices" and Success == true'
    operator: 'LessThan'
    threshold: 1
    window: scanWindow
    severity: 1
  }
  {
    name: 'in-doubt'
    text: 'A notice may or may not have been sent, and is not sent again by itself. GET /api/manage/recover lists it.'
    query: 'AppTraces | where Message has "is in doubt"'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'failures'
    text: 'Functions fail.'
    query: 'AppRequests | where Success == false and not(ResultCode startswith "4")'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'refused-webhooks'
    text: 'Many webhooks are refused: a signing secret was rolled, or somebody is guessing.'
    query: 'AppTraces | where Message has "was refused: signature or timestamp"'
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT15M'
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

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
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
          // One row even when nothing happened, so that silence can be noticed.
          query: '${rule.query} | summarize Times = count()'
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
