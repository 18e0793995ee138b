// App settings: what the code reads, what Azure sets, what the sample and the README name. `n` stands for an index.
import { properties, walk } from './bicep.mjs'
import { localOnly, notInSample, platform, toolsOnly } from './facts.mjs'

const plain = (name) => name.replaceAll(':', '__').replace(/__(?:\d+|\$\{\w+\})(?=__|$)/g, '__n')

/** Settings that the C# sources read, with the file that does. */
export function settingsInCode(source, findings) {
  const found = new Map()
  const sources = source.list('functions', '.cs').map((name) => [name, source.read(name)])
  const records = recordsOf(sources.map(([, text]) => text))
  const patterns = [
    /\b(?:settings|configuration|config|Configuration)\["([^"]+)"\]/g,
    /\bRequired\(\w+, "([^"]+)"\)/g,
    /\bGetValue(?:<[^>]+>)?\("([^"]+)"/g,
    /\bGetEnvironmentVariable\("([^"]+)"\)/g,
    /Trigger\("%([^%"]+)%"/g,
  ]
  for (const [name, text] of sources) {
    for (const pattern of patterns) for (const [, setting] of text.matchAll(pattern)) found.set(plain(setting), name)
    for (const [call, section, list, type] of text.matchAll(/GetSection\("([^"]+)"\)(?:\.Get<(List<)?(\w+)>)?/g)) {
      if (!type || !records.has(type)) findings.push(`${name} reads ${call} in a way that cannot be followed`)
      else for (const member of members(records, type, `${section}${list ? '__n' : ''}`)) found.set(member, name)
    }
  }
  return found
}

function recordsOf(texts) {
  const records = new Map()
  for (const text of texts) {
    for (const match of text.matchAll(/\brecord (\w+)(?:\(([^;{]*?)\))?\s*[;{:]/g)) {
      const [, name, positional] = match
      const fromList = [...(positional ?? '').matchAll(/([\w<>?[\]]+)\s+(\w+)(?:\s*=[^,]*)?(?:,|$)/g)].map(([, type, property]) => [property, type])
      const body = text.slice(match.index, bodyEnd(text, match.index))
      const fromBody = [...body.matchAll(/public\s+(?:required\s+)?([\w<>?[\]]+)\s+(\w+)\s*\{\s*get;\s*(?:init|set);/g)].map(([, type, property]) => [property, type])
      records.set(name, [...fromList, ...fromBody])
    }
  }
  return records
}

function bodyEnd(text, from) {
  const next = text.slice(from + 1).search(/\n(?:public|internal|\/\/\/)/)
  return next < 0 ? text.length : from + 1 + next
}

function members(records, type, prefix) {
  return records.get(type).flatMap(([name, written]) => {
    const bare = written.replaceAll('?', '')
    const [, item] = /^(?:IReadOnlyList|List|IList|IEnumerable)<(\w+)>$/.exec(bare) ?? []
    const path = `${prefix}__${name}${item ? '__n' : ''}`
    return records.has(item ?? bare) ? members(records, item ?? bare, path) : [path]
  })
}

/** Settings that the Bicep files set: the keys of the objects in variables called …ettings. */
export function settingsInInfra(files) {
  const found = new Set()
  for (const file of files.values())
    for (const [name, { value }] of file.variables)
      if (/ettings$/.test(name))
        for (const node of walk(value)) if (node.type === 'object') for (const p of properties(node)) found.add(plain(p.keyText))
  return found
}

export function checkSettings(source, files, findings) {
  const code = settingsInCode(source, findings)
  const infra = settingsInInfra(files)
  const sample = new Set(Object.keys(JSON.parse(source.read('local.settings.sample.json')).Values).map(plain))
  const readme = source.has('README.md') ? new Set([...source.read('README.md').matchAll(/`(\w+)`/g)].map(([, name]) => plain(name))) : null
  if (!readme) findings.push('README.md is missing: it names the settings')
  for (const [name, file] of code) {
    if (localOnly.has(name) === infra.has(name)) findings.push(localOnly.has(name) ? `infra sets ${name}, which is for local use only` : `${file} reads ${name}, which infra does not set`)
    if (!sample.has(name) && !notInSample.has(name)) findings.push(`${file} reads ${name}, which local.settings.sample.json does not name`)
    if (readme && !readme.has(name)) findings.push(`${file} reads ${name}, which README.md does not name`)
  }
  for (const name of infra) if (!code.has(name) && !platform.has(name)) findings.push(`infra sets ${name}, which nothing reads`)
  for (const name of platform) if (!infra.has(name)) findings.push(`infra does not set ${name}, which the host reads`)
  for (const name of sample) if (!code.has(name) && !toolsOnly.has(name)) findings.push(`local.settings.sample.json names ${name}, which nothing reads`)
  for (const name of readme ?? []) if (/^[A-Z]\w+?__\w+$/.test(name) && !code.has(name)) findings.push(`README.md names ${name}, which nothing reads`)
  return { code: code.size, infra: infra.size, sample: sample.size }
}
