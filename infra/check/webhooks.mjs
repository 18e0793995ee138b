// Payment providers: whom the code knows and what each needs, against what main.bicep opens an endpoint for and how its secrets are called.
import { line, properties, property } from './bicep.mjs'

const constants = (text) => Object.fromEntries([...text.matchAll(/const string (\w+) = "([^"]+)"/g)].map(([, name, value]) => [name, value]))

/** By provider: the names, in the vault, of what Providers.cs and WebhookSignatures.cs say it cannot do without. */
export function needsInCode(source) {
  const providers = source.read('functions/Settle/Providers.cs')
  const signatures = source.read('functions/Settle/WebhookSignatures.cs')
  const names = { ...constants(providers), ...constants(signatures) }
  const signed = new Set([...signatures.matchAll(/^ +\[(?:\w+\.)?(\w+)\] = new\(/gm)].map(([, name]) => name))
  const rows = [...providers.matchAll(/^ +new\((?:\w+\.)?(\w+)\)(?: \{ ([^}]*) \})?,/gm)]
  return new Map(rows.map(([, row, flags = '']) => {
    const name = names[row]
    const needs = [[signed.has(row), 'secret'], [/NeedsApiToken = true/.test(flags), 'token'], [/NeedsWebhookId = true/.test(flags), 'webhook-id'], [/NeedsUrl = true/.test(flags), 'url']]
    return [name, needs.filter(([needed]) => needed).map(([, what]) => `${name}-${what}`)]
  }))
}

const needsOf = (main, value) => (main.texts(value) ?? ['']).flatMap((text) => text.split(' '))

export function checkWebhooks(source, main, findings) {
  const code = needsInCode(source)
  const object = (name) => properties(main.variables.get(name).value)
  const infra = new Map(object('providerNeeds').map((p) => [p.key, p]))
  const computed = new Set(object('ownSecrets').map((p) => p.key))
  for (const [provider, needs] of code) {
    const given = infra.get(provider)
    if (!given) {
      findings.push(`functions/Settle/Providers.cs knows ${provider}, for which infra opens no endpoint`)
      continue
    }
    const asked = needsOf(main, given.value)
    for (const need of needs) if (!asked.includes(need) && !computed.has(need)) findings.push(`${main.name}:${line(given.node)} ${provider} needs ${need}`)
    for (const need of asked) if (!needs.includes(need)) findings.push(`${main.name}:${line(given.node)} ${provider} needs no ${need}`)
  }
  for (const [provider, { node }] of infra) if (!code.has(provider)) findings.push(`${main.name}:${line(node)} the code knows no provider ${provider}`)
  checkSecrets(source, main, object('providerSecrets'), infra, findings)
  return code.size
}

/** A secret is named for its provider; the hook asks for it by DUNNING_ and the same name in capitals. */
function checkSecrets(source, main, secrets, infra, findings) {
  const parameters = JSON.parse(source.read('infra/main.parameters.json')).parameters
  for (const { key, value, node } of secrets) {
    const where = `${main.name}:${line(node)}`
    const [, provider] = /^(.+?)-(?:secret|secret-next|token|webhook-id)$/.exec(key) ?? []
    if (!infra.has(provider)) findings.push(`${where} ${key} is the secret of no provider`)
    const variable = `DUNNING_${key.toUpperCase().replaceAll('-', '_')}`
    if (!parameters[value.text]?.value.startsWith(`\${${variable}=`)) findings.push(`${where} ${key} does not come from ${variable}`)
    if (/-(secret|token|next)$/.test(key) && !main.params.get(value.text)?.secure) findings.push(`${where} ${value.text} is not @secure()`)
  }
  for (const [provider, { value, node }] of infra)
    for (const text of needsOf(main, value))
      if (!property(main.variables.get('providerSecrets').value, text)) findings.push(`${main.name}:${line(node)} ${provider} asks for ${text}, which nobody can give`)
}
