import type { OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import type { Claim } from '../rules/evidence.ts'
import type { AnswerHeader } from '../rules/rule.ts'

/**
 * What a client has to do for a call: `sends` holds the call against what went over the wire; `returns`, `throws` and
 * `unheard` hold what the caller got, and what the handle keeps, against what went over the wire: an answer that says success,
 * one that says refusal, none at all; `refuses` does so where the client sent nothing because an argument is invalid.
 */
export const MOMENTS = ['sends', 'returns', 'throws', 'unheard', 'refuses'] as const
export type Moment = (typeof MOMENTS)[number]

/** The parts of a request that a call decides about. */
export const SENT_FIELDS = [
  'requests',
  'operation',
  'resource',
  'x-ms-lease-id',
  'x-ms-proposed-lease-id',
  'x-ms-lease-duration',
  'x-ms-lease-break-period',
  'condition',
  'source',
  'x-ms-source-lease-id',
  'x-ms-delete-snapshots',
] as const
export type SentField = (typeof SENT_FIELDS)[number]

/** What a lease client keeps of its lease besides the id, and the header that it comes from. */
export const REMEMBERED_TAGS = {
  'remembered etag': 'etag',
  'remembered last-modified': 'last-modified',
} as const satisfies Record<string, AnswerHeader>
export type RememberedTag = keyof typeof REMEMBERED_TAGS

export type ClientField =
  | SentField
  | AnswerHeader
  | RememberedTag
  | 'outcome'
  | 'status'
  | 'code'
  | 'error name'
  | 'remembered lease id'

/** What a field must hold, said without knowing the ids and times of a run. Ids are compared by value, not by spelling. */
export type ClientExpectation =
  | 'exactly one'
  | 'none'
  | 'as asked'
  | 'one of its own where none was asked'
  | 'infinite where none was asked'
  | 'as answered'
  | 'a result'
  | 'an error from the service'
  | 'an error of the connection'
  | 'a refusal of its own'
  | 'the answered id'
  | 'no id'
  | 'unchanged'
  | 'as documented'

/** One thing that a client has to do. Every call of a kind and class has, at each moment, one rule a field. */
export interface ClientRule {
  /** `client`, kind, action or class of use, moment, field. */
  readonly id: string
  readonly kind: ResourceKind
  readonly of: OperationClass
  readonly moment: Moment
  readonly field: ClientField
  readonly expect: Claim<ClientExpectation>
}
