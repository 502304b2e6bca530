import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { Readable, type Writable } from 'node:stream'

/** What starts a driver: a program and its arguments, or a line for the shell. */
export interface DriverCommand {
  readonly command: string
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** `command` is a line for the shell, as the user gave it. */
  readonly shell?: true
}

/** How a program ended. */
export type ProgramEnd =
  | { readonly how: 'never started'; readonly reason: string }
  | { readonly how: 'exit'; readonly status: number }
  | { readonly how: 'signal'; readonly signal: string }

type Ref = Partial<Record<'ref' | 'unref', () => void>>

/**
 * A program that is spoken to over its standard streams, with whatever it starts itself: a shell, a build, workers. All of it
 * ends with the program, and the program ends with leasecheck: it is killed when leasecheck exits, and where leasecheck itself
 * is killed, its standard input ends, which tells it to go. It owns the processes.
 */
export class Program {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Settles when the program has ended and all that it wrote has been read. */
  readonly ended: Promise<ProgramEnd>
  readonly #child: ChildProcessWithoutNullStreams

  constructor({ command, args = [], env, shell }: DriverCommand) {
    this.#child = spawn(command, [...args], {
      stdio: 'pipe',
      env: { ...process.env, ...env },
      shell: shell === true,
      // A Ctrl-C goes to the whole group of a terminal; when a driver ends is for leasecheck to decide.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    // What could not be started at all may have no streams either.
    const nothing = () => Readable.from([])
    this.stdin = this.#child.stdin
    this.stdout = this.#child.stdout ?? nothing()
    this.stderr = this.#child.stderr ?? nothing()
    // Who no longer reads is found out by not answering, or by its end.
    this.stdin?.on('error', () => {})
    process.once('exit', this.killNow)
    // What the program started would live on, and hold its streams open.
    this.#child.once('exit', this.killNow)
    this.ended = this.#end()
    void this.ended.then(() => process.off('exit', this.killNow))
  }

  /** Ends the program and all that it started, at once. */
  readonly killNow = (): void => {
    const { pid } = this.#child
    try {
      if (process.platform === 'win32' || pid === undefined) this.#child.kill('SIGKILL')
      else process.kill(-pid, 'SIGKILL')
    } catch {
      // It is gone.
    }
  }

  /** Whether leasecheck stays for it; a program that has nothing to do is not waited for. */
  hold(held: boolean): void {
    const { stdin, stdout, stderr } = this.#child
    for (const each of [this.#child, stdin, stdout, stderr] as readonly (Ref | null)[]) {
      if (held) each?.ref?.()
      else each?.unref?.()
    }
  }

  #end(): Promise<ProgramEnd> {
    return new Promise((resolve) => {
      this.#child.once('error', ({ message }) => resolve({ how: 'never started', reason: message }))
      // `close` comes when its last words have been read too.
      this.#child.once('close', (status, signal) =>
        resolve(signal === null ? { how: 'exit', status: status! } : { how: 'signal', signal }),
      )
    })
  }
}
