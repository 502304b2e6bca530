import { type ChildProcess, spawn } from 'node:child_process'
import { UsageError } from '../errors.ts'

/** How a command has ended. */
export type CommandEnd = { readonly status: number } | { readonly signal: NodeJS.Signals }

/** A program that somebody else wrote. It owns the processes that it starts. */
export interface Command {
  readonly ended: Promise<CommandEnd>
  /** Passes a signal on to it and to what it has started. */
  signal(name: NodeJS.Signals): void
}

/**
 * Starts a command; what it writes goes where ours goes.
 * @throws UsageError if there is none of that name.
 */
export async function startCommand(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Command> {
  const [program = '', ...args] = words
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    // A group of its own: a terminal sends Ctrl-C to ours alone, and we pass it on, once.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const ended = new Promise<CommandEnd>((resolve) => {
    child.once('exit', (status, signal) => resolve(signal === null ? { status: status ?? 0 } : { signal }))
  })
  const kill = () => signalGroup(child, 'SIGKILL')
  process.once('exit', kill)
  void ended.then(() => process.off('exit', kill))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(program, error)))
  })
  return { ended, signal: (name) => signalGroup(child, name) }
}

function notStarted(program: string, { code, message }: NodeJS.ErrnoException): Error {
  const why = code === 'ENOENT' ? 'there is no such program' : code === 'EACCES' ? 'it may not be run' : message
  return new UsageError(
    `${JSON.stringify(program)} cannot be started: ${why}; after -- comes a program with its arguments, as in: leasecheck proxy azurite -- npm test`,
  )
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // It is gone.
  }
}
