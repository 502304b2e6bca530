/** For tests: the command as people run it, in a process and a folder of its own. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseResults } from '../../reports/ndjson.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
/** No command of a test may take longer, unless the test says so. */
const LIMIT_MS = 45_000
/** How long a process that was told to end may take to be gone. */
const GONE_LIMIT_MS = 3_000
/** Starting from sources is most of what a short command does. */
const COMPILED = join(tmpdir(), 'leasecheck-test-compiled')
/** Marks every process that a command starts, since they inherit it. */
const MARK = 'LEASECHECK_TEST_COMMAND'

export interface Ended {
  /** Undefined if a signal ended it. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

export interface Started {
  readonly pid: number
  readonly ended: Promise<Ended>
  /** What it has written to standard output so far. */
  stdout(): string
  /** The processes that it started and that run now, by their command lines; none where the system does not tell. */
  processes(): readonly { readonly pid: number; readonly commandLine: string }[]
}

export interface CommandOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  /** Default: from the sources. */
  readonly main?: string
  /** How long it may take; default: as every command of a test. */
  readonly limitMs?: number
  /** Close standard output after so many characters, as `head` does. */
  readonly closeAfter?: number
}

const folders: string[] = []
/** To be called after all tests of a file. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leasecheck-test-'))
  folders.push(folder)
  return folder
}

/** Starts the command in a process group of its own, as a shell would. */
export function start(
  args: readonly string[],
  { cwd, env = {}, main = MAIN, closeAfter, limitMs = LIMIT_MS }: CommandOptions,
): Started {
  const mark = randomUUID()
  const beganMs = performance.now()
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: {
      ...process.env,
      FORCE_COLOR: undefined,
      NO_COLOR: undefined,
      NODE_COMPILE_CACHE: COMPILED,
      ...env,
      [MARK]: mark,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (closeAfter !== undefined && stdout.length >= closeAfter) child.stdout.destroy()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(
    ([status]): Ended => ({ status: status ?? undefined, stdout, stderr, durationMs: performance.now() - beganMs }),
  )
  return { pid: child.pid!, ended, stdout: () => stdout, processes: () => marked(mark) }
}

/** Runs the command to its end, and sees to it that no process is left. */
export async function leasecheck(args: readonly string[], options: CommandOptions): Promise<Ended> {
  const started = start(args, options)
  const ended = await started.ended
  const left = await survivors(started)
  if (left.length > 0) throw new Error(`processes were left: ${left.join(', ')}\n${ended.stderr}`)
  return ended
}

/** What a command that has ended has left running. */
export async function survivors({ processes }: Started): Promise<readonly string[]> {
  const limitMs = performance.now() + GONE_LIMIT_MS
  while (processes().length > 0 && performance.now() < limitMs) await sleep(20)
  return processes().map(({ pid, commandLine }) => `${pid} ${commandLine}`)
}

/** Waits until a run has something to show in its results, so that it is in the middle. */
export async function untilResults(folder: string): Promise<void> {
  const limitMs = performance.now() + LIMIT_MS
  while ((statSync(resultsFile(folder), { throwIfNoEntry: false })?.size ?? 0) === 0) {
    if (performance.now() > limitMs) throw new Error(`no results in ${folder}`)
    await sleep(20)
  }
}

export function resultsFile(folder: string, out = 'leasecheck-results'): string {
  return join(folder, out, 'results.ndjson')
}

/** The results that a run left in a folder, which must be readable; `out` is what it was given as --out. */
export function resultsIn(folder: string, out?: string) {
  const results = parseResults(readFileSync(resultsFile(folder, out), 'utf8'))
  if ('error' in results) throw new Error(results.error)
  return results
}

function marked(mark: string): readonly { pid: number; commandLine: string }[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => {
    if (!/^[0-9]+$/.test(name)) return []
    try {
      if (!readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark)) return []
      return [{ pid: Number(name), commandLine: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      // It ended meanwhile, or belongs to somebody else.
      return []
    }
  })
}
