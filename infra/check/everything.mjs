// All checks, in one go.
import { checkAzureYaml } from './azure-yaml.mjs'
import { BicepFile } from './bicep.mjs'
import { checkKeyless, checkRoles } from './keyless.mjs'
import { checkModules, checkParameters } from './modules.mjs'
import { checkNames } from './names.mjs'
import { ResourceCheck, checkReads } from './resources.mjs'
import { checkSettings } from './settings.mjs'
import { checkAlerts, checkStorage } from './storage.mjs'
import { checkWebhooks } from './webhooks.mjs'

export const readFiles = (source) => new Map(source.list('infra', '.bicep').map((name) => [name, new BicepFile(name, source.read(name))]))

export const resourceTypes = (files) => [...new Set([...files.values()].flatMap((file) => [...file.resources.values()].map((resource) => resource.type)))].sort()

export function checkEverything(source, types) {
  const findings = []
  const files = readFiles(source)
  for (const file of files.values()) for (const line of file.broken) findings.push(`${file.name}:${line} cannot be read`)
  if (findings.length > 0) return { findings, counts: { files: files.size } }
  const main = files.get('infra/main.bicep')
  const resources = new ResourceCheck(types, findings)
  for (const file of files.values()) {
    resources.check(file)
    checkReads(file, types, findings)
    checkNames(file, findings)
  }
  const modules = checkModules(source, files, findings)
  const roles = checkRoles(files, findings)
  checkKeyless(files, findings)
  const { keys, pipeline } = checkAzureYaml(source, main, findings)
  const parameters = checkParameters(source, main, pipeline, findings)
  const settings = checkSettings(source, files, findings)
  const storage = checkStorage(source, files, findings)
  const webhooks = checkWebhooks(source, main, findings)
  const alerts = checkAlerts(source, files, findings)
  return { findings, counts: { files: files.size, ...resources.counts, types: types.size, modules, parameters, roles, settings, storage, webhooks, alerts, keys } }
}
