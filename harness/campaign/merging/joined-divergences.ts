import { compareSignatures } from '../../../reports/baseline.ts'
import type { BaselineEntryEvent, Bucket, FindingEvent, ResultEvent } from '../../../reports/results.ts'
import { keyOf } from '../buckets.ts'
import type { EndedShard } from './shard-results.ts'

/** What shards have found, each divergence once: the events that sum up a run, but for its footer. */
export interface JoinedDivergences {
  readonly buckets: readonly Bucket[]
  readonly entries: readonly BaselineEntryEvent[]
  readonly findings: readonly FindingEvent[]
}

/** Joins what shards have found, in the order in which a whole run tells it. */
export function joinedDivergences(shards: readonly EndedShard[]): JoinedDivergences {
  const buckets = joinedBuckets(shards)
  const seen = new Set(buckets.map(keyOf))
  const findings = Map.groupBy(told(shards, 'finding'), keyOf)
  return {
    buckets,
    // What its own scenario does not show, but another shard saw, is not gone.
    entries: told(shards, 'baseline-entry')
      .filter((entry) => !seen.has(keyOf(entry)))
      .map((entry): BaselineEntryEvent => (entry.state === 'agreed here' ? { ...entry, state: 'gone' } : entry))
      .sort(compareSignatures),
    findings: [...findings.values()].map((alike) => ({ ...alike[0]!, count: countOf(alike) })).sort(compareSignatures),
  }
}

interface ShownBucket {
  readonly bucket: Bucket
  /** Whether the scenario that shows it is one of the baseline. */
  readonly isOfBaseline: boolean
}

function joinedBuckets(shards: readonly EndedShard[]): readonly Bucket[] {
  const shown = shards.flatMap((shard) => {
    const isOfBaseline = ofBaseline(shard)
    return told([shard], 'bucket').map((bucket): ShownBucket => ({ bucket, isOfBaseline: isOfBaseline(bucket) }))
  })
  const joined = [...Map.groupBy(shown, ({ bucket }) => keyOf(bucket)).values()].map(oneOf)
  const { new: fresh = [], known = [] } = Object.groupBy(joined, ({ state }) => state)
  return [...fresh, ...known.sort(compareSignatures)]
}

/** Alike buckets as one: a whole run shows what is known by the scenario of the baseline, and what is new by a short one. */
function oneOf(alike: readonly ShownBucket[]): Bucket {
  const buckets = alike.map(({ bucket }) => bucket)
  const [best] = alike.toSorted(
    (a, b) => Number(b.isOfBaseline) - Number(a.isOfBaseline) || lengthOf(a.bucket) - lengthOf(b.bucket),
  )
  return {
    ...best!.bucket,
    state: buckets.some(({ state }) => state === 'new') ? 'new' : 'known',
    fails: buckets.some(({ fails }) => fails),
    count: countOf(buckets),
  }
}

function ofBaseline({ events }: EndedShard): (bucket: Bucket) => boolean {
  const scenarios = events.flatMap((event) =>
    event.event === 'verdict' && event.origin === 'baseline' ? [event.scenario] : [],
  )
  return ({ scenario }) => scenarios.some((whole) => whole === scenario || whole.startsWith(`${scenario}/`))
}

/** Operations count more than waits. */
function lengthOf({ operations, waits }: Bucket): number {
  return operations * 2 + waits
}

function told<E extends ResultEvent['event']>(
  shards: readonly EndedShard[],
  what: E,
): Extract<ResultEvent, { event: E }>[] {
  return shards
    .flatMap(({ events }) => events)
    .filter((event): event is Extract<ResultEvent, { event: E }> => event.event === what)
}

function countOf(alike: readonly Pick<Bucket | FindingEvent, 'count'>[]): number {
  return alike.reduce((sum, { count }) => sum + count, 0)
}
