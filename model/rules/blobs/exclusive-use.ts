import type { OperationClass } from '../../operation.ts'
import type { Outcome, Rule, rulesOf } from '../rule.ts'
import { ANOTHER, ENDED, GIVEN, HELD_ANYHOW, NOT_GIVEN } from '../vocabulary.ts'

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
    rule(`${group}.leased.no-id`, classes, { state: ['leased'], leaseId: NOT_GIVEN }, told.leasedWithoutId),
    rule(`${group}.leased.another-id`, classes, { state: ['leased'], leaseId: ANOTHER }, told.leasedAnotherId),
    rule(`${group}.breaking.no-id`, classes, { state: ['breaking'], leaseId: NOT_GIVEN }, told.breakingWithoutId),
    rule(`${group}.breaking.another-id`, classes, { state: ['breaking'], leaseId: ANOTHER }, told.breakingAnotherId),
    rule(`${group}.ended.held-id`, classes, { state: ENDED, leaseId: HELD_ANYHOW }, told.endedHeldId),
    rule(`${group}.ended.another-id`, classes, { state: ENDED, leaseId: ANOTHER }, told.endedAnotherId),
  ]
}
