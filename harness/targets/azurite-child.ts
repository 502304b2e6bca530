/**
 * Preloaded into the Azurite processes that leasecheck starts itself. It ends the process when its parent is gone, however
 * that happened, spares it the two thirds of its start-up that go into packages it will not use, and a sixth of the work of
 * each request, which goes into parsing the same few URI templates anew.
 *
 * It runs inside a foreign process, so it imports nothing but Node.
 */
import { createRequire, Module } from 'node:module'

/** Telemetry is switched off, and SQL is asked for by a variable that the parent removes; neither is ever called. */
const NEVER_CALLED = ['applicationinsights', 'sequelize']

/** Any name that is imported from it is a class, since classes are all that Azurite derives from while loading. */
const standIn: object = new Proxy({}, { get: () => class NotLoaded {} })

/** Puts something in the place of a package's exports; a version of Azurite that does not have the package goes without. */
function replace(name: string, entry: string, exportsOf: (load: () => unknown) => unknown): void {
  try {
    const require = createRequire(entry)
    const path = require.resolve(name)
    const module = new Module(path)
    module.exports = exportsOf(() => require(path))
    module.loaded = true
    require.cache[path] = module
  } catch {
    return
  }
}

/** `uri-templates` without parsing a template twice: a parsed one keeps no state. */
function parsedOnce(load: () => unknown): unknown {
  const parse = load() as (template: string) => unknown
  const parsed = new Map<string, unknown>()
  return (template: string) => {
    const known = parsed.get(template)
    if (known !== undefined) return known
    const made = parse(template)
    parsed.set(template, made)
    return made
  }
}

// The channel closes when the parent ends, even if it was killed; Azurite itself would live on.
process.once('disconnect', () => process.exit())

const entry = process.argv[1]
if (entry !== undefined) {
  for (const name of NEVER_CALLED) replace(name, entry, () => standIn)
  replace('uri-templates', entry, parsedOnce)
}
