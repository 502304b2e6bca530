import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded, sdkTest } from './evidence.ts'
import { type Rule, refusal, refused, success, transitionsOf } from './rule.ts'
import { ANOTHER, GIVEN, leaseHeaders, leasePage, MISMATCH, spellings } from './vocabulary.ts'

export function releaseRules(kind: ResourceKind): readonly Rule[] {
  const rule = transitionsOf(kind, 'release')
  const page = doc(leasePage(kind))
  const tests = sdkTest('net-v11-lease-tests')
  const released = (...evidence: readonly Evidence[]) =>
    success(200, 'available', 'none', leaseHeaders(kind, 'release'), page, ...evidence)
  return [
    rule('available', { state: ['available'], leaseId: GIVEN }, refused(409, MISMATCH, page, tests)),
    ...spellings(kind).flatMap(({ suffix, ids, known }) => [
      rule(
        `leased.${suffix}`,
        { state: ['leased'], leaseId: ids },
        released(...known(recorded(kind === 'blob' ? 222 : 177))),
      ),
      rule(
        `breaking.${suffix}`,
        { state: ['breaking'], leaseId: ids },
        released(...known(tests, recorded(kind === 'blob' ? 92 : 100))),
      ),
      rule(`broken.${suffix}`, { state: ['broken'], leaseId: ids }, released(...known(tests))),
      rule(`expired.${suffix}`, { state: ['expired'], leaseId: ids }, released(...known())),
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
