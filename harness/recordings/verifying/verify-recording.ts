import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { advance, begin, type Divergence, type Judged, losing, type StepVerdict } from '../../../model/judge.ts'
import type { RecordedExchange, Recording } from '../importing/recorded-exchange.ts'
import { endpointOf } from './endpoint.ts'
import type { Hindrance } from './hindrance.ts'
import { type Reading, readExchange } from './reading.ts'
import { runsIn } from './runs.ts'
import { lacksLeaseHeaders } from './sanitized.ts'
import { type SessionTrace, tracesOf } from './session-traces.ts'
import { windowsOf } from './windows.ts'

/** How much faster or slower the service's clock may run than itself. */
const DRIFT = 0.001

/** What the judge says of a recorded exchange. `onLease` marks requests for the lease itself. */
export type ExchangeVerdict = { readonly exchange: RecordedExchange; readonly onLease: boolean } & (
  | {
      readonly result: 'explained' | 'unexplained'
      /** One, but for a listing, which shows several resources. */
      readonly steps: readonly StepVerdict[]
      readonly divergences: readonly Divergence[]
      readonly judged: Judged
    }
  | { readonly result: 'not judgeable'; readonly why: Hindrance }
  | { readonly result: 'beside' }
)

/** Judges everything in a recording that is about leases. */
export function verifyRecording(
  rules: CompiledRules,
  { exchanges, hierarchical }: Recording,
): readonly ExchangeVerdict[] {
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

/** Only such an account has permissions on paths; the clients for it use the other endpoint too. */
function isHierarchical({ url, requestHeaders, responseHeaders }: RecordedExchange): boolean {
  if (responseHeaders['x-ms-permissions'] !== undefined || /datalake/i.test(requestHeaders?.['user-agent'] ?? ''))
    return true
  const parsed = URL.parse(url)
  return parsed !== null && endpointOf(parsed, responseHeaders).is === 'hierarchical'
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
  if (steps.length === 0) return { exchange, onLease, result: 'beside' }
  if (steps.some(({ result }) => result === 'unknown')) {
    return { exchange, onLease, result: 'not judgeable', why: { name: 'too many possibilities' } }
  }
  const divergences = steps.flatMap((each) => each.divergences)
  const result = divergences.length === 0 ? 'explained' : 'unexplained'
  return { exchange, onLease, result, steps, divergences, judged: judgedIn(steps) }
}

function judgedIn(steps: readonly StepVerdict[]): Judged {
  const sum = { settled: 0, documented: 0, inferred: 0, open: 0 }
  for (const { judged } of steps) {
    for (const level of Object.keys(sum) as (keyof Judged)[]) sum[level] += judged[level]
  }
  return sum
}
