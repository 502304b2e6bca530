import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import type { AzuritePackage } from './azurite-package.ts'
import { type ServerProcess, scriptAt, startServerProcess } from './server-process.ts'

const START_LIMIT_MS = 60_000
const START_UP = /^[\s\S]*successfully listens on \S+\s*/
const LISTENS = /successfully listens on http:\/\/[^:\s]+:(\d+)/

/** One running Azurite, serving blobs from memory on a loopback port. */
export interface AzuriteProcess extends ServerProcess {
  readonly port: number
}

/** @throws TargetError if it does not come up, UsageError if the port that was asked for is taken. */
export async function startAzuriteProcess(azurite: AzuritePackage, port: number | undefined): Promise<AzuriteProcess> {
  const preloads = ['../clock/preload', './azurite-child'].flatMap((path) => ['--import', scriptAt(path).href])
  return startServerProcess({
    name: 'Azurite',
    args: [...preloads, join(azurite.folder, 'dist/src/blob/main.js'), ...flags(azurite, port)],
    // Azurite writes beside itself what it keeps; in memory nothing, but a user's folder is not the place to find out.
    cwd: tmpdir(),
    env: environment(),
    speaks: 'on its output',
    startLimitMs: START_LIMIT_MS,
    listening: portOf,
    knownFailure: (output) =>
      port !== undefined && output.includes('EADDRINUSE')
        ? new UsageError(`port ${port} is in use; choose another with --port, or leave --port out to take a free one`)
        : undefined,
    startUp: START_UP,
  })
}

/** Older versions lack some flags and refuse what they do not know. */
function flags(azurite: AzuritePackage, port: number | undefined): string[] {
  const known = readFileSync(join(azurite.folder, 'dist/src/blob/BlobEnvironment.js'), 'utf8')
  if (!known.includes('"inMemoryPersistence"')) {
    throw new UsageError(`Azurite ${azurite.version} cannot keep its data in memory; take 3.28.0 or newer`)
  }
  const optional = ['disableTelemetry', 'skipApiVersionCheck'].filter((flag) => known.includes(`"${flag}"`))
  const address = ['--blobHost', '127.0.0.1', '--blobPort', String(port ?? 0)]
  return [...address, '--inMemoryPersistence', '--silent', ...optional.map((flag) => `--${flag}`)]
}

/** Ours, without what would give Azurite other accounts, a database or other code. */
function environment(): NodeJS.ProcessEnv {
  const { AZURITE_ACCOUNTS: _accounts, AZURITE_DB: _database, NODE_OPTIONS: _options, ...kept } = process.env
  return kept
}

/** The port on which the process says it listens. */
function portOf(child: ChildProcess, output: () => string): Promise<{ readonly port: number }> {
  return new Promise((resolve) => {
    child.stdout?.on('data', function read() {
      const found = LISTENS.exec(output())
      if (found === null) return
      child.stdout?.off('data', read)
      resolve({ port: Number(found[1]) })
    })
  })
}
