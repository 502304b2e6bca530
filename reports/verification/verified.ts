import type {
  RecordedDivergence,
  RuleSeen,
  UnmetEntry,
  UnreadableEvent,
  VerificationEvent,
  VerificationFooter,
  VerificationHeader,
} from './verification.ts'

/** The events of one verification, sorted by what they are. */
export interface Verified {
  readonly header: VerificationHeader
  readonly unreadable: readonly UnreadableEvent[]
  /** New divergences that fail. */
  readonly failures: readonly RecordedDivergence[]
  /** New divergences that do not fail, since what they contradict is only inferred or open. */
  readonly warnings: readonly RecordedDivergence[]
  readonly known: readonly RecordedDivergence[]
  readonly gone: readonly UnmetEntry[]
  readonly notChecked: readonly UnmetEntry[]
  readonly rules: readonly RuleSeen[]
  /** Missing if it was cut off. */
  readonly footer: VerificationFooter | undefined
}

/** @throws Error if the header is missing. */
export function verifiedOf(events: readonly VerificationEvent[]): Verified {
  const header = events.find((event) => event.event === 'header')
  if (header === undefined) throw new Error('the events of a verification begin with a header, and these have none')
  const divergences = events.filter((event) => event.event === 'divergence')
  const entries = events.filter((event) => event.event === 'baseline-entry')
  return {
    header,
    unreadable: events.filter((event) => event.event === 'unreadable'),
    failures: divergences.filter(({ fails }) => fails),
    warnings: divergences.filter(({ state, fails }) => state === 'new' && !fails),
    known: divergences.filter(({ state }) => state === 'known'),
    gone: entries.filter(({ state }) => state === 'gone'),
    notChecked: entries.filter(({ state }) => state === 'not checked'),
    rules: events.filter((event) => event.event === 'rule'),
    footer: events.find((event) => event.event === 'footer'),
  }
}
