import { join } from 'node:path'
import type { Family } from '../../model/resource.ts'
import type { MatrixPair } from '../../reports/matrix.ts'
import { EXIT } from '../cli/exit.ts'
import type { Pair } from './pair.ts'
import { type RanPair, runPair } from './run-pair.ts'
import { shownIn } from './shown.ts'

export interface MatrixRun {
  readonly pairs: readonly Pair[]
  /** Where the folders of pairs are. */
  readonly out: string
  /** The kinds to check of a target; none: it is left out. */
  readonly kindsOn: (target: string) => readonly Family[]
  /** What follows `leasecheck run` for a pair. */
  readonly argsFor: (pair: Pair) => readonly string[]
  /** Ends the pair that runs in an orderly manner, and starts no other. */
  readonly stop: AbortSignal
  readonly began: (pair: Pair, number: number) => void
  readonly heard: (pair: Pair, line: string, isRemark: boolean) => void
  readonly ended: (pair: MatrixPair) => void
}

/**
 * Runs one pair after the other, since each uses all cores; what becomes of one does not keep the others from running.
 * @throws UsageError if a folder cannot be written
 */
export async function runMatrix(matrix: MatrixRun): Promise<readonly MatrixPair[]> {
  const results: MatrixPair[] = []
  for (const [index, pair] of matrix.pairs.entries()) {
    if (matrix.kindsOn(pair.target).length === 0) {
      results.push(notStarted(pair, 'left out', 'the target has none of the kinds that were asked for'))
    } else if (matrix.stop.aborted) {
      results.push(notStarted(pair, 'not run', 'interrupted'))
      continue
    } else {
      matrix.began(pair, index + 1)
      results.push(await resultOf(pair, matrix))
    }
    matrix.ended(results.at(-1)!)
  }
  return results
}

async function resultOf(pair: Pair, { out, argsFor, stop, heard }: MatrixRun): Promise<MatrixPair> {
  const folder = join(out, pair.folder)
  const ran = await runPair({ args: argsFor(pair), folder, stop, heard: (...said) => heard(pair, ...said) })
  const about = { ...named(pair), exitStatus: ran.status, durationMs: Math.round(ran.durationMs) }
  const found = read(folder)
  if ('error' in found) return { ...about, verdict: 'could not run', reason: found.error }
  const hindrance = hindranceOf(ran, found.incomplete)
  return {
    ...about,
    verdict: verdictOf(ran.status),
    ...(hindrance === undefined ? {} : { reason: hindrance }),
    ...(found.shown === undefined ? {} : { shown: found.shown }),
  }
}

function verdictOf(status: number | null): MatrixPair['verdict'] {
  if (status === EXIT.nothingNew) return 'nothing new'
  return status === EXIT.somethingNew ? 'something new' : 'could not run'
}

/** Why a run did not end, or not as it should. */
function hindranceOf({ status, lastWords }: RanPair, incomplete: string | undefined): string | undefined {
  if (incomplete !== undefined) return incomplete
  if (status === EXIT.nothingNew || status === EXIT.somethingNew) return undefined
  if (lastWords !== '') return lastWords
  return status === null ? 'a signal ended its process' : `it ended with status ${status} and said nothing`
}

function read(folder: string): Partial<NonNullable<ReturnType<typeof shownIn>>> | { readonly error: string } {
  try {
    return shownIn(folder) ?? {}
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** A pair of which nothing is known. */
export function notStarted(pair: Pair, verdict: 'left out' | 'not run', reason: string): MatrixPair {
  return { ...named(pair), exitStatus: null, durationMs: 0, verdict, reason }
}

function named({ targetShown: target, client, folder }: Pair): Pick<MatrixPair, 'target' | 'driver' | 'folder'> {
  return { target, driver: client.asked, folder }
}
