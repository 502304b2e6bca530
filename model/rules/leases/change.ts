import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred, open } from '../evidence.ts'
import { leasePage, leaseTests, recordedAs, spellings } from '../kind-evidence.ts'
import { type Rule, refusal, success, transitionsOf } from '../rule.ts'
import { ANOTHER, HELD_ANYHOW, PROPOSED_ANOTHER } from '../vocabulary.ts'
import { conflict, leaseHeaders, MISMATCH, NOT_PRESENT } from './lease-answers.ts'

const BREAKING = 'LeaseIsBreakingAndCannotBeChanged'

export function changeRules(kind: ResourceKind): readonly Rule[] {
  const rule = transitionsOf(kind, 'change')
  const page = doc(leasePage(kind))
  const tests = leaseTests(kind)
  const changed = (...evidence: readonly Evidence[]) =>
    success(200, 'id changed', 'kept', leaseHeaders(kind, 'change'), ...evidence)
  const notPresent = conflict(kind, NOT_PRESENT, ...tests)
  return [
    rule('available', { state: ['available'] }, notPresent),
    rule('broken', { state: ['broken'] }, notPresent),
    rule('expired', { state: ['expired'] }, refusal(claim(409, page), open([NOT_PRESENT, MISMATCH]))),

    ...spellings(kind).flatMap(({ suffix, ids, known }) => [
      rule(
        `leased.${suffix}`,
        { state: ['leased'], leaseId: ids, proposedLeaseId: PROPOSED_ANOTHER },
        changed(page, ...known(...recordedAs(kind, { blob: 188, container: 184, share: 7 }))),
      ),
      rule(
        `leased.${suffix}-to-itself`,
        { state: ['leased'], leaseId: ids, proposedLeaseId: HELD_ANYHOW },
        changed(inferred('a change to the id that is held succeeds even with a wrong id; the page is silent')),
      ),
      rule(
        `breaking.${suffix}`,
        { state: ['breaking'], leaseId: ids, proposedLeaseId: PROPOSED_ANOTHER },
        conflict(kind, BREAKING, ...known(...tests)),
      ),
      rule(
        `breaking.${suffix}-to-itself`,
        { state: ['breaking'], leaseId: ids, proposedLeaseId: HELD_ANYHOW },
        refusal(claim(409, page), claim(BREAKING, inferred('as for another id'))),
      ),
    ]),
    rule(
      'leased.another-to-held',
      { state: ['leased'], leaseId: ANOTHER, proposedLeaseId: HELD_ANYHOW },
      changed(page, ...tests),
    ),
    rule(
      'leased.another',
      { state: ['leased'], leaseId: ANOTHER, proposedLeaseId: PROPOSED_ANOTHER },
      conflict(kind, MISMATCH, ...tests),
    ),
    rule(
      'breaking.another-to-held',
      { state: ['breaking'], leaseId: ANOTHER, proposedLeaseId: HELD_ANYHOW },
      refusal(claim(409, page), claim(MISMATCH, inferred('as for any wrong id while breaking'))),
    ),
    rule(
      'breaking.another',
      { state: ['breaking'], leaseId: ANOTHER, proposedLeaseId: PROPOSED_ANOTHER },
      conflict(kind, MISMATCH, ...tests),
    ),
  ]
}
