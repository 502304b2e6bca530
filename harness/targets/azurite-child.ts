/**
 * Preloaded into the Azurite processes that leasecheck starts itself. It ends the process when its parent is gone, however
 * that happened, and spares it the two thirds of its start-up that go into packages it will not use.
 *
 * It runs inside a foreign process, so it imports nothing but Node.
 */
import { createRequire, Module } from 'node:module'

/** Telemetry is switched off, and SQL is asked for by a variable that the parent removes; neither is ever called. */
const NEVER_CALLED = ['applicationinsights', 'sequelize']

/** Any name that is imported from it is a class, since classes are all that Azurite derives from while loading. */
const standIn: object = new Proxy({}, { get: () => class NotLoaded {} })

function standInFor(name: string, entry: string): void {
  try {
    const require = createRequire(entry)
    const path = require.resolve(name)
    const module = new Module(path)
    module.exports = standIn
    module.loaded = true
    require.cache[path] = module
  } catch {
    // This version of Azurite does not have the package.
  }
}

// The channel closes when the parent ends, even if it was killed; Azurite itself would live on.
process.once('disconnect', () => process.exit())

const entry = process.argv[1]
if (entry !== undefined) for (const name of NEVER_CALLED) standInFor(name, entry)
