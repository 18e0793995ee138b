// Everything that `azd up` makes: names, wiring and outputs. What each part is, is in modules/.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the environment; the resource group is called after it.')
param environmentName string

@minLength(1)
@metadata({ azd: { type: 'location' } })
@description('Region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string

@description('Who deploys, and gets to see data and secrets. Empty for nobody.')
param principalId string = ''

@allowed(['User', 'ServicePrincipal'])
param principalType string = 'User'

// The creditor: Dunning__* of docs/settings.md.
@minLength(1)
@description('The company whose invoices these are: it signs every message.')
param company string

@minLength(3)
@description('Email address that replies to reminders go to.')
param replyTo string

param person string = ''
param phone string = ''
param addressLine1 string = ''
param addressLine2 string = ''
param addressPostalCode string = ''
param addressCity string = ''
param addressRegion string = ''
param addressCountry string = ''
param taxId string = ''
param accountManager string = ''
param timeZone string = 'Etc/UTC'
param language string = 'en'
param bankIban string = ''
param bankBic string = ''
param bankAccountName string = ''
param bankAccountNumber string = ''
param bankCode string = ''
param bankReference string = ''
param bankCountry string = ''
param bankCurrencies string = ''

@description('Hosts that a payment link may point to, separated by commas. Empty allows every one.')
param paymentHosts string = ''

@description('Hosts that a link to a document may point to, separated by commas. Empty allows every one.')
param documentHosts string = ''

param policiesFile string = ''
param calendarFile string = ''

@description('Path in the package of an iCalendar with holidays.')
param holidaysFile string = ''

// When: six-field NCRONTAB in UTC.
param upcomingSchedule string = '0 */15 * * * *'
param overdueSchedule string = '0 5/15 * * * *'
param recoverSchedule string = '0 */5 * * * *'
param retentionSchedule string = '0 20 * * * *'
param summarySchedule string = '0 2 * * * *'
param fetchMailSchedule string = '30 */5 * * * *'

@description('Send statements of account each month.')
param monthlyStatements bool = false

// How long, in days; 0 keeps for ever.
@minValue(0)
@description('Contact details, messages and free texts of closed invoices, and then of their customers.')
param retentionMessagesDays int = 730

@minValue(0)
@description('Bodies of webhooks.')
param retentionWebhookBodiesDays int = 90

@minValue(0)
@description('Closed invoices as a whole: no shorter than bookkeeping law asks for, which is 5 to 10 years.')
param retentionClosedInvoicesDays int = 0

// Mail
@allowed(['smtp', 'acs'])
@description('Who sends the mail: smtp is any mail server; acs, Azure Communication Services Email, takes no new customers and ends on 2028-09-30.')
param emailProvider string

@description('The sending address. Required with smtp; with acs it follows from the domain.')
param emailFrom string = ''

@minValue(0)
@description('0 for the quota that acs starts with (30, with a domain of Azure 5), and for 30 with smtp.')
param emailPerMinute int = 0

@minValue(0)
@description('0 for the quota that acs starts with (100, with a domain of Azure 10), and for no limit with smtp.')
param emailPerHour int = 0

param emailDataLocation string = 'Europe'

@description('Your own domain for acs; empty for one that Azure manages (10 mails an hour).')
param emailDomain string = ''

@description('True once the DNS records of your own domain are verified.')
param emailDomainVerified bool = false

param emailSender string = 'invoices'
param smtpHost string = ''
param smtpPort int = 587

@description('none, startTls (usually port 587) or implicit (usually port 465).')
@allowed(['none', 'startTls', 'implicit'])
param smtpTls string = 'startTls'
param smtpUser string = ''

@secure()
param smtpPassword string = ''

// Replies by mail: an inbox that is read, or a provider that posts what it receives. Off without either.
param inboxHost string = ''
param inboxPort int = 993

@description('implicit (usually port 993), startTls (usually port 143) or none.')
@allowed(['none', 'startTls', 'implicit'])
param inboxTls string = 'implicit'
param inboxUser string = ''

@secure()
param inboxPassword string = ''
param inboxFolder string = 'INBOX'

@description('What becomes of a message in the inbox: leave, markSeen, or move to inboxMoveTo. Nothing is deleted.')
@allowed(['leave', 'markSeen', 'move'])
param inboxAfterReading string = 'leave'
param inboxMoveTo string = ''

@description('The secret end of the address to which a provider posts received mail: 16 characters or more.')
@secure()
param inboxEndpointKey string = ''

@secure()
param mailgunSigningKey string = ''

// Text messages: Twilio. Off without an account.
param smsAccountSid string = ''
param smsFrom string = ''

@description('Other senders by country: US=+15005550006, SG=Harbour registered.')
param smsSenders string = ''

@description('What one segment of a text message costs by country, to be told beforehand: GB=0.0463 USD, DE=0.0995 USD.')
param smsPrices string = ''

@minValue(1)
param smsPerMinute int = 60

@minValue(0)
@description('0 for no limit.')
param smsPerHour int = 0

@secure()
param smsApiKey string = ''

@secure()
param smsApiSecret string = ''

@secure()
@description('Twilio signs with it what it tells us: whether a text arrived, and STOP.')
param smsAuthToken string = ''

@secure()
param smsAuthTokenNext string = ''

// Payment webhooks: docs/deploy.md says which provider needs what. The second secret is for rolling the first.
@description('The payment providers that call us, separated by spaces: functions/Payments/Providers/PaymentProviders.cs names them. Each gets an address of its own.')
param webhooks string = ''

@secure()
@minLength(16)
@metadata({ azd: { type: 'generate', config: { length: 40, noSpecial: true } } })
@description('What the unguessable part of every webhook address is made from. azd makes one where none is given.')
param webhookKey string

@secure()
param stripeSecret string = ''

@secure()
param stripeSecretNext string = ''

@secure()
param standardWebhooksSecret string = ''

@secure()
param standardWebhooksSecretNext string = ''

@secure()
param gocardlessSecret string = ''

@secure()
param gocardlessSecretNext string = ''

@secure()
param gocardlessToken string = ''

@secure()
param mollieSecret string = ''

@secure()
param mollieSecretNext string = ''

@secure()
param mollieToken string = ''

@secure()
param mollieClassicToken string = ''

@secure()
param adyenSecret string = ''

@secure()
param adyenSecretNext string = ''

@secure()
param adyenManualCaptureSecret string = ''

@secure()
param adyenManualCaptureSecretNext string = ''

@secure()
param adyenPlatformSecret string = ''

@secure()
param adyenPlatformSecretNext string = ''

@secure()
param squareSecret string = ''

@secure()
param squareSecretNext string = ''

@secure()
param razorpaySecret string = ''

@secure()
param razorpaySecretNext string = ''

@secure()
param paddleSecret string = ''

@secure()
param paddleSecretNext string = ''

@secure()
param xeroSecret string = ''

@secure()
param xeroSecretNext string = ''

@secure()
param quickbooksSecret string = ''

@secure()
param quickbooksSecretNext string = ''

param paypalWebhookId string = ''

@description('The one account of a provider whose events count, where several may come in: square=ML8Q3XK1,adyen=Acme.')
param webhookAccounts string = ''

@description('True lets test events of a provider count.')
param webhookTestMode bool = false

@minValue(1)
@description('Seconds that a signed time may be old or early.')
param webhookTolerance int = 300

@description('Where the app is called when that is not the address that Azure gives it, such as https://dunning.example.com (no slash at the end).')
param publicUrl string = ''

// Size and cost
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@minValue(1)
@maxValue(1000)
@description('For each function by itself: Flex Consumption scales queue functions one by one.')
param maximumInstanceCount int = 40

@minValue(0)
@description('Instances that wait for webhooks and answer at once. Each costs money all the time.')
param httpAlwaysReady int = 0

@description('Closes storage to the internet: a virtual network, private endpoints and their zones.')
param networkEnabled bool = false

param purgeProtection bool = false
param logDailyCapGb string = '0.15'
param alertsEnabled bool = true

@description('Who hears of alerts and of the budget; empty for the address that replies go to.')
param alertEmail string = ''

@allowed(['PT45M', 'PT1H', 'PT2H', 'PT3H', 'PT6H', 'P1D', 'P2D'])
@description('Longer than two intervals of either schedule: silence for so long raises the alert, and /api/health says so.')
param scanAlertWindow string = 'PT45M'

@minValue(0)
@description('In the currency of the subscription; 0 for none, for subscriptions that know no budgets.')
param monthlyBudget int = 20

@description('First day of a month. The preprovision hook sets it once, because a budget cannot change it.')
param budgetStart string = utcNow('yyyy-MM-01')

var abbreviations = loadJsonContent('abbreviations.json')
var serviceName = 'functions'
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var acsOn = emailProvider == 'acs'
var evidenceKeyName = 'evidence'
var vaultName = '${abbreviations.keyVault}${token}'

// Named for the vault. The environment variable of each is DUNNING_ and the same name in capitals.
var providerSecrets = {
  'stripe-secret': stripeSecret
  'stripe-secret-next': stripeSecretNext
  'standard-webhooks-secret': standardWebhooksSecret
  'standard-webhooks-secret-next': standardWebhooksSecretNext
  'gocardless-secret': gocardlessSecret
  'gocardless-secret-next': gocardlessSecretNext
  'gocardless-token': gocardlessToken
  'mollie-secret': mollieSecret
  'mollie-secret-next': mollieSecretNext
  'mollie-token': mollieToken
  'mollie-classic-token': mollieClassicToken
  'adyen-secret': adyenSecret
  'adyen-secret-next': adyenSecretNext
  'adyen-manual-capture-secret': adyenManualCaptureSecret
  'adyen-manual-capture-secret-next': adyenManualCaptureSecretNext
  'adyen-platform-secret': adyenPlatformSecret
  'adyen-platform-secret-next': adyenPlatformSecretNext
  'square-secret': squareSecret
  'square-secret-next': squareSecretNext
  'razorpay-secret': razorpaySecret
  'razorpay-secret-next': razorpaySecretNext
  'paddle-secret': paddleSecret
  'paddle-secret-next': paddleSecretNext
  'xero-secret': xeroSecret
  'xero-secret-next': xeroSecretNext
  'quickbooks-secret': quickbooksSecret
  'quickbooks-secret-next': quickbooksSecretNext
  'paypal-webhook-id': paypalWebhookId
}

// What each provider cannot do without; tests/Infra holds it against functions/Payments/Providers/PaymentProviders.cs.
var providerNeeds = {
  stripe: 'stripe-secret'
  'standard-webhooks': 'standard-webhooks-secret'
  gocardless: 'gocardless-secret gocardless-token'
  mollie: 'mollie-secret'
  'mollie-classic': 'mollie-classic-token'
  paypal: 'paypal-webhook-id'
  adyen: 'adyen-secret'
  'adyen-manual-capture': 'adyen-manual-capture-secret'
  'adyen-platform': 'adyen-platform-secret'
  square: 'square-secret'
  razorpay: 'razorpay-secret'
  paddle: 'paddle-secret'
  xero: 'xero-secret'
  quickbooks: 'quickbooks-secret'
}

// An endpoint has its address from the start, because most providers give the secret only for an address. It opens once it has all it needs.
var webhookNames = split(toLower(replace(webhooks, ',', ' ')), ' ')
var unknownWebhooks = filter(webhookNames, name => !empty(name) && !contains(objectKeys(providerNeeds), name))
var named = filter(items(providerNeeds), provider => contains(webhookNames, provider.key))
var webhookProviders = map(named, provider => provider.key)
var missingSecrets = filter(flatten(map(named, provider => split(provider.value, ' '))), name => empty(providerSecrets[name]))
var openWebhooks = map(filter(named, provider => empty(intersection(split(provider.value, ' '), missingSecrets))), provider => provider.key)

// One key a provider, so that none knows the address of another. Square signs its own address too.
var appName = '${abbreviations.functionApp}${token}'
var publicUri = empty(publicUrl) ? 'https://${appName}.azurewebsites.net' : publicUrl
var endpointKeys = toObject(webhookProviders, provider => '${provider}-key', provider => guid(webhookKey, provider))
var squareUrl = contains(webhookProviders, 'square') ? '${publicUri}/api/webhooks/square/${guid(webhookKey, 'square')}' : ''

var ownSecrets = {
  'email-password': acsOn ? '' : smtpPassword
  'inbox-password': inboxPassword
  'inbox-endpoint-key': inboxEndpointKey
  'mailgun-signing-key': mailgunSigningKey
  'sms-api-key': smsApiKey
  'sms-api-secret': smsApiSecret
  'sms-auth-token': smsAuthToken
  'sms-auth-token-next': smsAuthTokenNext
  'square-url': squareUrl
}
var secretValues = union(ownSecrets, providerSecrets, endpointKeys)
var secretNames = map(filter(items(secretValues), secret => !empty(secret.value)), secret => secret.key)
var references = toObject(secretNames, name => name, name => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${name})')

var accountPairs = empty(webhookAccounts) ? [] : map(split(webhookAccounts, ','), pair => split(trim(pair), '='))
var accounts = toObject(accountPairs, pair => toLower(pair[0]), pair => pair[1])

var webhookSettings = reduce(map(openWebhooks, (provider, n) => {
  'Webhooks__${n}__Provider': provider
  'Webhooks__${n}__Key': references['${provider}-key']
  'Webhooks__${n}__Secrets__0': references[?'${provider}-secret'] ?? ''
  'Webhooks__${n}__Secrets__1': references[?'${provider}-secret-next'] ?? ''
  'Webhooks__${n}__ApiToken': references[?'${provider}-token'] ?? ''
  'Webhooks__${n}__WebhookId': references[?'${provider}-webhook-id'] ?? ''
  'Webhooks__${n}__Url': references[?'${provider}-url'] ?? ''
  'Webhooks__${n}__Account': accounts[?provider] ?? ''
  'Webhooks__${n}__TestMode': string(webhookTestMode)
  'Webhooks__${n}__ToleranceSeconds': string(webhookTolerance)
}), {}, (all, one) => union(all, one))

var payHosts = empty(paymentHosts) ? [] : map(split(paymentHosts, ','), host => trim(host))
var docHosts = empty(documentHosts) ? [] : map(split(documentHosts, ','), host => trim(host))
var hostSettings = reduce(concat(
  map(payHosts, (host, n) => { 'Dunning__PaymentHosts__${n}': host }),
  map(docHosts, (host, n) => { 'Dunning__DocumentHosts__${n}': host })
), {}, (all, one) => union(all, one))

// learn.microsoft.com/azure/communication-services/concepts/service-limits: what a subscription may send before it asks for more.
var startQuota = !acsOn ? { minute: 30, hour: '' } : empty(emailDomain) || !emailDomainVerified ? { minute: 5, hour: '10' } : { minute: 30, hour: '100' }

// Named as the code reads them. An empty one is not set.
var settings = {
  FindUpcomingInvoicesSchedule: upcomingSchedule
  FindOverdueInvoicesSchedule: overdueSchedule
  RecoverSchedule: recoverSchedule
  RetentionSchedule: retentionSchedule
  SummarySchedule: summarySchedule
  FetchMailSchedule: fetchMailSchedule
  Dashboard__RequireHttps: 'true'
  Portal__Address: '${publicUri}/'
  Retention__MessagesDays: string(retentionMessagesDays)
  Retention__WebhookBodiesDays: string(retentionWebhookBodiesDays)
  Retention__ClosedInvoicesDays: string(retentionClosedInvoicesDays)
  Statements__Monthly: monthlyStatements ? 'true' : ''
  ScanWindow: scanAlertWindow
  Dunning__Company: company
  Dunning__Email: replyTo
  Dunning__Person: person
  Dunning__Phone: phone
  Dunning__Address__Line1: addressLine1
  Dunning__Address__Line2: addressLine2
  Dunning__Address__PostalCode: addressPostalCode
  Dunning__Address__City: addressCity
  Dunning__Address__Region: addressRegion
  Dunning__Address__Country: addressCountry
  Dunning__TaxId: taxId
  Dunning__AccountManager: accountManager
  Dunning__TimeZone: timeZone
  Dunning__Language: language
  Dunning__Bank__Iban: bankIban
  Dunning__Bank__Bic: bankBic
  Dunning__Bank__AccountName: bankAccountName
  Dunning__Bank__AccountNumber: bankAccountNumber
  Dunning__Bank__BankCode: bankCode
  Dunning__Bank__Reference: bankReference
  Dunning__Bank__Country: bankCountry
  Dunning__Bank__Currencies: bankCurrencies
  Dunning__PoliciesFile: policiesFile
  Dunning__CalendarFile: calendarFile
  Dunning__HolidaysFile: holidaysFile
  Dunning__Evidence__Key: secrets.outputs.evidenceKeyId
  Email__Provider: emailProvider
  Email__From: acsOn ? email!.outputs.from : emailFrom
  Email__Endpoint: acsOn ? email!.outputs.endpoint : ''
  Email__PerMinute: string(emailPerMinute > 0 ? emailPerMinute : startQuota.minute)
  Email__PerHour: emailPerHour > 0 ? string(emailPerHour) : startQuota.hour
  Email__Host: acsOn ? '' : smtpHost
  Email__Port: acsOn ? '' : string(smtpPort)
  Email__Tls: acsOn ? '' : smtpTls
  Email__User: acsOn ? '' : smtpUser
  Email__Password: references[?'email-password'] ?? ''
  Inbox__Host: inboxHost
  Inbox__Port: string(inboxPort)
  Inbox__Tls: inboxTls
  Inbox__User: inboxUser
  Inbox__Password: references[?'inbox-password'] ?? ''
  Inbox__Folder: inboxFolder
  Inbox__AfterReading: inboxAfterReading
  Inbox__MoveTo: inboxMoveTo
  Inbox__EndpointKey: references[?'inbox-endpoint-key'] ?? ''
  Inbox__MailgunSigningKey: references[?'mailgun-signing-key'] ?? ''
  Sms__AccountSid: smsAccountSid
  Sms__From: smsFrom
  Sms__Senders: smsSenders
  Sms__Prices: smsPrices
  Sms__ApiKey: references[?'sms-api-key'] ?? ''
  Sms__ApiSecret: references[?'sms-api-secret'] ?? ''
  Sms__AuthToken: references[?'sms-auth-token'] ?? ''
  Sms__WebhookAddress: '${publicUri}/api/twilio/'
  Sms__AuthTokenNext: references[?'sms-auth-token-next'] ?? ''
  Sms__PerMinute: string(smsPerMinute)
  Sms__PerHour: smsPerHour > 0 ? string(smsPerHour) : ''
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: '${abbreviations.managedIdentity}${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: '${abbreviations.logAnalyticsWorkspace}${token}'
    applicationInsightsName: '${abbreviations.applicationInsights}${token}'
    location: location
    tags: tags
    dailyCapGb: logDailyCapGb
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storageAccount}${token}'
    location: location
    tags: tags
    networkEnabled: networkEnabled
  }
}

