// Names inside one file: declared before use, used once declared, and known when they must be.
import { line, walk } from './bicep.mjs'

const functions = new Set(('any array base64 bool concat contains dataUri dateTimeAdd empty environment filter first flatten format guid if int intersection items join '
  + 'json last length loadJsonContent loadTextContent map max min objectKeys padLeft range reduce replace resourceGroup resourceId sort split startsWith endsWith string subscription '
  + 'subscriptionResourceId substring take tenant toLower toObject toUpper trim union uniqueString uri utcNow').split(' '))

function localNames(node) {
  const names = new Set()
  for (let up = node.parent; up; up = up.parent) {
    if (up.type === 'for_statement')
      for (const part of walk(up.namedChild(0))) if (part.namedChildCount === 0) names.add(part.text)
    if (up.type === 'lambda_expression')
      for (const part of walk(up.namedChild(0))) if (part.namedChildCount === 0) names.add(part.text)
  }
  return names
}

const isKey = (node) => node.parent.type === 'object_property' && node.parent.namedChild(0).id === node.id
const isFunction = (node) => node.parent.type === 'call_expression' && node.parent.childForFieldName('function')?.id === node.id
const declarations = ['parameter_declaration', 'variable_declaration', 'output_declaration', 'resource_declaration', 'module_declaration']
const isDeclaration = (node) => declarations.includes(node.parent.type) && node.parent.namedChild(0).id === node.id
const inside = (node, types) => {
  for (let up = node.parent; up; up = up.parent) if (types.includes(up.type)) return up
  return null
}
const usesIn = (node) => [...walk(node)].filter((n) => n.type === 'identifier' && !isKey(n) && !isFunction(n) && !isDeclaration(n) && !inside(n, ['decorator', 'type']))

export function checkNames(file, findings) {
  const declared = new Set([file.params, file.variables, file.resources, file.modules].flatMap((kind) => [...kind.keys()]))
  const used = new Set()
  for (const node of walk(file.tree.rootNode)) {
    if (node.type !== 'identifier' || inside(node, ['decorator', 'type'])) continue
    if (isFunction(node)) {
      if (!functions.has(node.text)) findings.push(`${file.name}:${line(node)} there is no function ${node.text}`)
      continue
    }
    if (isKey(node) || isDeclaration(node)) continue
    used.add(node.text)
    if (!declared.has(node.text) && !localNames(node).has(node.text)) findings.push(`${file.name}:${line(node)} ${node.text} is not declared`)
  }
  for (const [kind, map] of [['parameter', file.params], ['variable', file.variables]])
    for (const [name, { node }] of map) if (!used.has(name)) findings.push(`${file.name}:${line(node)} the ${kind} ${name} is not used`)
  checkKnownAtStart(file, findings)
}

/** Azure computes names, conditions, loops, variables with loops and lambdas before it has made anything: outputs and properties of resources are not known there. */
function checkKnownAtStart(file, findings) {
  const late = new Set()
  const isLate = (node) => [...walk(node)].some((n) => n.type === 'member_expression' && /(^|[\w!\])])[.](outputs|properties)\b/.test(n.text) && usesIn(n).some((u) => file.resources.has(u.text) || file.modules.has(u.text)))
    || usesIn(node).some((u) => late.has(u.text))
  for (let before = -1; before !== late.size;) {
    before = late.size
    for (const [name, { value }] of file.variables) if (isLate(value)) late.add(name)
  }
  const report = (node, what) => findings.push(`${file.name}:${line(node)} ${what} uses what is known only after the deployment has begun`)
  for (const node of walk(file.tree.rootNode)) {
    if (node.type === 'lambda_expression' && isLate(node)) report(node, 'a lambda')
    if (node.type === 'for_statement' && (isLate(node.namedChild(1)) || (inside(node, ['variable_declaration']) && isLate(node)))) report(node, 'a loop')
    if (node.type === 'if_statement' && isLate(node.namedChild(0))) report(node, 'a condition')
    if (node.type === 'object_property' && node.namedChild(0).text === 'name' && /^(resource|module)_declaration$/.test(ownerOf(node)?.type ?? '') && isLate(node.namedChild(1)))
      report(node, 'a name')
  }
}

/** The declaration whose own body holds the property directly. */
function ownerOf(node) {
  let up = node.parent?.parent
  while (up && ['for_statement', 'if_statement', 'parenthesized_expression'].includes(up.type)) up = up.parent
  return up
}
