import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseResults } from '../../reports/ndjson.ts'
import type { Footer } from '../../reports/results.ts'
import { type Figure, quantity } from './figure.ts'
import { median } from './median.ts'

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const RUNS = 3

/** A run of the command line, from process start to process end. */
interface WholeRun {
  readonly seconds: number
  readonly footer: Footer
}

/** What the runs say of the product as people meet it: how long until the verdict, and how many deadlines a second. */
export async function wholeRunFigures(requestsPerSecondBare: number): Promise<readonly Figure[]> {
  const runs: WholeRun[] = []
  for (let i = 0; i < RUNS; i++) runs.push(await wholeRun())
  const { footer } = runs[0]!
  const seconds = runs.map((run) => run.seconds)
  const bareSeconds = footer.requests / requestsPerSecondBare
  const crossed = runs.map((run) => run.footer.crossings / (run.footer.durationMs / 1000))
  return [
    {
      name: 'verdict on embedded Azurite, blob and container, default run, from process start',
      value: median(seconds),
      unit: 's',
      bar: { atMost: 10 },
      notes: [
        `median of ${seconds.map((each) => quantity(each, 's')).join(', ')}; ${footer.requests} requests, exit status ${footer.exitStatus}`,
        `a bare loop needs ${quantity(bareSeconds, 's')} for so many requests, by its rate in this run`,
      ],
    },
    await firstDivergence(),
    {
      name: 'deadlines crossed and observed, per wall second of a default run',
      value: median(crossed),
      unit: '/s',
      bar: { atLeast: 200 },
      notes: [
        `${footer.crossings} answers depended on a deadline having passed; median of ${crossed.map((each) => quantity(each, '/s')).join(', ')}`,
      ],
    },
  ]
}

async function wholeRun(): Promise<WholeRun> {
  return inFolder(async (folder) => {
    const beganMs = performance.now()
    const child = start(folder, [])
    child.stdout!.resume()
    await once(child, 'close')
    const seconds = (performance.now() - beganMs) / 1000
    const file = join(folder, 'results.ndjson')
    const results = parseResults(await readFile(file, 'utf8'), file)
    if ('error' in results) throw new Error(results.error)
    const footer = results.events.find((event) => event.event === 'footer')
    if (footer === undefined || !footer.complete) throw new Error(`the run did not complete: ${footer?.reason}`)
    return { seconds, footer }
  })
}

/** Held against no baseline, so that the first thing that differs is new. */
async function firstDivergence(): Promise<Figure> {
  const name = 'first divergence shown, from process start, held against no baseline'
  return inFolder(async (folder) => {
    const beganMs = performance.now()
    const child = start(folder, ['--baseline', 'none'])
    const closed = once(child, 'close')
    const shownMs = await new Promise<number | undefined>((resolve) => {
      let text = ''
      child.stdout!.on('data', (chunk: Buffer) => {
        text += chunk
        if (/^NEW/m.test(text)) resolve(performance.now())
      })
      void closed.then(() => resolve(undefined))
    })
    child.kill('SIGKILL')
    await closed
    if (shownMs === undefined) return { name, notMeasured: 'nothing diverged' }
    return { name, value: (shownMs - beganMs) / 1000, unit: 's', notes: ['one run, ended there'] }
  })
}

function start(folder: string, flags: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, 'run', '--out', folder, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'leasecheck-bench-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
