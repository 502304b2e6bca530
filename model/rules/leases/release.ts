import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred } from '../evidence.ts'
import { type Counts, leasePage, leaseTests, recordedAs, spellings } from '../kind-evidence.ts'
import { type Rule, refusal, success, transitionsOf } from '../rule.ts'
import { ANOTHER, GIVEN } from '../vocabulary.ts'
import { conflict, leaseHeaders, MISMATCH } from './lease-answers.ts'

const RECORDED = {
  'leased.held': { blob: 222, container: 177, share: 18, 'share-snapshot': 4 },
  'breaking.held': { blob: 92, container: 100, share: 2 },
  'broken.held': { share: 2 },
} as const satisfies Record<string, Counts>

export function releaseRules(kind: ResourceKind): readonly Rule[] {
  const rule = transitionsOf(kind, 'release')
  const page = doc(leasePage(kind))
  const tests = leaseTests(kind)
  const seen = (row: keyof typeof RECORDED) => recordedAs(kind, RECORDED[row])
  const released = (...evidence: readonly Evidence[]) =>
    success(200, 'available', 'none', leaseHeaders(kind, 'release'), page, ...evidence)
  return [
    rule('available', { state: ['available'], leaseId: GIVEN }, conflict(kind, MISMATCH, ...tests)),
    ...spellings(kind).flatMap(({ suffix, ids, known }) => [
      rule(`leased.${suffix}`, { state: ['leased'], leaseId: ids }, released(...known(...seen('leased.held')))),
      rule(
        `breaking.${suffix}`,
        { state: ['breaking'], leaseId: ids },
        released(...known(...tests, ...seen('breaking.held'))),
      ),
      rule(
        `broken.${suffix}`,
        { state: ['broken'], leaseId: ids },
        released(...known(...tests, ...seen('broken.held'))),
      ),
      rule(`expired.${suffix}`, { state: ['expired'], leaseId: ids }, released(...known())),
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
