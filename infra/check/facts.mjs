// What cannot be read from the files themselves.

/** Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const roles = {
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
  storageQueueDataReader: '19e7f393-937e-4f77-808e-94535e297925',
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  storageTableDataReader: '76199698-9eea-4c19-bc75-cec21354c6b6',
}

/** Read by the code, and never set in Azure: a key, or a stand-in for tests. */
export const localOnly = new Set(['AzureWebJobsStorage', 'Email__ConnectionString', 'Sms__BaseAddress', 'Webhooks__n__ApiBaseAddress'])

/** Read by the Functions host and not by the code. */
export const platform = new Set([
  'AzureWebJobsStorage__credential',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
])

/** Needed by Core Tools in local.settings.json and nowhere else. */
export const toolsOnly = new Set(['FUNCTIONS_WORKER_RUNTIME'])

/** May be absent from local.settings.sample.json: it would be wrong there, or change what the sample shows. */
export const notInSample = new Set([
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__clientId',
  'Dunning__Bank__Reference',
  'Dunning__CalendarFile',
  'Dunning__PaymentHosts__n',
  'Dunning__PoliciesFile',
  'Email__Endpoint',
  'Email__Host',
  'Email__Password',
  'Email__Port',
  'Email__Tls',
  'Email__User',
  'Sms__AuthTokenNext',
  'Sms__BaseAddress',
  'Sms__WebhookAddress',
  'Webhooks__n__Account',
  'Webhooks__n__ApiBaseAddress',
  'Webhooks__n__ApiToken',
  'Webhooks__n__TestMode',
  'Webhooks__n__ToleranceSeconds',
  'Webhooks__n__Url',
  'Webhooks__n__WebhookId',
])

const hook = { shell: ['sh', 'pwsh'], run: true, continueOnError: true, interactive: true, secrets: true }
const hookOfBoth = { ...hook, posix: hook, windows: hook }
const hooks = (names) => Object.fromEntries(names.flatMap((name) => [[`pre${name}`, hookOfBoth], [`post${name}`, hookOfBoth]]))

/**
 * The part of azd's azure.yaml schema that a functions template may use: keys, and for some the allowed values.
 * `*` stands for any name; a function checks a text. A function app has no `env`, `image` or `docker`.
 */
export const azureYaml = {
  name: (text) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text),
  metadata: { template: (text) => /^[a-z0-9-]+@\d+\.\d+\.\d+$/.test(text) },
  requiredVersions: { azd: (text) => /^[<>=~^ ]*\d+\.\d+\.\d+/.test(text) },
  resourceGroup: true,
  infra: { provider: ['bicep', 'terraform'], path: true, module: true },
  services: {
    '*': {
      project: true, host: ['function'], language: ['dotnet', 'csharp'], dist: true, remoteBuild: ['true', 'false'],
      resourceGroup: true, resourceName: true, uses: true, hooks: hooks(['restore', 'build', 'package', 'publish', 'deploy']),
    },
  },
  pipeline: { provider: ['github', 'azdo'], variables: true, secrets: true },
  hooks: hooks(['infracreate', 'infradelete', 'provision', 'package', 'deploy', 'up', 'down', 'restore', 'build', 'publish']),
  state: { remote: true },
  workflows: { up: true },
  cloud: { name: true },
}

/** Keys that must be there. */
export const azureYamlRequired = ['name', 'metadata.template', 'requiredVersions.azd', 'services', 'hooks.postprovision']

/** Names that MSBuild takes as properties: azd passes every output to the build as an environment variable. */
export const msbuildNames = /^(version|configuration|platform|outputpath|outputtype|targetframework|assemblyname|rootnamespace|runtimeidentifier|company|product|authors|title|description|copyright)$/i
