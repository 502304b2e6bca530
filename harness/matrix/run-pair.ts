import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { withoutSecrets } from '../targets/credentials/redaction.ts'
import { writingTo } from './writing-to.ts'

const MAIN = join(import.meta.dirname, '..', 'cli', `main${extname(import.meta.filename)}`)
/** What a run leaves; one that fails early must not be taken for an older one that did not. */
const LEFT = ['results.ndjson', 'cells.json', 'junit.xml', 'summary.md', 'proposals.json', 'proposals.md']
/** What a run says at its terminal. */
export const TERMINAL_FILE = 'terminal.txt'
const SAID_BY_US = /^leasecheck: /

/** How a run in a process of its own ended. */
export interface RanPair {
  /** Null if a signal ended it. */
  readonly status: number | null
  readonly durationMs: number
  /** What it complained about last, in a sentence; empty if it did not. */
  readonly lastWords: string
}

export interface PairRun {
  /** What follows `leasecheck run`. */
  readonly args: readonly string[]
  /** Where its reports go. */
  readonly folder: string
  /** Hears what it says on the way: remarks, and how far it has come. */
  readonly heard: (line: string, isRemark: boolean) => void
  /** Ends it in an orderly manner. */
  readonly stop: AbortSignal
}

/**
 * Runs a pair in a process of its own: it can crash, or eat all memory, without ending the others, and one SDK in it does not
 * share modules with another. It is in no process group of ours, so that a Ctrl-C reaches it once, through us.
 * @throws UsageError if the folder cannot be written
 */
export async function runPair({ args, folder, heard, stop }: PairRun): Promise<RanPair> {
  const beganMs = performance.now()
  const terminal = prepared(folder)
  const child = spawn(process.execPath, [...process.execArgv, MAIN, 'run', ...args, '--out', folder], {
    stdio: ['ignore', terminal, 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  closeSync(terminal)
  const interrupt = () => child.kill('SIGINT')
  stop.addEventListener('abort', interrupt)
  process.once('exit', interrupt)
  const said: string[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => {
    const isRemark = SAID_BY_US.test(line)
    said.push(line)
    if (said.length > 20) said.shift()
    heard(withoutSecrets(line.replace(SAID_BY_US, '')), isRemark)
  })
  try {
    if (stop.aborted) interrupt()
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, durationMs: performance.now() - beganMs, lastWords: lastWordsIn(said) }
  } finally {
    stop.removeEventListener('abort', interrupt)
    process.off('exit', interrupt)
  }
}

/** An empty folder as far as reports go, and the file for what is said, opened. */
function prepared(folder: string): number {
  return writingTo(folder, () => {
    for (const file of LEFT) rmSync(join(folder, file), { force: true })
    return openSync(join(folder, TERMINAL_FILE), 'w')
  })
}

/** The last complaint and what goes on below it, but for where the reports are. */
function lastWordsIn(said: readonly string[]): string {
  const told = said.filter((line) => !line.startsWith('leasecheck: results: '))
  const from = told.findLastIndex((line) => SAID_BY_US.test(line))
  if (from < 0) return ''
  return withoutSecrets(told.slice(from).join(' ').replace(SAID_BY_US, '').replace(/\s+/g, ' ').trim()).slice(0, 600)
}
