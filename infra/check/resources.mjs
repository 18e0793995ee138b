// Every resource against its type: properties that exist, required ones, enums, kinds and limits, also inside discriminated types.
import { line, properties, property, unwrap, walk } from './bicep.mjs'

const ownProperties = new Set(['name', 'parent', 'scope', 'dependsOn'])

/** The value of the resource's object, whatever loop or condition stands before it. */
export const bodyOf = (resource) => {
  const body = unwrap(resource.value)
  return body.type === 'object' ? body : null
}

export class ResourceCheck {
  constructor(types, findings) {
    this.types = types
    this.findings = findings
    this.counts = { resources: 0, existing: 0, properties: 0 }
  }

  check(file) {
    for (const resource of file.resources.values()) this.#resource(file, resource)
  }

  #found(file, node, text) {
    this.findings.push(`${file.name}:${line(node)} ${text}`)
  }

  #resource(file, resource) {
    const type = this.types.get(resource.type.toLowerCase())
    const body = bodyOf(resource)
    if (!type || !body) return this.#found(file, resource.node, `no type ${resource.type} is known`)
    if (type.version !== resource.version)
      this.#found(file, resource.node, `${resource.type} is checked at API version ${type.version}, not ${resource.version}`)
    if (!property(body, 'name')) this.#found(file, resource.node, `${resource.type} has no name`)
    if (resource.type.split('/').length > 2 && !property(body, 'parent')) this.#found(file, resource.node, `${resource.type} has no parent`)
    if (resource.existing) {
      this.counts.existing++
      for (const p of properties(body).filter((p) => !ownProperties.has(p.key))) this.#found(file, p.node, `an existing resource takes no ${p.keyText}`)
      return
    }
    this.counts.resources++
    const taggable = type.body.properties?.some((p) => p.name === 'tags' && !/ReadOnly/.test(p.flags ?? ''))
    if (taggable && !property(body, 'tags')) this.#found(file, resource.node, `${resource.type} has no tags`)
    this.#object(file, body, type.body, type, resource.type, true)
  }

  /** Properties that an object may have: those of each variant that its discriminator allows. */
  #declared(file, object, type, where) {
    if (!type.elements) return [type.properties ?? []]
    const given = property(object, type.discriminator)
    const base = type.baseProperties ?? []
    if (!given) {
      this.#found(file, object, `${where} lacks ${type.discriminator}`)
      return []
    }
    const variants = file.texts(given)?.map((text) => [text, type.elements.find((e) => e.properties.find((p) => p.name === type.discriminator)?.type === text)])
    for (const [text] of variants?.filter(([, variant]) => !variant) ?? []) this.#found(file, given, `${where}.${type.discriminator} cannot be '${text}'`)
    return variants?.flatMap(([, variant]) => variant ? [[...base, ...variant.properties]] : []) ?? []
  }

  #object(file, object, type, types, where, root = false) {
    for (const declared of this.#declared(file, object, type, where)) {
      const byName = new Map(declared.map((p) => [p.name, p]))
      for (const given of properties(object)) {
        if (root && ownProperties.has(given.key) && given.key !== 'name') continue
        // The discriminator has chosen the variant: its value is checked there.
        if (given.key === type.discriminator) continue
        this.#given(file, given, byName.get(given.key), type, types, where)
      }
      for (const [name, p] of byName)
        if (/Required/.test(p.flags ?? '') && !property(object, name)) this.#found(file, object, `${where} lacks ${name}`)
    }
  }

  #given(file, given, declared, type, types, where) {
    this.counts.properties++
    const path = `${where}.${given.keyText}`
    if (declared) {
      if (/ReadOnly/.test(declared.flags ?? '')) return this.#found(file, given.node, `${path} is read-only`)
      return this.#value(file, given.value, declared.type, declared.modifiers ?? '', types, path)
    }
    if (!type.additionalPropertiesType) return this.#found(file, given.node, `${path} does not exist`)
    this.#value(file, given.value, type.additionalPropertiesType, '', types, path)
  }

  #value(file, node, type, modifiers, types, path) {
    node = unwrap(node)
    if (node.type === 'ternary_expression') {
      for (const branch of node.namedChildren.slice(1)) this.#value(file, branch, type, modifiers, types, path)
      return
    }
    if (node.type === 'null' || type === 'any') return
    if (type.endsWith('[]')) return this.#array(file, node, type.slice(0, -2), types, path)
    const named = types.named.get(type)
    if (named) return this.#nested(file, node, named, types, path)
    if (['object', 'array'].includes(node.type)) return this.#found(file, node, `${path} takes ${type}, not an ${node.type}`)
    this.#simple(file, node, type, modifiers, path)
  }

  #array(file, node, type, types, path) {
    if (['string', 'number', 'boolean', 'object'].includes(node.type)) return this.#found(file, node, `${path} takes an array`)
    if (node.type === 'array') for (const item of node.namedChildren) this.#value(file, item, type, '', types, `${path}[]`)
  }

  #nested(file, node, type, types, path) {
    if (['string', 'number', 'boolean', 'array'].includes(node.type)) return this.#found(file, node, `${path} takes an object`)
    if (node.type === 'object') this.#object(file, node, type, types, path)
  }

  #simple(file, node, type, modifiers, path) {
    const literals = { string: 'string', number: 'int', boolean: 'bool' }
    const kind = ['bool', 'int'].includes(type) ? type : 'string'
    if (literals[node.type] && literals[node.type] !== kind) return this.#found(file, node, `${path} takes ${kind}, not ${node.text}`)
    if (node.type === 'number') return this.#number(file, node, modifiers, path)
    const texts = file.texts(node)
    if (!texts) return
    const options = type.split('|').map((option) => option.trim()).filter((option) => option !== 'string')
    for (const text of texts) {
      // Open lists of values count as closed here: this deployment uses nothing that the list does not know.
      if (options.length > 0 && !['bool', 'int'].includes(type) && !options.includes(text)) this.#found(file, node, `${path} cannot be '${text}': ${options.join(', ')}`)
      const [, pattern] = /pattern: (.*)$/.exec(modifiers) ?? []
      if (pattern && !new RegExp(pattern).test(text)) this.#found(file, node, `${path} '${text}' does not match ${pattern}`)
    }
  }

  #number(file, node, modifiers, path) {
    const [, least] = /minValue: (-?\d+)/.exec(modifiers) ?? []
    const [, most] = /maxValue: (-?\d+)/.exec(modifiers) ?? []
    if (Number(node.text) < Number(least ?? -Infinity) || Number(node.text) > Number(most ?? Infinity))
      this.#found(file, node, `${path} ${node.text} is outside ${least ?? ''}…${most ?? ''}`)
  }
}

/** Reads such as `account.properties.primaryEndpoints` of resources in the same file. */
export function checkReads(file, types, findings) {
  for (const node of walk(file.tree.rootNode)) {
    if (node.type !== 'member_expression') continue
    const inner = node.namedChild(0)
    if (inner?.type !== 'member_expression' || inner.namedChild(1)?.text !== 'properties') continue
    const resource = file.resources.get(inner.namedChild(0).text)
    const type = resource && types.get(resource.type.toLowerCase())
    const body = type?.body.properties?.find((p) => p.name === 'properties')
    const known = body && types.get(resource.type.toLowerCase()).named.get(body.type)?.properties
    if (known && !known.some((p) => p.name === node.namedChild(1).text))
      findings.push(`${file.name}:${line(node)} ${resource.type} has no properties.${node.namedChild(1).text}`)
  }
}
