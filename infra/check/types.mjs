// Azure's resource types, from the copy inside azmcp: one process, asked over its standard input, no network. Answers are kept in node_modules.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { ownTypes } from './own-types.mjs'

const here = import.meta.dirname
const cacheFile = path.join(here, 'node_modules', '.cache', 'azure-types.json')

function binary() {
  const packageName = `@azure/mcp-${process.platform}-${process.arch}`
  const folder = path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))
  return path.join(folder, 'dist', process.platform === 'win32' ? 'azmcp.exe' : 'azmcp')
}

/** Answers by resource type; null where azmcp does not know the type. */
async function ask(resourceTypes) {
  const server = spawn(binary(), ['server', 'start', '--tool', 'bicepschema_get'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, AZURE_MCP_COLLECT_TELEMETRY: 'false' },
  })
  const send = (message) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const answers = {}
  send({ id: 'hello', method: 'initialize', params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: { name: 'dunning-infra-check', version: '1' } } })
  for await (const line of readline.createInterface({ input: server.stdout })) {
    if (!line.startsWith('{')) continue
    const message = JSON.parse(line)
    if (message.id === 'hello') {
      send({ method: 'notifications/initialized' })
      for (const type of resourceTypes)
        send({ id: type, method: 'tools/call', params: { name: 'bicepschema_get', arguments: { 'resource-type': type } } })
    } else if (message.id) {
      const text = message.result?.content?.[0]?.text ?? '{}'
      answers[message.id] = (text.startsWith('{') && JSON.parse(text).results?.BicepSchemaResult) || null
      if (Object.keys(answers).length === resourceTypes.length) server.stdin.end()
    }
  }
  if (Object.keys(answers).length < resourceTypes.length) throw new Error('azmcp stopped before it had answered; run npm ci in infra/check again.')
  return answers
}

function readCache(version) {
  const cache = fs.existsSync(cacheFile) ? JSON.parse(fs.readFileSync(cacheFile, 'utf8')) : {}
  return cache.version === version ? cache.types : {}
}

/** @returns {Promise<Map<string, {version: string, body: object, named: Map<string, object>}>>} by resource type in lower case */
export async function loadTypes(resourceTypes) {
  const version = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8')).devDependencies['@azure/mcp']
  const known = readCache(version)
  const missing = resourceTypes.filter((type) => !ownTypes[type] && known[type] === undefined)
  if (missing.length > 0) {
    Object.assign(known, await ask(missing))
    fs.mkdirSync(path.dirname(cacheFile), { recursive: true })
    fs.writeFileSync(cacheFile, JSON.stringify({ version, types: known }))
  }
  const loaded = new Map()
  for (const type of resourceTypes) {
    const answer = ownTypes[type] ?? known[type]
    if (!answer) continue
    const [served] = answer.filter((entry) => entry.$type === 'Resource')
    const named = new Map(answer.filter((entry) => /Object$/.test(entry.$type)).map((entry) => [entry.name, entry]))
    loaded.set(type.toLowerCase(), { version: served.name.split('@')[1], body: served.bodyType, named, own: Boolean(ownTypes[type]) })
  }
  return loaded
}
