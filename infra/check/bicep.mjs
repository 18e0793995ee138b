// A Bicep file as declarations, and what can be known of an expression without running it.
import Parser from 'tree-sitter'
import Bicep from 'tree-sitter-bicep'

const parser = new Parser()
parser.setLanguage(Bicep)

export const line = (node) => node.startPosition.row + 1

export function* walk(node) {
  yield node
  for (const child of node.namedChildren) yield* walk(child)
}

const textOf = (node) => node.text.slice(1, -1).replaceAll("\\'", "'").replaceAll('\\\\', '\\')
const isWrapper = (node) => node.type === 'parenthesized_expression' && node.namedChildCount === 1

/** The value of a declaration or property behind its loops and conditions. */
export function unwrap(node) {
  if (node.type === 'for_statement') return unwrap(node.namedChildren.at(-1))
  if (node.type === 'if_statement') return unwrap(node.namedChildren.at(-1))
  return isWrapper(node) ? unwrap(node.namedChild(0)) : node
}

/** Properties of an object: key (null when it is computed), the node of the value, and the property's own node. */
export function properties(object) {
  return object.namedChildren.filter((child) => child.type === 'object_property').map((node) => {
    const [key, value] = node.namedChildren
    const computed = key.type === 'string' && key.namedChildren.some((part) => part.type === 'interpolation')
    return { node, value, keyText: key.type === 'string' ? textOf(key) : key.text, key: computed ? null : key.type === 'string' ? textOf(key) : key.text }
  })
}

export const property = (object, key) => object?.type === 'object' ? properties(object).find((p) => p.key === key)?.value : undefined

function decoratorsOf(node) {
  const before = node.previousNamedSibling
  const list = before?.type === 'decorators' ? before.namedChildren : before?.type === 'decorator' ? [before] : []
  return list.map((decorator) => decorator.namedChild(0)).filter((call) => call?.type === 'call_expression')
}

export class BicepFile {
  constructor(name, text) {
    this.name = name
    this.text = text
    this.tree = parser.parse(text, null, { bufferSize: 1 << 20 })
    this.params = new Map()
    this.variables = new Map()
    this.outputs = new Map()
    this.resources = new Map()
    this.modules = new Map()
    for (const node of this.tree.rootNode.namedChildren) this.#declare(node)
  }

  get broken() {
    return [...walk(this.tree.rootNode)].filter((node) => node.type === 'ERROR' || node.isMissing).map(line)
  }

  #declare(node) {
    const name = node.namedChild(0)?.text
    if (node.type === 'parameter_declaration') this.params.set(name, this.#parameter(node))
    else if (node.type === 'variable_declaration') this.variables.set(name, { node, value: node.namedChildren.at(-1) })
    else if (node.type === 'output_declaration') this.outputs.set(name, { node, value: node.namedChildren.at(-1) })
    else if (node.type === 'resource_declaration') {
      const [type, version] = textOf(node.namedChild(1)).split('@')
      this.resources.set(name, { node, type, version, existing: node.children.some((c) => c.type === 'existing' || c.text === 'existing'), value: node.namedChildren.at(-1) })
    } else if (node.type === 'module_declaration')
      this.modules.set(name, { node, path: textOf(node.namedChild(1)), value: node.namedChildren.at(-1) })
  }

  #parameter(node) {
    const type = node.namedChildren.find((child) => child.type === 'type')?.text ?? 'any'
    const last = node.namedChildren.at(-1)
    const decorators = new Map(decoratorsOf(node).map((call) => [call.namedChild(0).text, call.childForFieldName('arguments')]))
    const allowed = decorators.get('allowed')?.namedChild(0)?.namedChildren.map((item) => item.type === 'string' ? textOf(item) : item.text)
    return { node, type, value: last.type === 'type' ? undefined : last, decorators, allowed, secure: decorators.has('secure') }
  }

  /** Every text that an expression may be, or null when that cannot be known. */
  texts(node) {
    node = unwrap(node)
    if (node.type === 'string') return this.#interpolated(node)
    if (node.type === 'ternary_expression') return this.#both(node.namedChild(1), node.namedChild(2))
    if (node.type !== 'identifier') return null
    const items = this.#loopItems(node)
    if (items) return items.type === 'array' ? this.#all(items.namedChildren) : null
    if (this.variables.has(node.text)) return this.texts(this.variables.get(node.text).value)
    return this.params.get(node.text)?.allowed ?? null
  }

  #interpolated(node) {
    const parts = node.namedChildren
    let texts = ['']
    for (const part of parts) {
      const more = part.type === 'interpolation' ? this.texts(part.namedChild(0)) : [part.text]
      if (!more) return null
      texts = texts.flatMap((begin) => more.map((end) => begin + end))
    }
    return texts.map((text) => text.replaceAll("\\'", "'"))
  }

  #both(one, other) {
    const texts = [one, other].filter((node) => node.type !== 'null').map((node) => this.texts(node))
    return texts.includes(null) ? null : texts.flat()
  }

  #all(nodes) {
    const texts = nodes.map((node) => this.texts(node))
    return texts.includes(null) ? null : texts.flat()
  }

  /** The collection that a loop variable runs over, as an array node where it is written out. */
  #loopItems(identifier) {
    for (let node = identifier.parent; node; node = node.parent) {
      if (node.type !== 'for_statement') continue
      const names = node.childForFieldName('initializer') ?? node.namedChild(0)
      const loopNames = names.type === 'identifier' ? [names.text] : names.namedChildren.map((child) => child.text)
      if (loopNames[0] !== identifier.text) continue
      const collection = node.namedChild(1)
      return collection.type === 'identifier' && this.variables.has(collection.text) ? unwrap(this.variables.get(collection.text).value) : collection
    }
    return null
  }
}
