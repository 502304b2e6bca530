import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { TargetError } from '../errors.ts'
import { cacheFolder } from './cache-folder.ts'

/** How long a process may take to end by itself, which lets it keep its compiled code for the next start. */
const END_LIMIT_MS = 2_000
const OUTPUT_LIMIT = 4_000

/** A server that runs as a child process of ours, and ends with us. */
export interface ServerProcess {
  readonly pid: number
  /** Settles, with the reason, when the process ended although `close` was not called. */
  readonly death: Promise<string>
  close(): Promise<void>
}

/** How a server is started, and how it says that it is there. */
export interface Launch<T> {
  /** What messages call it. */
  readonly name: string
  /** What Node is given after its own name. */
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env: NodeJS.ProcessEnv
  /** Whether the output says where it listens; else it is left unread, and complaints are shown at once, being bugs of ours. */
  readonly speaks: 'on its output' | 'over the channel'
  readonly startLimitMs: number
  /** Settles with where it listens; rejects if it says that it cannot. */
  readonly listening: (child: ChildProcess, output: () => string) => Promise<T>
  /** The error to throw for an end before it listens that means something of its own. */
  readonly knownFailure?: (output: string) => Error | undefined
  /** What every process says until it listens, which tells nothing when it dies. */
  readonly startUp?: RegExp
}

/** @throws TargetError if it does not come up, and what `listening` and `knownFailure` tell. */
export async function startServerProcess<T extends object>(launch: Launch<T>): Promise<ServerProcess & T> {
  const child = spawned(launch)
  const output = tail(child, launch)
  const ended = endOf(child)
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  void ended.then(() => process.off('exit', killNow))
  const place = await started(launch, child, output, ended).catch((error: unknown) => {
    killNow()
    throw error
  })
  release(child)

  let closing = false
  const death = new Promise<string>((resolve) => {
    void ended.then((reason) => {
      const said = quoted(output().replace(launch.startUp ?? '', ''))
      if (!closing) resolve(`${launch.name} (process ${child.pid}) ended with ${reason}${said}`)
    })
  })
  const close = async () => {
    closing = true
    hold(child)
    if (child.connected) child.disconnect()
    const impatience = setTimeout(killNow, END_LIMIT_MS)
    await ended
    clearTimeout(impatience)
  }
  return { ...place, pid: child.pid!, death, close }
}

/** The path of a script of ours that runs in a process of its own: TypeScript in the repository, JavaScript when built. */
export function scriptAt(path: string): URL {
  return new URL(`${path}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
}

function spawned({ args, cwd, env, speaks }: Launch<unknown>): ChildProcess {
  const stdio: StdioOptions = ['ignore', speaks === 'on its output' ? 'pipe' : 'ignore', 'pipe', 'ipc']
  return spawn(process.execPath, ['--no-warnings', ...args], {
    cwd,
    // Starting is mostly compiling, so the compiled code is kept.
    env: { ...env, NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled') },
    stdio,
    // A Ctrl-C goes to the whole process group of a terminal; when this server ends is for us to decide.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** Reads what the process writes, so that it never blocks, and remembers the end of it. */
function tail({ stdout, stderr }: ChildProcess, { speaks }: Launch<unknown>): () => string {
  let output = ''
  const read = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-OUTPUT_LIMIT)
  }
  stdout?.on('data', read)
  stderr?.on('data', read)
  if (speaks === 'over the channel') stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk))
  return () => output.trim()
}

/** Settles when the process has ended and all that it wrote was read. Node's own `close` event fails to come after `disconnect`. */
async function endOf(child: ChildProcess): Promise<string> {
  const exit = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (status, signal) => resolve(signal === null ? `status ${status}` : `signal ${signal}`))
  })
  const read = outputsOf(child).map((stream) => finished(stream).catch(() => undefined))
  const [reason] = await Promise.all([exit, ...read])
  return reason
}

/** Where the process listens, unless it ends or takes too long before. */
function started<T>(
  { name, startLimitMs, listening, knownFailure }: Launch<T>,
  child: ChildProcess,
  output: () => string,
  ended: Promise<string>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const refuse = (reason: string) => reject(new TargetError(`${name} did not start: ${reason}${quoted(output())}`))
  const limit = setTimeout(() => refuse(`it does not listen after ${startLimitMs / 1000} s`), startLimitMs)
  void ended.then((reason) => {
    const known = knownFailure?.(output())
    return known === undefined ? refuse(`it ended with ${reason}`) : reject(known)
  })
  listening(child, output).then(resolve, reject)
  return promise.finally(() => clearTimeout(limit))
}

/** Lets our process end while the child runs: whoever forgot to close it has it killed on exit. */
function release(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  for (const stream of outputsOf(child)) (stream as unknown as { unref?: () => void }).unref?.()
}

/** Our process has to stay until the child has ended, once somebody waits for that. */
function hold(child: ChildProcess): void {
  child.ref()
  for (const stream of outputsOf(child)) (stream as unknown as { ref?: () => void }).ref?.()
}

function outputsOf({ stdout, stderr }: ChildProcess) {
  return [stdout, stderr].filter((stream) => stream !== null)
}

function quoted(output: string): string {
  return output === '' ? '' : `; it said:\n${output}`
}
