import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { TargetError, UsageError } from '../errors.ts'
import type { AzuritePackage } from './azurite-package.ts'
import { cacheFolder } from './cache-folder.ts'

const START_LIMIT_MS = 60_000
/** How long a process may take to end by itself, which lets it keep its compiled code for the next start. */
const END_LIMIT_MS = 2_000
const OUTPUT_LIMIT = 4_000
/** What every Azurite says until it listens. */
const START_UP = /^[\s\S]*successfully listens on \S+\s*/
const LISTENS = /successfully listens on http:\/\/[^:\s]+:(\d+)/

/** One running Azurite, serving blobs from memory on a loopback port. */
export interface AzuriteProcess {
  readonly pid: number
  readonly port: number
  /** Settles, with the reason, when the process ended although `close` was not called. */
  readonly death: Promise<string>
  close(): Promise<void>
}

/** @throws TargetError if it does not come up, UsageError if the port that was asked for is taken. */
export async function startAzuriteProcess(azurite: AzuritePackage, port: number | undefined): Promise<AzuriteProcess> {
  const child = launch(azurite, port)
  const output = tail(child)
  const ended = endOf(child)
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  void ended.then(() => process.off('exit', killNow))
  const listens = await portOf(child, ended, output, port).catch((error: unknown) => {
    killNow()
    throw error
  })
  release(child)

  let closing = false
  const death = new Promise<string>((resolve) => {
    void ended.then((reason) => {
      const said = output().replace(START_UP, '')
      if (!closing)
        resolve(`Azurite (process ${child.pid}) ended with ${reason}${said === '' ? '' : `; it said:\n${said}`}`)
    })
  })
  const close = async () => {
    closing = true
    if (child.connected) child.disconnect()
    const impatience = setTimeout(killNow, END_LIMIT_MS)
    await ended
    clearTimeout(impatience)
  }
  return { pid: child.pid!, port: listens, death, close }
}

function launch(azurite: AzuritePackage, port: number | undefined): ChildProcess {
  const node = ['--no-warnings', '--import', preload('../clock/preload'), '--import', preload('./azurite-child')]
  return spawn(process.execPath, [...node, join(azurite.folder, 'dist/src/blob/main.js'), ...flags(azurite, port)], {
    // Azurite writes beside itself what it keeps; in memory nothing, but a user's folder is not the place to find out.
    cwd: tmpdir(),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C goes to the whole process group of a terminal; when this server ends is for us to decide.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** The URL of a script of ours that is preloaded: TypeScript in the repository, JavaScript when built. */
function preload(path: string): string {
  return new URL(`${path}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href
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

/** Ours, without what would give Azurite other accounts, a database or other code; its compiled code is kept in the cache. */
function environment(): NodeJS.ProcessEnv {
  const { AZURITE_ACCOUNTS: _accounts, AZURITE_DB: _database, NODE_OPTIONS: _options, ...kept } = process.env
  return { ...kept, NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled') }
}

/** Reads what the process writes, so that it never blocks, and remembers the end of it. */
function tail(child: ChildProcess): () => string {
  let output = ''
  const read = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-OUTPUT_LIMIT)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return () => output.trim()
}

/** Settles when the process has ended and all that it wrote was read. Node's own `close` event fails to come after `disconnect`. */
async function endOf(child: ChildProcess): Promise<string> {
  const exit = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (status, signal) => resolve(signal === null ? `status ${status}` : `signal ${signal}`))
  })
  const read = [child.stdout!, child.stderr!].map((stream) => finished(stream).catch(() => undefined))
  const [reason] = await Promise.all([exit, ...read])
  return reason
}

/** The port on which the process says it listens. */
function portOf(child: ChildProcess, ended: Promise<string>, output: () => string, wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => reject(new TargetError(`Azurite did not start: ${reason}\n${output()}`.trim()))
    const limit = setTimeout(
      () => refuse(`it does not listen after ${START_LIMIT_MS / 1000} s; it said:`),
      START_LIMIT_MS,
    )
    child.stdout?.on('data', function read() {
      const found = LISTENS.exec(output())
      if (found === null) return
      clearTimeout(limit)
      child.stdout?.off('data', read)
      resolve(Number(found[1]))
    })
    void ended.then((reason) => {
      clearTimeout(limit)
      if (wanted === undefined || !output().includes('EADDRINUSE')) return refuse(`it ended with ${reason}; it said:`)
      reject(
        new UsageError(`port ${wanted} is in use; choose another with --port, or leave --port out to take a free one`),
      )
    })
  })
}

/** Lets our process end while the child runs: whoever forgot to close it has it killed on exit. */
function release(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref?: () => void } | null)?.unref?.()
}
