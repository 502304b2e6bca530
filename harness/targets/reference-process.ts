import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TargetError, UsageError } from '../errors.ts'
import type { StartedMessage, StartMessage } from '../reference/main.ts'
import { cacheFolder } from './cache-folder.ts'

const START_LIMIT_MS = 30_000
/** How long a process may take to end by itself. */
const END_LIMIT_MS = 2_000
const OUTPUT_LIMIT = 4_000

/** One running reference server, with a world of its own. */
export interface ReferenceProcess {
  readonly pid: number
  readonly port: number
  readonly filePort: number
  /** Settles, with the reason, when the process ended although `close` was not called. */
  readonly death: Promise<string>
  close(): Promise<void>
}

/** @throws TargetError if it does not come up, UsageError if a port that was asked for is taken. */
export async function startReferenceProcess(message: StartMessage): Promise<ReferenceProcess> {
  const child = launch()
  const output = tail(child)
  const ended = endOf(child)
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  void ended.then(() => process.off('exit', killNow))
  const ports = await portsOf(child, message, ended).catch((error: unknown) => {
    killNow()
    throw error
  })
  release(child)
  let closing = false
  const death = ended.then((reason) => {
    const said = output()
    const story = `the reference server (process ${child.pid}) ended with ${reason}${said === '' ? '' : `; it said:\n${said}`}`
    return closing ? new Promise<string>(() => {}) : story
  })
  const close = async () => {
    closing = true
    if (child.connected) child.disconnect()
    const impatience = setTimeout(killNow, END_LIMIT_MS)
    await ended
    clearTimeout(impatience)
  }
  return { pid: child.pid!, ...ports, death, close }
}

function launch(): ChildProcess {
  const entry = new URL(`../reference/main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
  return spawn(process.execPath, ['--no-warnings', fileURLToPath(entry)], {
    // What is preloaded into us is not meant for it; its compiled code is kept, since starting is mostly compiling.
    env: { ...process.env, NODE_OPTIONS: undefined, NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled') },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A Ctrl-C goes to the whole process group of a terminal; when this server ends is for us to decide.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** Shows what the process complains of, since that is a bug of ours, and remembers the end of it. */
function tail(child: ChildProcess): () => string {
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk)
    output = `${output}${chunk}`.slice(-OUTPUT_LIMIT)
  })
  return () => output.trim()
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (status, signal) => resolve(signal === null ? `status ${status}` : `signal ${signal}`))
  })
}

/** Tells the process what to do, and hears where it listens. */
function portsOf(
  child: ChildProcess,
  message: StartMessage,
  ended: Promise<string>,
): Promise<{ readonly port: number; readonly filePort: number }> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => reject(new TargetError(`the reference server did not start: ${reason}`))
    const limit = setTimeout(() => refuse(`it does not listen after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS)
    child.once('message', (answer: StartedMessage) => {
      clearTimeout(limit)
      if ('error' in answer) reject(answer.isUsage ? new UsageError(answer.error) : new TargetError(answer.error))
      else resolve(answer)
    })
    void ended.then((reason) => {
      clearTimeout(limit)
      refuse(`it ended with ${reason}`)
    })
    child.send(message, (error) => error && refuse(error.message))
  })
}

/** Lets our process end while the child runs: whoever forgot to close it has it killed on exit. */
function release(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  ;(child.stderr as unknown as { unref?: () => void } | null)?.unref?.()
}
