import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { CellResultsFile } from '../../../reports/cell-results.ts'
import { type Footer, type Header, ORIGIN, type ResultEvent } from '../../../reports/results.ts'
import type { Scope } from '../scope.ts'
import { shardText } from '../shards/shard.ts'
import { joinedCoverage } from './joined-coverage.ts'
import { type JoinedDivergences, joinedDivergences } from './joined-divergences.ts'
import { type EndedShard, hasEnded, type ShardResults } from './shard-results.ts'

/** A run that was played in shards, told as if it had been played whole. */
export interface JoinedRun {
  readonly header: Header
  /** All events between header and footer. */
  readonly events: readonly ResultEvent[]
  /** Its exit status covers divergences only. */
  readonly footer: Footer
  readonly cells: CellResultsFile
  /** Whether anything can be concluded from it. */
  readonly provedSomething: boolean
}

/**
 * Joins the results of all shards of a run.
 * @param shards of one run, each once and in order; at least one has ended
 * @param scope what the run was about
 */
export function joinedRun(shards: readonly ShardResults[], scope: Scope, rules: CompiledRules): JoinedRun {
  const ended = shards.filter(hasEnded)
  const divergences = joinedDivergences(ended)
  const { buckets, entries, findings } = divergences
  const { covered, cells, provedSomething } = joinedCoverage(ended, scope, buckets, rules)
  const reasons = shards.flatMap((shard) => incompleteReason(shard) ?? [])
  const complete = reasons.length === 0
  const verdicts = ended.flatMap(({ events }) => events.filter(({ event }) => event === 'verdict'))
  return {
    header: joinedHeader(shards),
    events: [...verdicts, ...buckets, ...entries, ...findings],
    footer: {
      event: 'footer',
      complete,
      ...(complete ? {} : { reason: reasons.join('; ') }),
      ...played(ended),
      ...totals(
        divergences,
        shards.some(({ header }) => header.shard.failOnGone),
      ),
      ...covered,
      ...interference(ended),
      durationMs: Math.max(...ended.map(({ end }) => end.footer.durationMs)),
    },
    cells: { ...cells, runs: cells.runs.map((run) => ({ ...run, complete: run.complete && complete })) },
    provedSomething,
  }
}

/** Why the results of a shard are incomplete, if they are. */
function incompleteReason({ header, file, end }: ShardResults): string | undefined {
  const shard = `shard ${shardText(header.shard)}`
  if (end === undefined) return `${shard} was cut off: ${file} ends without a footer`
  return end.footer.complete ? undefined : `${shard}: ${end.footer.reason ?? 'it did not come to its end'}`
}

function joinedHeader(shards: readonly ShardResults[]): Header {
  const { shard, ...header } = shards[0]!.header
  const [startedAt = header.startedAt] = shards.map((each) => each.header.startedAt).sort()
  return { ...header, startedAt, shards: shard.of, plan: { ...header.plan, ...shard.whole } }
}

function played(shards: readonly EndedShard[]): Pick<Footer, 'scenarios' | 'origins' | 'requests'> {
  const footers = shards.map(({ end }) => end.footer)
  const parts = footers.flatMap(({ origins }) => origins)
  return {
    scenarios: sum(footers, ({ scenarios }) => scenarios),
    origins: ORIGIN.options.flatMap((origin) => {
      const own = parts.filter((part) => part.origin === origin)
      const scenarios = sum(own, (part) => part.scenarios)
      const diverged = sum(own, (part) => part.diverged)
      return own.length === 0 ? [] : [{ origin, scenarios, diverged, durationMs: sum(own, (part) => part.durationMs) }]
    }),
    requests: sum(footers, ({ requests }) => requests),
  }
}

function interference(shards: readonly EndedShard[]): Pick<Footer, 'interference'> {
  const parts = shards.flatMap(({ end }) => end.footer.interference ?? [])
  const busy = sum(parts, (part) => part.busy)
  return parts.length === 0 ? {} : { interference: { busy, unanswered: sum(parts, (part) => part.unanswered) } }
}

function sum<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, thing) => total + of(thing), 0)
}

function totals(
  { buckets, entries }: JoinedDivergences,
  failOnGone: boolean,
): Pick<Footer, 'buckets' | 'entries' | 'exitStatus'> {
  const failing = buckets.filter(({ fails }) => fails).length
  const fresh = buckets.filter(({ state }) => state === 'new').length
  const gone = entries.filter(({ state }) => state === 'gone').length
  return {
    buckets: { new: fresh, known: buckets.length - fresh, failing },
    entries: { gone, notChecked: entries.length - gone },
    exitStatus: failing > 0 || (failOnGone && gone > 0) ? 1 : 0,
  }
}
