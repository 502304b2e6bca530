import type { Divergence, Judged, StepVerdict } from '../../../model/judge.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import type { Hindrance } from './hindrance.ts'

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

/** The verdict on an exchange by what the judge says of each resource that it is about. */
export function judgedVerdict(
  exchange: RecordedExchange,
  onLease: boolean,
  steps: readonly StepVerdict[],
): ExchangeVerdict {
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
