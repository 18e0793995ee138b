// Queues and tables in the code are made by infra, queues with their poison twin; what alerts ask for exists in the code.
import { line, property, walk } from './bicep.mjs'
import { bodyOf } from './resources.mjs'

const constants = (text) => [...text.matchAll(/const string \w+ = "([^"]+)"/g)].map(([, name]) => name)

function made(files, type, findings) {
  const names = new Set()
  for (const file of files.values())
    for (const resource of file.resources.values()) {
      if (resource.existing || resource.type !== type) continue
      const texts = file.texts(property(bodyOf(resource), 'name'))
      if (!texts) findings.push(`${file.name}:${line(resource.node)} the names of ${type} cannot be read`)
      for (const text of texts ?? []) names.add(text)
    }
  return names
}

export function checkStorage(source, files, findings) {
  const queues = made(files, 'Microsoft.Storage/storageAccounts/queueServices/queues', findings)
  const tables = made(files, 'Microsoft.Storage/storageAccounts/tableServices/tables', findings)
  const used = new Set(constants(source.read('functions/Queues.cs')))
  for (const name of source.list('functions', '.cs'))
    for (const [, queue] of source.read(name).matchAll(/Queue(?:Trigger|Output)\("([^"%]+)"/g)) used.add(queue.replace(/-poison$/, ''))
  for (const queue of used)
    for (const name of [queue, `${queue}-poison`]) if (!queues.has(name)) findings.push(`the code uses the queue ${name}, which infra does not make`)
  for (const queue of queues)
    if (!used.has(queue.replace(/-poison$/, ''))) findings.push(`infra makes the queue ${queue}, which the code does not use`)
  const read = constants(source.read('functions/Tables.cs'))
  for (const table of read) if (!tables.has(table)) findings.push(`the code uses the table ${table}, which infra does not make`)
  for (const table of tables) if (!read.includes(table)) findings.push(`infra makes the table ${table}, which the code does not use`)
  checkNamedQueues(files, queues, findings)
  return { queues: queues.size, tables: tables.size }
}

/** A queue that is named elsewhere in infra: by an event subscription, or as an existing resource. */
function checkNamedQueues(files, queues, findings) {
  for (const file of files.values()) {
    for (const node of walk(file.tree.rootNode))
      if (node.type === 'object_property' && node.namedChild(0).text === 'queueName')
        for (const text of file.texts(node.namedChild(1)) ?? []) if (!queues.has(text)) findings.push(`${file.name}:${line(node)} there is no queue ${text}`)
    for (const resource of file.resources.values())
      if (resource.existing && resource.type.endsWith('/queueServices/queues'))
        for (const text of file.texts(property(bodyOf(resource), 'name')) ?? []) if (!queues.has(text)) findings.push(`${file.name}:${line(resource.node)} there is no queue ${text}`)
  }
}

/** Of the host's own log lines about any function's run. */
const anyRun = new Set(["Executed \\'Functions.", '(Failed'])

export function checkAlerts(source, files, findings) {
  const texts = source.list('functions', '.cs').map((name) => source.read(name))
  const functions = new Set(texts.flatMap((text) => [...text.matchAll(/\[Function\((?:nameof\((\w+)\)|"(\w+)")\)\]/g)].map(([, name, quoted]) => name ?? quoted)))
  const written = texts.flatMap((text) => [...text.matchAll(/\.Log(?:Information|Warning|Error)\((?:\w+, )?"([^"]+)"/g)].map(([, template]) => template))
  const alerts = files.get('infra/modules/alerts.bicep')
  let asked = 0
  const askFor = (name, whole) => {
    asked++
    if (![...functions].some((f) => whole ? f === name : f.startsWith(name))) findings.push(`${alerts.name} asks for the function ${name}, which does not exist`)
  }
  for (const [, operator, name] of alerts.text.matchAll(/AppRequests \| where Name (has|contains) "([^"]+)"/g)) askFor(name, operator === 'has')
  for (const [, message] of alerts.text.matchAll(/\bMessage (?:has|startswith) "([^"]+)"/g)) {
    if (anyRun.has(message)) continue
    // The host's own line: Executed 'Functions.Name' (Succeeded, Id=…
    const [, name, end] = /^Executed \\'Functions\.(\w+)(.*)$/.exec(message) ?? []
    if (name) askFor(name, end !== '')
    else asked++
    if (!name && !written.some((text) => text.includes(message))) findings.push(`${alerts.name} waits for the log line '${message}', which nothing writes`)
  }
  const instruments = texts.flatMap((text) => [...text.matchAll(/\bCreate(?:Counter|Gauge|Histogram)<\w+>\("([^"]+)"/g)].map(([, name]) => name))
  for (const [, name] of alerts.text.matchAll(/AppMetrics \| where Name == "([^"]+)"/g)) {
    asked++
    if (!instruments.includes(name)) findings.push(`${alerts.name} looks at the metric ${name}, which nothing records`)
  }
  const routes = new Set(texts.flatMap((text) => [...text.matchAll(/HttpTrigger\([\w.]+, "(\w+)", Route = "([^"]+)"/g)].map(([, method, route]) => `${method.toUpperCase()} /api/${route}`)))
  for (const [, route] of alerts.text.matchAll(/\b((?:GET|POST) \/api\/[\w/{}-]+)/g)) {
    asked++
    if (!routes.has(route)) findings.push(`${alerts.name} points to ${route}, which does not exist`)
  }
  return asked
}
