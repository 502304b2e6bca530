import type { RetryPolicy } from '../../../model/client/documented.ts'
import type { LostPart } from '../../../model/client/retries/retried-call.ts'
import type { Family } from '../../../model/resource.ts'
import type { OperationStep, Scenario } from '../../../model/scenario.ts'
import type { Loss } from '../tap/tapped.ts'

/** More often than any client tries. */
export const EVERY_TIME = 1000

/** One call of a client library, in one state of the lease, while something gets lost, under one retry policy. */
export interface Experiment {
  readonly family: Family
  /** What the call is, in words of a replay token: `acquire,proposed=A,duration=-1`. */
  readonly text: string
  /** Of the lease before the call, in words. */
  readonly state: string
  /** The last step is the call; those before it bring about the state. */
  readonly scenario: Scenario
  readonly call: OperationStep
  readonly loss: Loss
  readonly policy: RetryPolicy
}

/** An experiment in one line, for people and to be chosen by words. */
export function experimentText({ family, text, state, loss, policy }: Experiment): string {
  return `${family} ${text} ${state} ${lossText(loss)} ${policy}`
}

/** What gets lost, in words. */
export function lossText({ part, times }: Loss): string {
  const what = LOSS_IN_WORDS[part]
  return times === EVERY_TIME ? `${what}, every time` : what
}

const LOSS_IN_WORDS: Readonly<Record<LostPart, string>> = {
  request: 'the request is lost',
  answer: 'the answer is lost',
  half: 'half the answer is lost',
}