module secrets 'modules/secrets.bicep' = {
  name: 'secrets'
  scope: group
  params: {
    name: vaultName
    location: location
    tags: tags
    purgeProtection: purgeProtection
    names: secretNames
    values: secretValues
    evidenceKeyName: evidenceKeyName
  }
}

module email 'modules/email.bicep' = if (acsOn) {
  name: 'email'
  scope: group
  params: {
    emailServiceName: '${abbreviations.emailService}${token}'
    communicationName: '${abbreviations.communicationService}${token}'
    topicName: '${abbreviations.eventGridSystemTopic}${token}'
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    dataLocation: emailDataLocation
    domain: emailDomain
    domainVerified: emailDomainVerified
    sender: emailSender
    displayName: company
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    storageName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    identityPrincipalId: identity.outputs.principalId
    vaultName: secrets.outputs.name
    evidenceKeyName: evidenceKeyName
    communicationName: acsOn ? email!.outputs.communicationName : ''
    topicPrincipalId: acsOn ? email!.outputs.topicPrincipalId : ''
    deployerId: principalId
    deployerType: principalType
  }
}

module emailEvents 'modules/email-events.bicep' = if (acsOn) {
  name: 'email-events'
  scope: group
  dependsOn: [roles]
  params: {
    topicName: acsOn ? email!.outputs.topicName : ''
    storageId: storage.outputs.id
  }
}

