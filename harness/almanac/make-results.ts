/** For developers: `npm run almanac:results -- TARGET... [--driver js] [--sdk-version 12.27.1]` writes what targets do in every cell, for the almanac. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { mergedCellResults } from '../../reports/cell-merge.ts'
import {
  asked,
  type CellResults,
  type CellResultsFile,
  cellResults,
  cellResultsName,
} from '../../reports/cell-results.ts'
import { renderCellResults } from '../../reports/cell-tally.ts'
import { EXIT, gravest, messageOf, statusOf } from '../cli/exit.ts'
import { TargetError } from '../errors.ts'
import { OTHER_VERSIONS } from './other-versions.ts'
import { RESULT_RUNS } from './result-runs.ts'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')
const FOLDER = join(import.meta.dirname, '..', '..', 'reports', 'almanac', 'results')

interface Flags {
  readonly driver: string
  readonly sdkVersion?: string
  readonly out: string
}

await new Command('almanac:results')
  .description('Runs everything against targets, one after the other, and keeps what each does in every cell.')
  .argument('<targets...>', 'azurite, azurite@VERSION, reference')
  .option('--driver <driver>', 'who sends the requests, as of leasecheck run', 'rest')
  .option(
    '--sdk-version <version>',
    `of an older SDK, as of leasecheck run; its results go to the folder ${OTHER_VERSIONS} (default: the newest known)`,
  )
  .option('--out <folder>', 'where the results go', FOLDER)
  .action(async (targets: readonly string[], { driver, sdkVersion, out: results }: Flags) => {
    const out = sdkVersion === undefined ? results : join(results, OTHER_VERSIONS)
    mkdirSync(out, { recursive: true })
    for (const target of targets) {
      try {
        const file = await resultsOf(target, ['--driver', driver, ...(sdkVersion ? ['--sdk-version', sdkVersion] : [])])
        const name = nameOf(file, sdkVersion)
        writeFileSync(join(out, name), renderCellResults(file))
        process.stdout.write(`${name}: ${told(file)}\n`)
      } catch (error) {
        process.stderr.write(`${target}: ${messageOf(error)}\n`)
        process.exitCode = gravest(Number(process.exitCode ?? EXIT.nothingNew), statusOf(error))
      }
    }
  })
  .parseAsync()

/** @throws TargetError if a run did not come to its end: half of it would tell cells as not reached that can be. */
async function resultsOf(target: string, driver: readonly string[]): Promise<CellResultsFile> {
  const folder = mkdtempSync(join(tmpdir(), 'leasecheck-almanac-'))
  try {
    let all: CellResults | undefined
    for (const [name, flags] of Object.entries(RESULT_RUNS)) {
      const out = join(folder, name)
      await run([target, ...driver, '--stable-output', '--out', out, ...flags])
      const found = cellResults(join(out, 'cells.json'))
      if (found.file.runs.some(({ complete }) => !complete))
        throw new TargetError(`leasecheck run ${target} ${flags.join(' ')} did not come to its end; nothing is written`)
      all = all === undefined ? found : asked(mergedCellResults(all, found))
    }
    return all!.file
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An SDK in another version than the newest known is told by it. */
function nameOf(file: CellResultsFile, sdkVersion: string | undefined): string {
  const name = cellResultsName(file)
  return sdkVersion === undefined ? name : name.replace(/\.json$/, `-${sdkVersion.replace(',', '-')}.json`)
}

/** Runs leasecheck; that something diverges is what it is run for. */
async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, 'run', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = `${complaints}${text}`.slice(-2000)
  })
  const [status] = (await once(child, 'close')) as [number | null]
  if (status === EXIT.nothingNew || status === EXIT.somethingNew) return
  throw new TargetError(`leasecheck run ${args.join(' ')} ended with status ${status}: ${complaints.trim()}`)
}

function told({ counts }: CellResultsFile): string {
  return Object.entries(counts)
    .map(([kind, { agreed, diverged, masked, notImplemented, notExpressible, notReached }]) =>
      [
        `${kind} ${agreed} agreed`,
        `${diverged} diverged`,
        `${masked} masked`,
        `${notImplemented} not implemented`,
        `${notExpressible} not expressible`,
        `${notReached} not reached`,
      ].join(', '),
    )
    .join('; ')
}
