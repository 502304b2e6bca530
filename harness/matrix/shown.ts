import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isClientRule } from '../../model/client/client-rules.ts'
import { isSame } from '../../reports/baseline.ts'
import { cellResults } from '../../reports/cell-results.ts'
import type { MatrixDivergence, MatrixShown, MatrixTopic } from '../../reports/matrix.ts'
import { parseResults } from '../../reports/ndjson.ts'
import { replayCommand } from '../../reports/replay-command.ts'
import type { Bucket, Header, Signature } from '../../reports/results.ts'
import { goneOf, type Run, runOf } from '../../reports/run.ts'
import { sentenceOf } from '../../reports/sentence.ts'
import { type TopicTally, topicTallies } from '../../reports/topic-tally.ts'
import { matrixTopicNamed, matrixTopicOf } from './matrix-topic.ts'

/** What the reports of a pair show, and why it did not come to its end if it did not. */
export interface ShownPair {
  readonly shown: MatrixShown
  readonly incomplete: string | undefined
}

/**
 * Reads what a run has left in its folder; undefined if that is nothing to be used.
 * @throws Error if a report is damaged
 */
export function shownIn(folder: string): ShownPair | undefined {
  const [results, cells] = [join(folder, 'results.ndjson'), join(folder, 'cells.json')]
  if (!existsSync(results) || !existsSync(cells)) return undefined
  const parsed = parseResults(readFileSync(results, 'utf8'), results)
  if ('error' in parsed) throw new Error(parsed.error)
  const run = runOf(parsed.events)
  if (run.footer === undefined) return undefined
  const divergences = run.buckets.map((bucket) => divergenceOf(bucket, run.header))
  const tallies = topicTallies(cellResults(cells).file, matrixTopicNamed)
  const { cells: reachedCells, rules, complete } = run.footer
  return {
    incomplete: parsed.incomplete,
    shown: {
      ...whoIn(run),
      complete,
      cells: { reachable: reachedCells.reachable, reached: reachedCells.reached },
      rules: { reachable: rules.reachable, reached: rules.reached },
      notExpressible: run.header.plan.notExpressible ?? 0,
      gone: goneOf(run).length,
      divergences,
      topics: topicsOf(tallies, divergences),
    },
  }
}

function whoIn({ header }: Run): Pick<MatrixShown, 'target' | 'client' | 'apiVersion' | 'baseline' | 'kinds'> {
  const { target, client, apiVersion, baseline, kinds } = header
  return {
    target: `${target.name} ${target.version}`.trim(),
    ...(client === undefined ? {} : { client }),
    apiVersion,
    baseline,
    kinds,
  }
}

function divergenceOf(bucket: Bucket, header: Header): MatrixDivergence {
  const { rule, field, observed, state, fails, expected, level, count, scenario } = bucket
  return {
    rule,
    field,
    observed,
    state: fails ? 'new' : state === 'known' ? 'known' : 'warning',
    of: isClientRule(rule) ? 'client' : 'server',
    expected,
    level,
    count,
    sentence: sentenceOf(bucket),
    replay: replayCommand(scenario, header),
    ...matrixTopicOf(bucket),
  }
}

/** Every topic that the run had cells of, and those that a divergence is about which no cell tells. */
function topicsOf(tallies: readonly TopicTally[], divergences: readonly MatrixDivergence[]): MatrixTopic[] {
  const without = divergences.filter(
    ({ kind, operation }) => !tallies.some((each) => each.kind === kind && each.operation === operation),
  )
  const nothing = without.map(({ kind, operation }): TopicTally => ({ kind, operation, counts: NOTHING, behind: [] }))
  const added = new Map(nothing.map((each) => [`${each.kind} ${each.operation}`, each])).values()
  return [...tallies, ...added].map((tally) => topicOf(tally, divergences))
}

const NOTHING = { agreed: 0, diverged: 0, masked: 0, notImplemented: 0, notExpressible: 0, notReached: 0 }

function topicOf(
  { kind, operation, counts, behind }: TopicTally,
  divergences: readonly MatrixDivergence[],
): MatrixTopic {
  const isNew = (signature: Signature) => divergences.some((each) => each.state !== 'known' && isSame(each, signature))
  const newCells = new Set(
    behind.flatMap(({ signature, outcome, cells }) => (outcome === 'diverged' && isNew(signature) ? cells : [])),
  ).size
  const { agreed, masked, notImplemented, notExpressible, notReached } = counts
  const seen = [...divergences.keys()].filter((index) => {
    const each = divergences[index]!
    const isHere = each.kind === kind && each.operation === operation
    return isHere || behind.some(({ signature }) => isSame(each, signature))
  })
  return {
    kind,
    operation,
    agreed,
    new: newCells,
    known: counts.diverged - newCells,
    masked,
    notImplemented,
    notExpressible,
    notReached,
    divergences: seen,
  }
}
