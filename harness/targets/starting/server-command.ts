import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TargetError, UsageError } from '../../errors.ts'

/** How long a server may take to end by itself after SIGTERM. */
const END_LIMIT_MS = 5_000
/** How often it is looked whether all of its processes have ended. */
const LOOK_MS = 25
/** How much of the end of its output is shown. */
const SHOWN_BYTES = 2_000
const SHOWN_LINES = 12

/** A server that was started by a command of the user's, with everything that the command started. */
export interface ServerCommand {
  /** Settles, with the reason and its last lines, when it ended although `close` was not called. */
  readonly death: Promise<string>
  /** The last lines that it wrote, introduced; empty if it wrote nothing. */
  lastWords(): string
  /** Asks it to end, and ends it if it does not; returns when every process of it is gone. */
  close(): Promise<void>
}

/**
 * Runs a command of the shell in a process group of its own, which ends with us. What it writes goes to a file, straight and
 * not through us, so that nothing is lost and nothing blocks.
 * @param isFirst whether the file begins anew, or goes on
 * @throws UsageError if the file cannot be written, TargetError if there is no shell.
 */
export async function startCommand(command: string, logFile: string, isFirst: boolean): Promise<ServerCommand> {
  const log = openLog(logFile, isFirst ? 'w+' : 'a+')
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', log, log],
    // A group of its own: a Ctrl-C goes to ours alone, and what the shell started ends with the shell.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const killNow = () => signalGroup(child, 'SIGKILL')
  process.once('exit', killNow)
  const ended = endOf(child)
  await started(child)
  child.unref()

  let closing = false
  const lastWords = () => quoted(log)
  const death = new Promise<string>((resolve) => {
    void ended.then((reason) => {
      if (!closing) resolve(`the server that --start started ended with ${reason}${lastWords()}`)
    })
  })
  let gone: Promise<void> | undefined
  const end = async () => {
    closing = true
    child.ref()
    signalGroup(child, 'SIGTERM')
    const limitMs = performance.now() + END_LIMIT_MS
    while (isAlive(child) && performance.now() < limitMs) await sleep(LOOK_MS)
    killNow()
    await ended
    process.off('exit', killNow)
    closeSync(log)
  }
  const close = () => {
    gone ??= end()
    return gone
  }
  return { death, lastWords, close }
}

function openLog(file: string, flags: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return openSync(file, flags)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`the output of --start cannot be written to ${file} (${code}); give another folder with --out`)
  }
}

/** @throws TargetError */
async function started(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new TargetError(`no shell could be started for --start (${error.message})`)))
  })
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (status, signal) => resolve(signal === null ? `status ${status}` : `signal ${signal}`))
  })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // It is gone.
  }
}

/** Whether any process of the group runs. */
function isAlive(child: ChildProcess): boolean {
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null
  try {
    return child.pid !== undefined && process.kill(-child.pid, 0)
  } catch {
    return false
  }
}

function quoted(log: number): string {
  const { size } = fstatSync(log)
  const end = Buffer.alloc(Math.min(size, SHOWN_BYTES))
  readSync(log, end, 0, end.length, size - end.length)
  const lines = end.toString('utf8').trim().split('\n').slice(-SHOWN_LINES)
  return lines.join('') === ''
    ? '; it wrote nothing'
    : `; its last lines:\n${lines.map((line) => `  ${line}`).join('\n')}`
}
