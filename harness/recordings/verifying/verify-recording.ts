import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { advance, begin, losing, type StepVerdict } from '../../../model/judge.ts'
import type { RecordedExchange, Recording } from '../importing/recorded-exchange.ts'
import { isTimed, verifyTimed } from '../verifying-timed/verify-timed.ts'
import { type ExchangeVerdict, judgedVerdict } from './exchange-verdict.ts'
import { isHierarchical } from './hierarchical.ts'
import { type Reading, readExchange } from './reading.ts'
import { runsIn } from './runs.ts'
import { lacksLeaseHeaders } from './sanitized.ts'
import { type SessionTrace, tracesOf } from './session-traces.ts'
import { windowsOf } from './windows.ts'

/** How much faster or slower the service's clock may run than itself. */
const DRIFT = 0.001

export type { ExchangeVerdict }

/** Judges everything in a recording that is about leases. */
export function verifyRecording(
  rules: CompiledRules,
  { exchanges, hierarchical }: Recording,
): readonly ExchangeVerdict[] {
  if (exchanges.length > 0 && exchanges.every(isTimed)) return verifyTimed(rules, exchanges)
  const facts = {
    lacksLeaseHeaders: lacksLeaseHeaders(exchanges),
    hierarchical: hierarchical ?? exchanges.some(isHierarchical),
  }
  return runsIn(exchanges).flatMap((run) => {
    const windows = windowsOf(run)
    const readings = run.map((exchange) => readExchange(exchange, facts))
    const dated = readings.map((reading, place) => ({ reading, window: windows[place]! }))
    const steps = new Map<number, StepVerdict[]>()
    for (const trace of tracesOf(dated)) judgeTrace(rules, trace, steps)
    return run.map((exchange, place) => verdictOf(exchange, readings[place]!, steps.get(place) ?? []))
  })
}

/** Follows a trace to its end: after an answer that nothing explains, nothing is known any more. */
function judgeTrace(rules: CompiledRules, { world, steps }: SessionTrace, into: Map<number, StepVerdict[]>): void {
  let judgement = begin({ kind: 'wall', drift: DRIFT }, world)
  for (const { exchange, step, counts } of steps) {
    const { next, verdict } = advance(rules, judgement, step)
    judgement = next.ended ? losing(next, world) : next
    if (!counts || step.exchanges.length === 0) continue
    const known = into.get(exchange)
    if (known === undefined) into.set(exchange, [verdict])
    else known.push(verdict)
  }
}

function verdictOf(exchange: RecordedExchange, reading: Reading, steps: readonly StepVerdict[]): ExchangeVerdict {
  if (reading.is === 'beside') return { exchange, onLease: false, result: 'beside' }
  const { onLease } = reading
  if (reading.is === 'not judgeable') return { exchange, onLease, result: 'not judgeable', why: reading.why }
  return judgedVerdict(exchange, onLease, steps)
}
