import type { Guard } from '../features.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded, sdkTest } from './evidence.ts'
import { type Rule, refusal, refused, success } from './rule.ts'
import { ANOTHER, contentUnchanged, GIVEN, leaseIdHeader, leasePage, NO_LEASE_TIME, spellings } from './vocabulary.ts'

const MISMATCH = 'LeaseIdMismatchWithLeaseOperation'

export function releaseRules(kind: ResourceKind): readonly Rule[] {
  const rule = (id: string, when: Guard, ...expect: Rule['expect']): Rule => ({
    id: `${kind}.release.${id}`,
    kind,
    layer: 'transition',
    classes: ['release'],
    when,
    expect,
  })
  const page = doc(leasePage(kind))
  const tests = sdkTest('net-v11-lease-tests')
  const released = (...evidence: readonly Evidence[]) =>
    success(
      200,
      'available',
      'none',
      [leaseIdHeader(kind, 'absent', kind === 'blob' ? 321 : 274), NO_LEASE_TIME, ...contentUnchanged(kind)],
      page,
      ...evidence,
    )
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
