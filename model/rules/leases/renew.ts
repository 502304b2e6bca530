import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred } from '../evidence.ts'
import { type Counts, leasePage, leaseTests, recordedAs, spellings } from '../kind-evidence.ts'
import { type Clock, type Rule, refusal, success, transitionsOf } from '../rule.ts'
import { ANOTHER, GIVEN } from '../vocabulary.ts'
import { conflict, leaseHeaders, MISMATCH } from './lease-answers.ts'

const BROKEN = 'LeaseIsBrokenAndCannotBeRenewed'

const RECORDED = {
  available: { blob: 3 },
  'leased-fixed.held': { blob: 143, container: 195, share: 3 },
  'leased-infinite.held': { blob: 104, container: 46, share: 10 },
  'breaking.held': { share: 1 },
  'expired.held': { blob: 2, container: 2 },
} as const satisfies Record<string, Counts>

/**
 * A blob that was written after its lease ran out is available, so renewing it meets the row of `available`; a container or
 * a share stays expired whatever is done to it, so the holder can still renew.
 */
export function renewRules(kind: ResourceKind): readonly Rule[] {
  const rule = transitionsOf(kind, 'renew')
  const page = doc(leasePage(kind))
  const tests = leaseTests(kind)
  const seen = (row: keyof typeof RECORDED) => recordedAs(kind, RECORDED[row])
  const renewed = (clock: Clock, ...evidence: readonly Evidence[]) =>
    success(200, 'renewed', clock, leaseHeaders(kind, 'renew'), page, ...evidence)
  return [
    rule(
      'available',
      { state: ['available'], leaseId: GIVEN },
      conflict(kind, MISMATCH, ...tests, ...seen('available')),
    ),
    ...spellings(kind).flatMap(({ suffix, ids, known }) => [
      rule(
        `leased-fixed.${suffix}`,
        { state: ['leased'], term: ['none', 'fixed'], leaseId: ids },
        renewed('starts', ...known(...seen('leased-fixed.held'))),
      ),
      rule(
        `leased-infinite.${suffix}`,
        { state: ['leased'], term: ['infinite'], leaseId: ids },
        renewed('none', ...known(...seen('leased-infinite.held'))),
      ),
      rule(
        `breaking.${suffix}`,
        { state: ['breaking'], leaseId: ids },
        conflict(kind, BROKEN, ...known(...tests, ...seen('breaking.held'))),
      ),
      rule(`broken.${suffix}`, { state: ['broken'], leaseId: ids }, conflict(kind, BROKEN, ...known(...tests))),
      rule(
        `expired.${suffix}`,
        { state: ['expired'], leaseId: ids },
        renewed('starts', ...known(...tests, ...seen('expired.held'))),
      ),
    ]),
    rule(
      'locked-or-broken.another',
      { state: ['leased', 'breaking', 'broken'], leaseId: ANOTHER },
      conflict(kind, MISMATCH, ...tests),
    ),
    rule(
      'expired.another',
      { state: ['expired'], leaseId: ANOTHER },
      refusal(claim(409, page), claim(MISMATCH, inferred('as in every other state'))),
    ),
  ]
}
