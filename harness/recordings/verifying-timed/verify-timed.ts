import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import type { ExchangeVerdict } from '../verifying/exchange-verdict.ts'
import { type Begun, type TimedExchange, TimedSession } from './timed-session.ts'

export function isTimed(exchange: RecordedExchange): exchange is TimedExchange {
  return exchange.window !== undefined
}

/** Judges a session that was recorded with exact times, as if it took place now. */
export function verifyTimed(rules: CompiledRules, exchanges: readonly TimedExchange[]): readonly ExchangeVerdict[] {
  const verdicts = new Map<RecordedExchange, ExchangeVerdict>()
  const session = new TimedSession(rules, (verdict) => void verdicts.set(verdict.exchange, verdict))
  const begun = new Map<TimedExchange, Begun>()
  for (const { what, exchange } of eventsOf(exchanges)) {
    if (what === 'begins') begun.set(exchange, session.begin(exchange, exchange.window.earliestMs))
    else session.end(begun.get(exchange)!, exchange)
  }
  return exchanges.map((each) => verdicts.get(each)!)
}

/** What begins in the very moment in which something else ends overlaps with it. */
function eventsOf(exchanges: readonly TimedExchange[]) {
  const begins = exchanges.map((exchange) => ({ what: 'begins' as const, exchange, atMs: exchange.window.earliestMs }))
  const ends = exchanges.map((exchange) => ({ what: 'ends' as const, exchange, atMs: exchange.window.latestMs }))
  return [...begins, ...ends].toSorted((a, b) => a.atMs - b.atMs)
}