module network 'modules/network.bicep' = if (networkEnabled) {
  name: 'network'
  scope: group
  params: {
    name: '${abbreviations.virtualNetwork}${token}'
    location: location
    tags: tags
    storageId: storage.outputs.id
    privateEndpointPrefix: '${abbreviations.privateEndpoint}${token}-'
  }
}

// After the roles: an app that starts before its identity may read storage stays unhealthy, and its first deployment is refused.
module functionApp 'modules/function-app.bicep' = {
  name: 'function-app'
  scope: group
  dependsOn: [roles]
  params: {
    planName: '${abbreviations.plan}${token}'
    name: appName
    location: location
    tags: tags
    serviceName: serviceName
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageUri: storage.outputs.packageUri
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    subnetId: networkEnabled ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpAlwaysReady: httpAlwaysReady
    settings: union(settings, webhookSettings, hostSettings)
  }
}

module alerts 'modules/alerts.bicep' = if (alertsEnabled) {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupName: '${abbreviations.actionGroup}${token}'
    queryRulePrefix: '${abbreviations.queryRule}${token}-'
    budgetName: '${abbreviations.budget}${token}'
    email: empty(alertEmail) ? replyTo : alertEmail
    scanWindow: scanAlertWindow
    mailReports: acsOn
    budgetAmount: monthlyBudget
    budgetStart: budgetStart
  }
}

// azd writes outputs into files and passes them to the build: nothing secret, and no name that MSBuild knows.
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_KEY_VAULT_NAME string = secrets.outputs.name
output SERVICE_FUNCTIONS_NAME string = functionApp.outputs.name
output SERVICE_FUNCTIONS_URI string = functionApp.outputs.uri
output DUNNING_SENDS_FROM string = acsOn ? email!.outputs.from : emailFrom
output DUNNING_ADDRESS string = publicUri
output DUNNING_WEBHOOKS_NAMED string = join(webhookProviders, ' ')
output DUNNING_WEBHOOKS_OPEN string = join(openWebhooks, ' ')
output DUNNING_WEBHOOKS_UNKNOWN string = join(unknownWebhooks, ' ')
output DUNNING_WEBHOOKS_LACK string = join(map(missingSecrets, name => 'DUNNING_${toUpper(replace(name, '-', '_'))}'), ' ')
output DUNNING_DNS_RECORDS string = acsOn ? email!.outputs.dnsRecords : ''
output DUNNING_CAN_ASK_STORAGE string = networkEnabled || empty(principalId) ? 'false' : 'true'
