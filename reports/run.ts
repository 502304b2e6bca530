import type { BaselineEntryEvent, Bucket, FindingEvent, Footer, Header, ResultEvent } from './results.ts'

/** The events of one run, sorted by what they are. */
export interface Run {
  readonly header: Header
  readonly buckets: readonly Bucket[]
  readonly entries: readonly BaselineEntryEvent[]
  readonly findings: readonly FindingEvent[]
  /** Missing if the run was cut off. */
  readonly footer: Footer | undefined
}

/**
 * Sorts the events of a run.
 * @throws Error if the header is missing: whoever has events has one, since a stream without it is refused when it is read.
 */
export function runOf(events: readonly ResultEvent[]): Run {
  const header = events.find((event) => event.event === 'header')
  if (header === undefined) throw new Error('the events of a run begin with a header, and these have none')
  return {
    header,
    buckets: events.filter((event) => event.event === 'bucket'),
    entries: events.filter((event) => event.event === 'baseline-entry'),
    findings: events.filter((event) => event.event === 'finding'),
    footer: events.find((event) => event.event === 'footer'),
  }
}

/** New divergences that fail the run. */
export function failuresOf({ buckets }: Run): readonly Bucket[] {
  return buckets.filter(({ fails }) => fails)
}

/** New divergences that do not fail the run, since what they contradict is only inferred or open. */
export function warningsOf({ buckets }: Run): readonly Bucket[] {
  return buckets.filter(({ state, fails }) => state === 'new' && !fails)
}

/** Divergences that the baseline lists. */
export function knownOf({ buckets }: Run): readonly Bucket[] {
  return buckets.filter(({ state, fails }) => state === 'known' && !fails)
}

export function goneOf({ entries }: Run): readonly BaselineEntryEvent[] {
  return entries.filter(({ state }) => state === 'gone')
}

/** Of a shard: entries that its own scenarios no longer show. */
export function agreedHereOf({ entries }: Run): readonly BaselineEntryEvent[] {
  return entries.filter(({ state }) => state === 'agreed here')
}

export function notCheckedOf({ entries }: Run): readonly BaselineEntryEvent[] {
  return entries.filter(({ state }) => state === 'not checked')
}
