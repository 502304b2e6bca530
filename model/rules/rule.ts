import type { Guard } from '../features.ts'
import type { LeaseAction, OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import type { ServiceVersion } from '../service-version.ts'
import type { Claim, Evidence } from './evidence.ts'
import { claim } from './evidence.ts'

/**
 * The layers in the order in which the service asks its questions; the first that refuses decides. Malformed ids are refused
 * even where no lease is held, and a missing resource is 404 whatever the id, so syntax and existence come before the lease
 * (recorded for renew of an unleased blob with a malformed id, and for every operation on a missing resource).
 */
export const LAYERS = ['syntax', 'existence', 'condition', 'lease', 'transition'] as const
export type Layer = (typeof LAYERS)[number]

/** The headers that a rule may speak of. The lease headers of a listing are those of the listed element. */
export const ANSWER_HEADERS = [
  'x-ms-lease-id',
  'x-ms-lease-time',
  'x-ms-lease-state',
  'x-ms-lease-status',
  'x-ms-lease-duration',
  'etag',
  'last-modified',
] as const
export type AnswerHeader = (typeof ANSWER_HEADERS)[number]

/** What a header must hold, said without knowing the ids and times of a run. */
export type Expectation =
  | 'absent'
  | 'present'
  | 'unchanged'
  | 'changed'
  | 'the lease id'
  | 'the break period'
  | 'the break period - 1'
  | 'the time left, rounded down'
  | 'the time left, rounded up'
  | '0'
  | 'reported state'
  | 'reported status'
  | 'reported duration'

export interface HeaderClaim extends Claim<Expectation> {
  readonly header: AnswerHeader
  /** The first version that it holds for, and the first that it no longer holds for. */
  readonly from?: ServiceVersion
  readonly before?: ServiceVersion
}

/** What becomes of the resource. */
export const NEXTS = [
  'stays',
  'leased',
  'renewed',
  'id changed',
  'available',
  'breaking',
  'broken',
  'content changed',
  'content changed, lease forgotten',
  'lease forgotten',
  'staged',
  'snapshot taken',
  'snapshot taken, lease forgotten',
  'sealed',
  'sealed, lease forgotten',
  'moved here',
  'created',
  'deleted',
] as const
export type Next = (typeof NEXTS)[number]

/** What becomes of the deadline. */
export const CLOCKS = ['none', 'starts', 'kept', 'after the break period'] as const
export type Clock = (typeof CLOCKS)[number]

/** One answer that the service may give, and the world that follows. */
export interface Outcome {
  /** `success` is the status that the operation's own page names. */
  readonly status: Claim<number | 'success'>
  /** The error code; `none` on success. */
  readonly code: Claim<string>
  readonly headers: readonly HeaderClaim[]
  readonly next: Claim<Next>
  readonly clock: Claim<Clock>
}

export interface Rule {
  readonly id: string
  readonly kind: ResourceKind
  readonly classes: readonly OperationClass[]
  readonly layer: Layer
  readonly when: Guard
  /** The permitted outcomes; none means that the layer has no objection and the next one is asked. */
  readonly expect: readonly Outcome[]
  /**
   * Where nobody knows whether this layer objects, or which of two objections is told: what else may be answered. `later
   * refusals`: a refusal of a later layer instead; `whatever follows`: the layer may have no objection at all.
   */
  readonly also?: 'later refusals' | 'whatever follows'
}

/**
 * Writes the rules of one table of a kind; each id begins with the kind and the name of the table. A table of a lease action is
 * about that action, the others name their classes rule by rule.
 */
export function rulesOf(kind: ResourceKind, layer: Layer, table = '') {
  const prefix = table === '' ? kind : `${kind}.${table}`
  return (id: string, classes: readonly OperationClass[], when: Guard, ...expect: readonly Outcome[]): Rule => ({
    id: `${prefix}.${id}`,
    kind,
    layer,
    classes,
    when,
    expect,
  })
}

/** Writes the transition rules of a lease action. */
export function transitionsOf(kind: ResourceKind, action: LeaseAction) {
  const rule = rulesOf(kind, 'transition', action)
  return (id: string, when: Guard, ...expect: readonly Outcome[]): Rule => rule(id, [action], when, ...expect)
}

const NOTHING_CHANGES = claim<Next>('stays', {
  source: 'lease-blob',
  kind: 'doc',
  note: 'a refused request changes nothing',
})
const CLOCK_KEPT = claim<Clock>('kept', {
  source: 'lease-blob',
  kind: 'doc',
  note: 'a refused request changes nothing',
})

/** The outcome of a request that is refused: an error, and nothing changes. */
export function refusal(status: Claim<number | 'success'>, code: Claim<string>): Outcome {
  return { status, code, headers: [], next: NOTHING_CHANGES, clock: CLOCK_KEPT }
}

/** A refusal whose status and code rest on the same evidence. */
export function refused(status: number, code: string, ...evidence: readonly Evidence[]): Outcome {
  return refusal(claim<number | 'success'>(status, ...evidence), claim(code, ...evidence))
}

/** The outcome of a request that succeeds. */
export function success(
  status: number | 'success',
  next: Next,
  clock: Clock,
  headers: readonly HeaderClaim[],
  ...evidence: readonly Evidence[]
): Outcome {
  return {
    status: claim<number | 'success'>(status, ...evidence),
    code: claim('none', ...evidence),
    headers,
    next: claim<Next>(next, ...evidence),
    clock: claim<Clock>(clock, ...evidence),
  }
}

/** A claim about a header; `versions` limits it to some of the service's versions. */
export function header(
  name: AnswerHeader,
  claimed: Claim<Expectation>,
  versions: Pick<HeaderClaim, 'from' | 'before'> = {},
): HeaderClaim {
  return { header: name, ...claimed, ...versions }
}

/** Whether a claim speaks of a version. */
export function isInForce({ from, before }: HeaderClaim, version: ServiceVersion): boolean {
  return (from === undefined || version >= from) && (before === undefined || version < before)
}

/** A rule that may not apply: see `Rule.also`. */
export function perhaps(also: NonNullable<Rule['also']>, rule: Rule): Rule {
  return { ...rule, also }
}
