// node --test test.mjs: the repository passes, and each mistake planted in a copy of a file is found.
import assert from 'node:assert/strict'
import path from 'node:path'
import { before, test } from 'node:test'
import { checkEverything, readFiles, resourceTypes } from './everything.mjs'
import { Source } from './source.mjs'
import { loadTypes } from './types.mjs'

const root = path.join(import.meta.dirname, '..', '..')
const original = new Source(root)
const main = 'infra/main.bicep'
const module = (name) => `infra/modules/${name}.bicep`
let types

before(async () => {
  types = await loadTypes(resourceTypes(readFiles(original)))
})

/** [what is wrong, file, text, wrong text, what the finding says] */
const mistakes = [
  // Files
  ['a brace is missing', module('identity'), 'tags: tags\n}', 'tags: tags\n', /cannot be read/],
  ['a statement is no Bicep', main, 'var tags =', 'vra tags =', /cannot be read/],
  // Resources
  ['a property is misspelt', module('storage'), 'accessTier:', 'accesTier:', /properties\.accesTier does not exist/],
  ['a property deep in an object is misspelt', module('function-app'), 'maximumInstanceCount: maximumInstanceCount', 'maxInstanceCount: maximumInstanceCount', /scaleAndConcurrency\.maxInstanceCount does not exist/],
  ['a property in an array is misspelt', module('function-app'), "{ name: 'http', instanceCount:", "{ name: 'http', count:", /alwaysReady\[\]\.count does not exist/],
  ['a property of a subnet in an array of objects is misspelt', module('network'), 'delegations:', 'delegation:', /delegation does not exist/],
  ['a property is on the wrong level', module('monitoring'), "retentionInDays: 30", "sku2: 30", /sku2 does not exist/],
  ['a property of a discriminated type is misspelt', module('email-events'), 'queueMessageTimeToLiveInSeconds', 'queueTtl', /destination\.properties\.queueTtl does not exist/],
  ['a discriminator has no such value', module('email-events'), "endpointType: 'StorageQueue'", "endpointType: 'Queue'", /endpointType cannot be 'Queue'/],
  ['a discriminator is missing', module('email-events'), "endpointType: 'StorageQueue'", '', /destination lacks endpointType/],
  ['a discriminated name is wrong', module('function-app'), "name: 'ftp'", "name: 'ftps'", /name cannot be 'ftps'/],
  ['an application setting is no text', module('function-app'), "AzureWebJobsStorage__credential: 'managedidentity'", 'AzureWebJobsStorage__credentials: 1', /does not set AzureWebJobsStorage__credential/],
  ['a required property is missing', module('email'), 'properties: { dataLocation: dataLocation }', 'properties: {}', /lacks dataLocation/],
  ['a required property in an object is missing', module('roles'), "    principalId: topicPrincipalId\n", '', /lacks principalId/],
  ['a required property of a type written down here is missing', module('alerts'), "    groupShortName: 'dunning'\n", '', /lacks groupShortName/],
  ['a value is not in its list', module('storage'), "minimumTlsVersion: 'TLS1_2'", "minimumTlsVersion: 'TLS1.2'", /minimumTlsVersion cannot be 'TLS1\.2'/],
  ['a value of one branch is not in its list', module('storage'), "networkEnabled ? 'Deny' : 'Allow'", "networkEnabled ? 'Deny' : 'Open'", /defaultAction cannot be 'Open'/],
  ['a value is of the wrong kind', module('storage'), 'allowBlobPublicAccess: false', "allowBlobPublicAccess: 'false'", /allowBlobPublicAccess takes bool/],
  ['an array is an object', module('network'), "groupIds: [service]", 'groupIds: {}', /groupIds takes an array/],
  ['a number is out of its range', module('storage'), 'enabled: true, days: 7', 'enabled: true, days: 700', /days 700 is outside/],
  ['a read-only property is set', module('identity'), '  tags: tags\n}', "  tags: tags\n  properties: { clientId: 'x' }\n}", /properties is read-only/],
  ['an API version is another', module('storage'), 'storageAccounts/queueServices@2025-01-01', 'storageAccounts/queueServices@2023-05-01', /is checked at API version/],
  ['a type does not exist', module('identity'), 'userAssignedIdentities@', 'userIdentities@', /no type/],
  ['a child has no parent', module('storage'), "  parent: account\n  name: 'default'\n}\n\nresource queues", "  name: 'default'\n}\n\nresource queues", /has no parent/],
  ['a property is read that does not exist', module('monitoring'), 'insights.properties.ConnectionString', 'insights.properties.connectionstring', /has no properties\.connectionstring/],
  ['a resource has no tags', module('network'), "  name: 'to-${service}'\n  location: 'global'\n  tags: tags\n", "  name: 'to-${service}'\n  location: 'global'\n", /virtualNetworkLinks has no tags/],
  // Names
  ['a name is not declared', module('storage'), 'location: location', 'location: region', /region is not declared/],
  ['a parameter is not used', module('identity'), '  tags: tags\n', '', /the parameter tags is not used/],
  ['a function does not exist', main, 'toLower(uniqueString', 'lower(uniqueString', /no function lower/],
  ['a lambda uses an output', main, 'name => name, name =>', 'name => name, name => identity.outputs.id ==', /a lambda uses what is known only after/],
  // Modules
  ['a module lacks a parameter', main, "    dailyCapGb: logDailyCapGb\n", '', /lacks its parameter dailyCapGb/],
  ['a module is given too much', main, 'dailyCapGb: logDailyCapGb', "dailyCapGb: logDailyCapGb\n    retention: 30", /has no parameter retention/],
  ['a parameter is of another type', main, 'dailyCapGb: logDailyCapGb', 'dailyCapGb: monthlyBudget', /is string, not int/],
  ['an output does not exist', main, 'storage.outputs.packageUri', 'storage.outputs.packageUrl', /has no output packageUrl/],
  ['a module does not exist', main, "'modules/network.bicep'", "'modules/net.bicep'", /there is no modules\/net\.bicep/],
  ['an abbreviation does not exist', main, 'abbreviations.plan}', 'abbreviations.appPlan}', /abbreviations has no appPlan/],
  ['a parameter of the file does not exist', 'infra/main.parameters.json', '"person"', '"persona"', /sets persona/],
  ['a parameter has a value that is not allowed', 'infra/main.parameters.json', 'PROVIDER=acs', 'PROVIDER=azure', /cannot be 'azure'/],
  ['a parameter lost its default', 'infra/main.parameters.json', 'LANGUAGE=en', 'LANGUAGE', /would be empty/],
  ['the pipeline does not pass a secret on', 'azure.yaml', '    - DUNNING_STRIPE_SECRET\n', '', /pipeline\.secrets lacks DUNNING_STRIPE_SECRET/],
  // Settings, queues, tables, alerts
  ['infra lacks a setting', main, '  RecoverSchedule: recoverSchedule\n', '  RecoveryTimes: recoverSchedule\n', /reads RecoverSchedule, which infra does not set/],
  ['infra sets a setting that nothing reads', main, 'Sms__From: smsFrom', "Sms__From: smsFrom\n  Sms__Region: 'ie1'", /infra sets Sms__Region/],
  ['infra sets a connection string', main, "Email__User: acsOn", "Email__ConnectionString: ''\n  Email__User: acsOn", /Email__ConnectionString, which is for local use only/],
  ['the code reads a new setting', 'functions/Settings.cs', 'settings["Email:User"]', 'settings["Email:Account"]', /reads Email__Account, which infra does not set/],
  ['the code reads a new setting through a record', 'functions/House.cs', 'public string? Person {', 'public string? Signature {', /reads Dunning__Signature, which infra does not set/],
  ['a trigger reads a setting that nobody sets', 'functions/Detect/FindOverdueInvoices.cs', '%FindOverdueInvoicesSchedule%', '%OverdueSchedule%', /reads OverdueSchedule/],
  ['the sample lacks a setting', 'local.settings.sample.json', '"Dunning__Language"', '"Dunning__Tongue"', /local\.settings\.sample\.json does not name/],
  ['the README lacks a setting', 'README.md', '`RecoverSchedule`', '`RecoverTimes`', /README\.md does not name/],
  ['a queue is not made', module('storage'), "  'sms-notices'\n", '', /uses the queue sms-notices, which infra does not make/],
  ['a poison queue is not made', module('storage'), "'${queue}-poison'", "'${queue}-dead'", /uses the queue scan-poison/],
  ['the code uses a new queue', 'functions/Queues.cs', '"payments-received"', '"payments-seen"', /uses the queue payments-seen/],
  ['events go to a queue that is not made', module('email-events'), "queueName: 'email-events'", "queueName: 'mail-events'", /there is no queue mail-events/],
  ['a table is not made', module('storage'), "'inbox', ", '', /uses the table inbox/],
  ['an alert asks for a function that does not exist', module('alerts'), 'Name contains "KeepPoisoned"', 'Name contains "KeepRotten"', /asks for the function KeepRotten/],
  ['an alert waits for the run of a function that does not exist', module('alerts'), "Functions.KeepPoisoned", "Functions.KeepsPoisoned", /asks for the function KeepsPoisoned/],
  ['an alert looks at a metric that nothing records', module('alerts'), '"dunning.scans"', '"dunning.sweeps"', /looks at the metric dunning\.sweeps/],
  ['an alert points to an address that does not exist', module('alerts'), 'GET /api/manage/recover says', 'GET /api/manage/failures says', /points to GET \/api\/manage\/failures/],
  ['an alert waits for a log line that nothing writes', 'functions/Notify/NoticeRecord.cs', '{Channel} is in doubt', '{Channel} is doubtful', /waits for the log line/],
  // Payment providers
  ['the code knows a provider that infra does not', 'functions/Settle/Providers.cs', 'public const string Paddle = "paddle"', 'public const string Paddle = "paddle-billing"', /knows paddle-billing, for which infra opens no endpoint/],
  ['a provider lost a need', main, "gocardless: 'gocardless-secret gocardless-token'", "gocardless: 'gocardless-secret'", /gocardless needs gocardless-token/],
  ['a provider needs what it does not', main, "xero: 'xero-secret'", "xero: 'xero-secret mollie-token'", /xero needs no mollie-token/],
  ['a need that nobody can give', main, "  'adyen-secret': adyenSecret\n", '', /adyen asks for adyen-secret, which nobody can give/],
  ['a signed address is not made', main, "  'square-url': squareUrl\n", '', /square needs square-url/],
  ['a secret comes from another variable', 'infra/main.parameters.json', 'DUNNING_PADDLE_SECRET=', 'DUNNING_PADLE_SECRET=', /paddle-secret does not come from DUNNING_PADDLE_SECRET/],
  ['a secret of a provider is not secure', main, '@secure()\nparam razorpaySecret string', 'param razorpaySecret string', /razorpaySecret is not @secure/],
  ['the code asks more of a provider', 'functions/Settle/Providers.cs', 'new(Razorpay),', 'new(Razorpay) { NeedsApiToken = true },', /razorpay needs razorpay-token/],
  ['the workflow does not pass a secret on', '.github/workflows/azure-dev.yml', '      DUNNING_ADYEN_SECRET: ${{ secrets.DUNNING_ADYEN_SECRET }}\n', '', /azure-dev\.yml does not pass DUNNING_ADYEN_SECRET on/],
  ['the workflow takes a secret for a variable', '.github/workflows/azure-dev.yml', '${{ secrets.DUNNING_SQUARE_SECRET }}', '${{ vars.DUNNING_SQUARE_SECRET }}', /azure-dev\.yml does not pass DUNNING_SQUARE_SECRET on/],
  // Keys and roles
  ['a role id has a typing error', module('roles'), '974c5e8b-45b9', '974c5e8b-45b8', /storageQueueDataContributor is not/],
  ['a role id is that of another role', module('roles'), "'4633458b-17de-408a-b874-0445c86b69e6'", "'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'", /keyVaultSecretsUser is not/],
  ['storage has keys', module('storage'), 'allowSharedKeyAccess: false', 'allowSharedKeyAccess: true', /needs allowSharedKeyAccess: false/],
  ['a key is read', module('storage'), 'output id string = account.id', 'output id string = account.listKeys().keys[0].value', /reads keys/],
  ['an output tells a secret', main, 'output DUNNING_SENDS_FROM string = ', 'output DUNNING_SENDS_FROM string = true ? webhookKey : ', /tells a secret/],
  ['a secret goes to a parameter that is not secure', module('secrets'), '@secure()\n', '', /takes a secret and is not @secure/],
  ['an output has the name of a build property', main, 'output DUNNING_SENDS_FROM', 'output VERSION', /output VERSION needs/],
  ['the app does not wait for its roles', main, "  scope: group\n  dependsOn: [roles]\n  params: {\n    planName", "  scope: group\n  params: {\n    planName", /functionApp does not wait/],
  // azure.yaml
  ['a key that azd does not know', 'azure.yaml', 'remoteBuild: false', 'remoteBuilds: false', /azd does not know services\.functions\.remoteBuilds/],
  ['a host that is none', 'azure.yaml', 'host: function\n', 'host: functions\n', /host cannot be 'functions'/],
  ['a hook whose file does not exist', 'azure.yaml', 'postprovision.ps1', 'postprovisioning.ps1', /which does not exist/],
  ['an event that is none', 'azure.yaml', '  postprovision:', '  afterprovision:', /does not know hooks\.afterprovision/],
  ['a service whose name no tag bears', 'azure.yaml', '  functions:', '  api:', /no resource is tagged with the service api/],
]

test('the repository has no findings', () => {
  const { findings, counts } = checkEverything(original, types)
  assert.deepEqual(findings, [])
  assert.ok(counts.resources >= 30 && counts.properties >= 250 && counts.settings.code >= 30 && counts.storage.queues >= 12, JSON.stringify(counts))
})

for (const [what, file, text, wrong, expected] of mistakes)
  test(`found: ${what}`, () => {
    const right = original.read(file)
    assert.ok(right.includes(text), `${file} no longer holds ${text}`)
    const { findings } = checkEverything(new Source(root, { [file]: right.replace(text, () => wrong) }), types)
    assert.ok(findings.some((finding) => expected.test(finding)), `not found; findings: ${JSON.stringify(findings)}`)
  })

test('the mistakes are of many kinds', () => assert.ok(mistakes.length >= 12))
