import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded, sdkTest } from './evidence.ts'
import { type Clock, type Rule, refusal, refused, success, transitionsOf } from './rule.ts'
import { ANOTHER, GIVEN, leaseHeaders, leasePage, MISMATCH, spellings } from './vocabulary.ts'

/**
 * A blob that was written after its lease ran out is available, so renewing it meets the row of `available`; a container
 * stays expired whatever is done to it, so the holder can still renew.
 */
export function renewRules(kind: ResourceKind): readonly Rule[] {
  const rule = transitionsOf(kind, 'renew')
  const page = doc(leasePage(kind))
  const tests = sdkTest('net-v11-lease-tests')
  const renewed = (clock: Clock, ...evidence: readonly Evidence[]) =>
    success(200, 'renewed', clock, leaseHeaders(kind, 'renew'), page, ...evidence)
  const cannotBeRenewed = (...evidence: readonly Evidence[]) =>
    refusal(claim(409, page, ...evidence), claim('LeaseIsBrokenAndCannotBeRenewed', ...evidence))
  return [
    rule(
      'available',
      { state: ['available'], leaseId: GIVEN },
      refused(409, MISMATCH, page, tests, ...(kind === 'blob' ? [recorded(3)] : [])),
    ),
    ...spellings(kind).flatMap(({ suffix, ids, known }) => [
      rule(
        `leased-fixed.${suffix}`,
        { state: ['leased'], term: ['none', 'fixed'], leaseId: ids },
        renewed('starts', ...known(recorded(kind === 'blob' ? 143 : 195))),
      ),
      rule(
        `leased-infinite.${suffix}`,
        { state: ['leased'], term: ['infinite'], leaseId: ids },
        renewed('none', ...known(recorded(kind === 'blob' ? 104 : 46))),
      ),
      rule(`breaking.${suffix}`, { state: ['breaking'], leaseId: ids }, cannotBeRenewed(...known(tests))),
      rule(`broken.${suffix}`, { state: ['broken'], leaseId: ids }, cannotBeRenewed(...known(tests))),
      rule(`expired.${suffix}`, { state: ['expired'], leaseId: ids }, renewed('starts', ...known(tests, recorded(2)))),
    ]),
    rule(
      'locked-or-broken.another',
      { state: ['leased', 'breaking', 'broken'], leaseId: ANOTHER },
      refused(409, MISMATCH, page, tests),
    ),
    rule(
      'expired.another',
      { state: ['expired'], leaseId: ANOTHER },
      refusal(claim(409, page), claim(MISMATCH, inferred('as in every other state'))),
    ),
  ]
}
