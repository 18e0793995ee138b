// node check.mjs [folder]: checks azure.yaml and infra/ of the repository around it, without Azure and without network. Exits with 1 when it finds something.
import path from 'node:path'
import { checkEverything, readFiles, resourceTypes } from './everything.mjs'
import { Source } from './source.mjs'
import { loadTypes } from './types.mjs'

const source = new Source(path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..', '..')))
const types = await loadTypes(resourceTypes(readFiles(source)))
const { findings, counts } = checkEverything(source, types)

console.log(`${counts.files} Bicep files, ${counts.modules ?? 0} modules against their callers, ${counts.parameters ?? 0} parameters against main.parameters.json`)
if (counts.resources) {
  const own = [...types.values()].filter((type) => type.own).length
  console.log(`${counts.resources} resources and ${counts.existing} references, ${counts.properties} properties against ${counts.types} types (${counts.types - own} from azmcp, ${own} written down here)`)
  console.log(`${counts.roles} role ids, ${counts.storage.queues} queues, ${counts.storage.tables} tables, ${counts.alerts} names in alerts, ${counts.webhooks} payment providers, ${counts.keys} keys of azure.yaml`)
  console.log(`${counts.settings.code} settings read by the code, ${counts.settings.infra} set by infra, ${counts.settings.sample} in local.settings.sample.json`)
}
for (const finding of findings) console.log(finding)
console.log(`${findings.length} findings`)
process.exitCode = findings.length > 0 ? 1 : 0
