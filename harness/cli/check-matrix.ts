import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Family } from '../../model/resource.ts'
import { lasting } from '../../reports/counting.ts'
import { MATRIX_FORMAT, MATRIX_VERSION, type Matrix, type MatrixPair } from '../../reports/matrix.ts'
import { renderMatrixMarkdown } from '../../reports/matrix-markdown.ts'
import { renderMatrix } from '../../reports/matrix-terminal.ts'
import { pairText } from '../../reports/matrix-verdict.ts'
import { UsageError } from '../errors.ts'
import { matrixStatus } from '../matrix/matrix-status.ts'
import { type Pair, pairsOf } from '../matrix/pair.ts'
import { baselineArgs } from '../matrix/pair-baseline.ts'
import { notStarted, runMatrix } from '../matrix/run-matrix.ts'
import { writingTo } from '../matrix/writing-to.ts'
import { readTargetName } from '../targets/open-target.ts'
import { familiesOn } from './families-on.ts'
import type { MatrixFlags } from './matrix.ts'
import { untilSignal } from './signals.ts'
import { StatusLine } from './status-line.ts'
import { coloured, remark, say } from './terminal.ts'
import { VERSION } from './version.ts'

/** Runs every client on every server and reports; returns the exit status. */
export async function checkMatrix(flags: MatrixFlags): Promise<number> {
  const pairs = pairsOf(flags.targets, flags.drivers)
  const kindsOn = (target: string) => {
    const own = familiesOn(target, isForeign(target) ? flags : {})
    return flags.kinds === undefined ? own : own.filter((family) => flags.kinds!.includes(family))
  }
  if (pairs.every(({ target }) => kindsOn(target).length === 0))
    throw new UsageError(`no target has ${flags.kinds?.join(' or ')}: take the target reference, which has all kinds`)
  const baselines = new Map(pairs.map((pair) => [pair, baselineArgs(pair, flags.baselines)]))
  const argsFor = (pair: Pair) => [...argsOf(pair, flags, kindsOn(pair.target)), ...baselines.get(pair)!]
  const keep = keeper(pairs, flags.out)
  keep([], false)
  const found = await untilSignal(async (stop) => {
    const told = new Telling(pairs.length)
    const results: MatrixPair[] = []
    const ended = (pair: MatrixPair) => {
      results.push(pair)
      keep(results, false)
      told.ended(pair)
    }
    const all = await runMatrix({ pairs, out: flags.out, kindsOn, argsFor, stop, ...told, ended })
    return keep(all, stop.aborted)
  })
  say(renderMatrix(found, { colour: coloured(process.stdout) }))
  remark(`results: ${join(flags.out, 'matrix.md')}, matrix.json, and a folder for each pair`)
  return found.exitStatus
}

/** Writes the matrix as far as it has come, so that nothing is lost if the next pair takes the machine down. */
function keeper(pairs: readonly Pair[], out: string) {
  const [startedAt, beganMs] = [new Date().toISOString(), performance.now()]
  return (results: readonly MatrixPair[], isInterrupted: boolean): Matrix => {
    const left = pairs.slice(results.length).map((pair) => notStarted(pair, 'not run', 'it was not yet its turn'))
    const matrix: Matrix = {
      format: MATRIX_FORMAT,
      version: MATRIX_VERSION,
      leasecheck: VERSION,
      startedAt,
      durationMs: Math.round(performance.now() - beganMs),
      exitStatus: matrixStatus(results, isInterrupted || left.length > 0),
      targets: [...new Set(pairs.map(({ targetShown }) => targetShown))],
      drivers: [...new Set(pairs.map(({ client }) => client.asked))],
      pairs: [...results, ...left],
    }
    writingTo(out, () => {
      writeFileSync(join(out, 'matrix.json'), `${JSON.stringify(matrix, null, 1)}\n`)
      writeFileSync(join(out, 'matrix.md'), renderMatrixMarkdown(matrix))
    })
    return matrix
  }
}

/** What follows `leasecheck run` for a pair, but for its baseline and its folder. */
function argsOf({ target, client }: Pair, flags: MatrixFlags, families: readonly Family[]): readonly string[] {
  const { kinds: asked, only, seed: chosen, runs, budget: limitMs, maxRequestsPerSecond: pace } = flags
  const valued = (name: string, value: string | number | undefined) => (value === undefined ? [] : [name, `${value}`])
  const switched = (name: string, isOn: true | undefined) => (isOn ? [name] : [])
  return [
    target,
    ...valued('--driver', client.driver),
    ...valued('--sdk-version', client.sdkVersion),
    ...(asked === undefined ? [] : ['--kinds', families.join(',')]),
    ...(only === undefined ? [] : ['--only', ...only]),
    ...valued('--seed', chosen),
    ...valued('--runs', runs),
    ...valued('--budget', limitMs === undefined ? undefined : `${limitMs}ms`),
    ...switched('--thorough', flags.thorough),
    ...switched('--hostile', flags.hostile),
    ...switched('--strict', flags.strict),
    ...switched('--fail-on-gone', flags.failOnGone),
    ...switched('--offline', flags.offline),
    ...switched('--yes', flags.yes),
    ...(isForeign(target)
      ? [
          ...valued('--file-url', flags.fileUrl),
          ...valued('--auth', flags.auth),
          ...valued('--ca', flags.ca),
          ...valued('--clock', flags.clock),
          ...valued('--max-requests-per-second', pace),
        ]
      : []),
  ]
}

function isForeign(target: string): boolean {
  const named = readTargetName(target).target
  return named === 'url' || named === 'account'
}

/** Says how far the matrix has come: a line that is rewritten on a terminal, plain lines elsewhere. */
class Telling {
  readonly #line = new StatusLine(process.stderr)
  readonly #of: number
  #number = 0

  constructor(of: number) {
    this.#of = of
  }

  readonly began = (pair: Pair, number: number): void => {
    this.#number = number
    this.#say(`${number} of ${this.#of}: ${nameOf(pair)}`)
  }

  readonly heard = (pair: Pair, line: string, isRemark: boolean): void => {
    if (line.startsWith('results: ')) return
    if (isRemark) this.#say(`${nameOf(pair)}: ${line}`)
    else this.#line.show(() => `${this.#number} of ${this.#of}, ${nameOf(pair)}: ${line}`)
  }

  readonly ended = (pair: MatrixPair): void => {
    this.#say(`${pair.target} with ${pair.driver}: ${pairText(pair)}, after ${lasting(pair.durationMs)}`)
  }

  #say(text: string): void {
    this.#line.clear()
    remark(text)
  }
}

function nameOf({ targetShown, client }: Pair): string {
  return `${targetShown} with ${client.asked}`
}
