import type { Instant, Span } from '../../../model/time.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'

/** `Date` has whole seconds and is rounded down; it was recorded up to a second behind the clock that `Last-Modified` is of. */
const BEFORE_MS = 1000
const AFTER_MS = 1999

/** The first and the last instant that there are. */
const EVER: Span = { earliestMs: 0, latestMs: 8.64e15 }

/** When the service acted on each of some exchanges. One without a date lies somewhere between its neighbours that have one. */
export function windowsOf(exchanges: readonly RecordedExchange[]): readonly Span[] {
  const dates = exchanges.map(instantOf)
  const before = carried(dates)
  const after = carried(dates.toReversed()).toReversed()
  return dates.map((date, place) => ({
    earliestMs: (date ?? before[place] ?? EVER.earliestMs + BEFORE_MS) - BEFORE_MS,
    latestMs: (date ?? after[place] ?? EVER.latestMs - AFTER_MS) + AFTER_MS,
  }))
}

/** When the service answered by its own clock, or else when the request was sent. */
export function instantOf({ responseHeaders: { date }, sentMs }: RecordedExchange): Instant | undefined {
  const ms = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(ms) ? sentMs : ms
}

/** Each instant, or the last known one before it. */
function carried(instants: readonly (Instant | undefined)[]): readonly (Instant | undefined)[] {
  let last: Instant | undefined
  return instants.map((instant) => {
    last = instant ?? last
    return last
  })
}
