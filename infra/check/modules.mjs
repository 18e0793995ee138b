// Modules against their callers, main.parameters.json, and the files beside main.bicep.
import path from 'node:path'
import { line, properties, property, unwrap, walk } from './bicep.mjs'

export function checkModules(source, files, findings) {
  const called = new Set()
  const read = new Map()
  for (const file of files.values()) {
    for (const module of file.modules.values()) checkCall(file, module)
    for (const node of walk(file.tree.rootNode)) if (node.type === 'member_expression') checkMember(source, file, node)
  }
  for (const file of files.values()) {
    if (file.name === 'infra/main.bicep') continue
    if (!called.has(file.name)) findings.push(`${file.name} is called by nobody`)
    for (const [name, { node }] of file.outputs)
      if (!read.get(file.name)?.has(name)) findings.push(`${file.name}:${line(node)} nobody reads the output ${name}`)
  }
  return called.size

  function checkCall(file, module) {
    const target = files.get(path.posix.join(path.posix.dirname(file.name), module.path))
    if (!target) return findings.push(`${file.name}:${line(module.node)} there is no ${module.path}`)
    called.add(target.name)
    const body = unwrap(module.value)
    const given = properties(property(body, 'params') ?? body).filter(() => property(body, 'params'))
    for (const p of given) checkArgument(file, target, p)
    for (const [name, param] of target.params)
      if (!param.value && !given.some((p) => p.key === name)) findings.push(`${file.name}:${line(module.node)} ${module.path} lacks its parameter ${name}`)
  }

  function checkArgument(file, target, given) {
    const param = target.params.get(given.key)
    const where = `${file.name}:${line(given.node)}`
    if (!param) return findings.push(`${where} ${target.name} has no parameter ${given.keyText}`)
    const kinds = { string: 'string', number: 'int', boolean: 'bool', array: 'array', object: 'object' }
    const kind = kinds[given.value.type] ?? file.params.get(given.value.text)?.type
    if (kind && kind !== param.type && param.type !== 'any') findings.push(`${where} ${given.key} of ${target.name} is ${param.type}, not ${kind}`)
    for (const text of param.allowed ? file.texts(given.value) ?? [] : [])
      if (!param.allowed.includes(text)) findings.push(`${where} ${given.key} of ${target.name} cannot be '${text}'`)
    if (carriesSecret(file, given.value) && !param.secure) findings.push(`${where} ${given.key} of ${target.name} takes a secret and is not @secure()`)
  }

  /** `module.outputs.name`, and members of objects that are written out in the file or in a JSON file beside it. */
  function checkMember(source, file, node) {
    const [object, member] = node.namedChildren
    if (object.type === 'member_expression' && object.namedChild(1)?.text === 'outputs') {
      const name = object.namedChild(0).text.replace('!', '')
      const module = file.modules.get(name)
      const target = module && files.get(path.posix.join(path.posix.dirname(file.name), module.path))
      if (!target) return
      if (!target.outputs.has(member.text)) findings.push(`${file.name}:${line(node)} ${target.name} has no output ${member.text}`)
      read.set(target.name, (read.get(target.name) ?? new Set()).add(member.text))
    } else if (object.type === 'identifier' && file.variables.has(object.text)) {
      const keys = keysOf(source, file, file.variables.get(object.text).value)
      if (keys && !keys.includes(member.text)) findings.push(`${file.name}:${line(node)} ${object.text} has no ${member.text}`)
    }
  }
}

function keysOf(source, file, value) {
  if (value.type === 'object') return properties(value).some((p) => p.key === null) ? null : properties(value).map((p) => p.key)
  const [, json] = /^loadJsonContent\('([^']+)'\)$/.exec(value.text) ?? []
  return json ? Object.keys(JSON.parse(source.read(path.posix.join(path.posix.dirname(file.name), json)))) : null
}

/** A secure parameter, an object of the file that holds one, or objects of which one does. */
function carriesSecret(file, node) {
  if (node.type === 'object') return properties(node).some((p) => carriesSecret(file, p.value))
  if (node.type === 'ternary_expression' || /^union\(/.test(node.text)) return [...walk(node)].slice(1).some((part) => part.type === 'identifier' && carriesSecret(file, part))
  if (node.type !== 'identifier') return false
  return file.params.get(node.text)?.secure ?? (file.variables.has(node.text) && carriesSecret(file, file.variables.get(node.text).value))
}

export function checkParameters(source, main, pipeline, findings) {
  const name = 'infra/main.parameters.json'
  const workflow = source.read('.github/workflows/azure-dev.yml')
  const given = JSON.parse(source.read(name)).parameters
  for (const [key, { value }] of Object.entries(given)) {
    const param = main.params.get(key)
    if (!param) {
      findings.push(`${name} sets ${key}, which main.bicep does not have`)
      continue
    }
    const [, variable, standard] = /^\$\{(\w+)(?:=(.*))?\}$/.exec(value) ?? []
    if (!variable) findings.push(`${name}: ${key} is not of the form \${NAME=default}`)
    else checkVariable(key, param, variable, standard)
  }
  for (const [key, param] of main.params) if (!given[key] && !param.value) findings.push(`${name} does not set ${key}, which has no default`)
  return Object.keys(given).length

  function checkVariable(key, param, variable, standard) {
    if (standard !== undefined && param.type === 'bool' && !/^(true|false)$/.test(standard)) findings.push(`${name}: ${key} is bool, not '${standard}'`)
    if (standard !== undefined && param.type === 'int' && !/^\d+$/.test(standard)) findings.push(`${name}: ${key} is int, not '${standard}'`)
    if (standard && param.allowed && !param.allowed.includes(standard)) findings.push(`${name}: ${key} cannot be '${standard}'`)
    if (standard === undefined && param.value && !/^(AZURE_PRINCIPAL_ID|DUNNING_BUDGET_START)$/.test(variable)) findings.push(`${name}: ${key} has a default in main.bicep and none here, so it would be empty`)
    if (variable.startsWith('AZURE_')) return
    const list = param.secure ? 'secrets' : 'variables'
    if (!pipeline[list].includes(variable)) findings.push(`azure.yaml: pipeline.${list} lacks ${variable}`)
    if (!workflow.includes(`${variable}: \${{ ${param.secure ? 'secrets' : 'vars'}.${variable} }}`)) findings.push(`.github/workflows/azure-dev.yml does not pass ${variable} on`)
  }
}
