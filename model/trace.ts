import type { ClientAccount } from './client/client-account.ts'
import type { Operation } from './operation.ts'
import type { AnswerHeader } from './rules/rule.ts'
import type { Step } from './scenario.ts'
import type { Span } from './time.ts'
import type { ResourceSetting, UnseenSetting } from './world.ts'

/**
 * What happened: per step what was asked and what went over the wire. Live runs, replays and imported recordings all give
 * this type, and the judge reads nothing else.
 */
export interface Trace<Setting = ResourceSetting> {
  readonly clock: TraceClock
  readonly world: readonly Setting[]
  readonly steps: readonly TraceStep[]
}

/**
 * Where the instants come from. Virtual time is what the server was told, so it is exact; wall time is ours, and `drift` is
 * how much faster or slower the server's clock may run (0.001 = 0.1 %).
 */
export interface TraceClock {
  readonly kind: 'virtual' | 'wall'
  readonly drift: number
}

export interface TraceStep {
  readonly call: Step
  /**
   * Requests for the same step that came before, to each of which the server said "not now" (429, 503): it should not have acted,
   * and may have, so their outcome is unknown. No client is judged by them.
   */
  readonly refused?: readonly Exchange[]
  readonly exchanges: readonly Exchange[]
  /** Resources to which something was done that cannot be told: nothing is known of them after this step. */
  readonly lost?: readonly UnseenSetting[]
  /** What the client library was asked and gave; absent where requests are sent without one. */
  readonly client?: ClientAccount
}

/** One request, and its answer if one came. */
export interface Exchange {
  readonly operation: Operation
  /** From sending to the answer; the server acted somewhere inside, unless no answer came: then at `earliestMs` or later. */
  readonly window: Span
  /** Undefined: the outcome is unknown. */
  readonly answer: Answer | undefined
  /** What the answer may have held and a recording left out: it is not judged. */
  readonly unrecorded?: readonly Unrecorded[]
}

export type Unrecorded = 'code' | AnswerHeader

/**
 * An answer. `headers` holds those of `ANSWER_HEADERS` that came; for a listing, the lease headers are the lease elements
 * of the listed resource. `code` is `x-ms-error-code`, or the body's code where that header is missing.
 */
export interface Answer {
  readonly status: number
  readonly code?: string
  readonly headers: Readonly<Record<string, string>>
  /** `x-ms-request-id`, by which the service can look the request up. */
  readonly requestId?: string
}
