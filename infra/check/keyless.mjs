// No key anywhere, the right roles, roles first, nothing secret in an output.
import { line, property, unwrap, walk } from './bicep.mjs'
import { msbuildNames, roles } from './facts.mjs'
import { bodyOf } from './resources.mjs'

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i

const mustBe = [
  ['Microsoft.Storage/storageAccounts', 'allowSharedKeyAccess', 'false'],
  ['Microsoft.Storage/storageAccounts', 'allowBlobPublicAccess', 'false'],
  ['Microsoft.Storage/storageAccounts', 'allowCrossTenantReplication', 'false'],
  ['Microsoft.Storage/storageAccounts', 'supportsHttpsTrafficOnly', 'true'],
  ['Microsoft.Communication/communicationServices', 'disableLocalAuth', 'true'],
  ['Microsoft.Insights/components', 'DisableLocalAuth', 'true'],
  ['Microsoft.KeyVault/vaults', 'enableRbacAuthorization', 'true'],
  ['Microsoft.Web/sites', 'httpsOnly', 'true'],
  ['Microsoft.Web/sites/basicPublishingCredentialsPolicies', 'allow', 'false'],
]

export function checkRoles(files, findings) {
  let count = 0
  for (const file of files.values())
    for (const node of walk(file.tree.rootNode)) {
      if (node.type !== 'string' || !guid.test(node.text)) continue
      count++
      const key = node.parent.type === 'object_property' ? node.parent.namedChild(0).text : null
      if (roles[key] !== node.text.slice(1, -1)) findings.push(`${file.name}:${line(node)} ${key ?? 'a role'} is not ${node.text}`)
    }
  return count
}

export function checkKeyless(files, findings) {
  for (const file of files.values()) {
    for (const resource of file.resources.values()) checkResource(file, resource, findings)
    for (const node of walk(file.tree.rootNode)) {
      if (node.type === 'call_expression' && /^(listKeys|list\w*Keys|listAccountSas)\b/.test(node.text)) findings.push(`${file.name}:${line(node)} reads keys`)
      if (node.type === 'member_expression' && /\.(listKeys|list\w*Keys)$/.test(node.text)) findings.push(`${file.name}:${line(node)} reads keys`)
      if (node.type === 'string' && /AccountKey=|accesskey=|SharedAccessKey=/i.test(node.text)) findings.push(`${file.name}:${line(node)} holds a connection string`)
    }
    for (const [name, output] of file.outputs)
      for (const node of walk(output.value)) if (node.type === 'identifier' && file.params.get(node.text)?.secure) findings.push(`${file.name}:${line(output.node)} the output ${name} tells a secret`)
  }
  const main = files.get('infra/main.bicep')
  for (const [name, { node }] of main.outputs)
    if (msbuildNames.test(name) || !/^[A-Z][A-Z_]+$/.test(name) || !name.includes('_')) findings.push(`infra/main.bicep:${line(node)} the output ${name} needs an upper-case name with a prefix`)
  for (const module of ['functionApp', 'emailEvents']) {
    const body = main.modules.has(module) && unwrap(main.modules.get(module).value)
    if (body && !/\broles\b/.test(property(body, 'dependsOn')?.text ?? '')) findings.push(`infra/main.bicep:${line(body)} ${module} does not wait for roles`)
  }
}

function checkResource(file, resource, findings) {
  if (resource.existing) return
  const body = bodyOf(resource)
  const inner = property(body, 'properties')
  for (const [type, name, value] of mustBe)
    if (resource.type === type && property(inner, name)?.text !== value) findings.push(`${file.name}:${line(resource.node)} ${type} needs ${name}: ${value}`)
  if (resource.type === 'Microsoft.Authorization/roleAssignments') {
    if (!/^guid\(.+,.+,.+\)$/s.test(property(body, 'name')?.text ?? '')) findings.push(`${file.name}:${line(resource.node)} a role assignment's name is guid(scope, principal, role)`)
    for (const name of ['principalType', 'principalId']) if (!property(inner, name)) findings.push(`${file.name}:${line(resource.node)} a role assignment needs ${name}`)
  }
  const tags = property(body, 'tags')
  if (resource.type === 'Microsoft.Web/sites' && !/azd-service-name/.test(tags?.text ?? '')) findings.push(`${file.name}:${line(resource.node)} azd finds the app by the tag azd-service-name`)
}
