import type { OperationClass } from '../../operation.ts'
import type { Claim } from '../../rules/evidence.ts'
import type { RetryPolicy } from '../documented.ts'

/** What is judged of a call some of whose requests or answers got lost, besides what every call has to do. */
export const RETRY_FIELDS = ['requests', 'request', 'host', 'outcome', 'remembered lease id'] as const
export type RetryField = (typeof RETRY_FIELDS)[number]

export type RetryExpectation =
  | 'exactly one'
  | 'no more than documented'
  | 'the same every time'
  | 'the primary'
  | 'an error of the connection'
  | 'an error from the service'
  | 'unchanged'

/**
 * One thing that a client has to do when requests or answers get lost. `outcome` and `remembered lease id` are about calls whose
 * last answer came by half; of whole ones and of none the rules of every call speak.
 */
export interface RetryRule {
  /** `client.retries`, policy, action or class of use, field. */
  readonly id: string
  readonly policy: RetryPolicy
  readonly of: OperationClass
  readonly field: RetryField
  readonly expect: Claim<RetryExpectation>
}
