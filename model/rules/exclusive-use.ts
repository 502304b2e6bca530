import type { FeatureValue } from '../features.ts'
import type { OperationClass } from '../operation.ts'
import type { Outcome, Rule, rulesOf } from './rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW } from './vocabulary.ts'

/** No lease id to speak of: a header without text that gets past the syntax counts as none. */
export const NO_ID: readonly FeatureValue<'leaseId'>[] = ['none', 'empty']
export const LOCKED: readonly FeatureValue<'state'>[] = ['leased', 'breaking']
export const UNLOCKED: readonly FeatureValue<'state'>[] = ['available', 'broken', 'expired']
/** The lease is over, and its id is remembered. */
export const ENDED: readonly FeatureValue<'state'>[] = ['broken', 'expired']

export const MISSING = 'LeaseIdMissing'
export const LOST = 'LeaseLost'

/** How a use that needs the id of the lease is refused, by the state of the lease and the id that it carries. */
export interface Refusals {
  readonly availableWithId: Outcome
  readonly leasedWithoutId: Outcome
  readonly leasedAnotherId: Outcome
  readonly breakingWithoutId: Outcome
  readonly breakingAnotherId: Outcome
  readonly endedHeldId: Outcome
  readonly endedAnotherId: Outcome
}

/** The rules of a group of uses that need the id: what they refuse. What passes is left to the table of the group. */
export function refusalRules(
  rule: ReturnType<typeof rulesOf>,
  group: string,
  classes: readonly OperationClass[],
  told: Refusals,
): readonly Rule[] {
  return [
    rule(`${group}.available.with-id`, classes, { state: ['available'], leaseId: GIVEN }, told.availableWithId),
    rule(`${group}.leased.no-id`, classes, { state: ['leased'], leaseId: NO_ID }, told.leasedWithoutId),
    rule(`${group}.leased.another-id`, classes, { state: ['leased'], leaseId: ANOTHER }, told.leasedAnotherId),
    rule(`${group}.breaking.no-id`, classes, { state: ['breaking'], leaseId: NO_ID }, told.breakingWithoutId),
    rule(`${group}.breaking.another-id`, classes, { state: ['breaking'], leaseId: ANOTHER }, told.breakingAnotherId),
    rule(`${group}.ended.held-id`, classes, { state: ENDED, leaseId: HELD_ANYHOW }, told.endedHeldId),
    rule(`${group}.ended.another-id`, classes, { state: ENDED, leaseId: ANOTHER }, told.endedAnotherId),
  ]
}
