// azure.yaml: only keys that azd knows, the hooks' files, the one project of the service. Reads the plain part of YAML that the file needs.
import { azureYaml, azureYamlRequired } from './facts.mjs'

/** Nested maps and lists of texts; throws on anything else. */
export function readYaml(text) {
  const lines = text.split('\n').map((line, n) => ({ n: n + 1, indent: line.search(/\S/), text: line.trim() })).filter((l) => l.text && !l.text.startsWith('#'))
  const value = (raw) => raw.replace(/^(['"])(.*)\1$/, '$2')
  let at = 0
  function block(indent) {
    if (lines[at].text.startsWith('- ')) {
      const items = []
      for (; at < lines.length && lines[at].indent === indent && lines[at].text.startsWith('- '); at++) items.push(value(lines[at].text.slice(2)))
      return items
    }
    const map = {}
    while (at < lines.length && lines[at].indent === indent) {
      const [, key, rest] = /^([\w.-]+):(?:\s+(.*))?$/.exec(lines[at].text) ?? []
      if (!key) throw new Error(`azure.yaml:${lines[at].n} is not a plain key`)
      at++
      map[key] = rest ? value(rest) : at < lines.length && lines[at].indent > indent ? block(lines[at].indent) : ''
    }
    if (at < lines.length && lines[at].indent > indent) throw new Error(`azure.yaml:${lines[at].n} is indented by surprise`)
    return map
  }
  return block(0)
}

export function checkAzureYaml(source, main, findings) {
  const text = source.read('azure.yaml')
  if (!/^# yaml-language-server: \$schema=\S+azure\.yaml\.json/.test(text)) findings.push('azure.yaml does not begin with its schema')
  let yaml
  try {
    yaml = readYaml(text)
  } catch (unreadable) {
    findings.push(unreadable.message)
    return { keys: 0, pipeline: { variables: [], secrets: [] } }
  }
  let keys = 0
  const visit = (given, known, where) => {
    for (const [key, value] of Object.entries(given)) {
      keys++
      const path = where ? `${where}.${key}` : key
      const rule = known[key] ?? known['*']
      if (!rule) findings.push(`azure.yaml: azd does not know ${path}`)
      else if (typeof rule === 'function' ? !rule(value) : Array.isArray(rule) && !rule.includes(value)) findings.push(`azure.yaml: ${path} cannot be '${value}'`)
      else if (rule !== true && typeof rule === 'object' && !Array.isArray(rule)) visit(value, rule, path)
    }
  }
  visit(yaml, azureYaml, '')
  for (const path of azureYamlRequired) if (path.split('.').reduce((o, key) => o?.[key], yaml) === undefined) findings.push(`azure.yaml lacks ${path}`)
  checkServices(source, yaml, main, findings)
  checkHooks(source, yaml, findings)
  return { keys, pipeline: { variables: yaml.pipeline?.variables ?? [], secrets: yaml.pipeline?.secrets ?? [] } }
}

function checkServices(source, yaml, main, findings) {
  const tagged = main.texts(main.variables.get('serviceName')?.value ?? main.tree.rootNode)
  for (const [name, service] of Object.entries(yaml.services ?? {})) {
    if (!tagged?.includes(name)) findings.push(`azure.yaml: no resource is tagged with the service ${name}`)
    if (service.remoteBuild !== 'false') findings.push(`azure.yaml: ${name} needs remoteBuild: false`)
    const folder = (service.project ?? '').replace(/^\.\//, '')
    const projects = folder && source.has(folder) ? source.list(folder, '.csproj') : []
    if (projects.length !== 1) findings.push(`azure.yaml: ${folder || name} holds ${projects.length} projects, not one`)
    else if (!/<UserSecretsId>[0-9a-f-]{36}</.test(source.read(projects[0]))) findings.push(`${projects[0]} needs a UserSecretsId, or azd adds one`)
  }
}

function checkHooks(source, yaml, findings) {
  for (const [name, hook] of Object.entries(yaml.hooks ?? {}))
    for (const system of ['posix', 'windows']) {
      if (!hook[system]) findings.push(`azure.yaml: ${name} has nothing for ${system}`)
      else if (!source.has(hook[system].run.replace(/^\.\//, ''))) findings.push(`azure.yaml: ${name} runs ${hook[system].run}, which does not exist`)
    }
}
