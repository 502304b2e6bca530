import type { Operation } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import type { Instant } from '../../time.ts'
import type { Answer } from '../../trace.ts'
import type { ClientAccount } from '../client-account.ts'
import type { RetryPolicy } from '../documented.ts'

/** What can be lost: the request before the server sees it, the answer after the server acted, or the second half of it. */
export const LOST_PARTS = ['request', 'answer', 'half'] as const
export type LostPart = (typeof LOST_PARTS)[number]

/** One request of a call that may have sent several. */
export interface Try {
  readonly operation: Operation
  /** When it came, and when it was answered, by the clock of whoever saw it. */
  readonly sentMs: Instant
  readonly answeredMs: Instant
  readonly host: 'primary' | 'secondary'
  /** What of it was lost on purpose; absent if the client heard the whole answer. */
  readonly lost?: LostPart
  /** What the server answered, whether the client heard it or not; undefined if it never got the request. */
  readonly answer: Answer | undefined
}

/** A call of a client library while requests or answers got lost: what it was asked, what it sent, what it gave. */
export interface RetriedCall {
  readonly kind: ResourceKind
  readonly policy: RetryPolicy
  readonly account: ClientAccount
  readonly tries: readonly Try[]
}

/** What the client heard of a try. */
export function heardOf({ lost, answer }: Try): Answer | undefined {
  return lost === undefined ? answer : undefined
}

/** Whether the server did what was asked, and the client was not told so by the answer. */
export function wasDoneUnheard({ lost, answer }: Try): boolean {
  return lost !== undefined && answer !== undefined && answer.status < 300
}
