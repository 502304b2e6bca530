import type { FeatureValue } from '../features.ts'
import type { LeaseState } from '../lease.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, recorded, sdkTest } from './evidence.ts'
import { type Outcome, type Rule, refusal, refused, success, transitionsOf } from './rule.ts'
import { anySpelling, leaseHeaders, leasePage, PROPOSED_ANOTHER, spellings } from './vocabulary.ts'

const PRESENT = 'LeaseAlreadyPresent'

export function acquireRules(kind: ResourceKind): readonly Rule[] {
  const transition = transitionsOf(kind, 'acquire')
  const rule = (
    id: string,
    state: LeaseState,
    proposed: readonly FeatureValue<'proposedLeaseId'>[],
    outcome: Outcome,
  ) => transition(id, { state: [state], proposedLeaseId: proposed }, outcome)
  const page = doc(leasePage(kind))
  const tests = sdkTest('net-v11-lease-tests')
  const acquired = (...evidence: Evidence[]) =>
    success(201, 'leased', 'starts', leaseHeaders(kind, 'acquire'), page, ...evidence)
  const whenUnlocked = (state: 'available' | 'broken' | 'expired', none: Evidence[], proposed: Evidence[]) => [
    rule(`${state}.no-proposal`, state, ['none'], acquired(...none)),
    rule(`${state}.proposal`, state, ['held', 'former', 'fresh'], acquired(...proposed)),
    rule(
      `${state}.proposal-spelt-otherwise`,
      state,
      ['held, spelt otherwise', 'fresh, spelt otherwise'],
      acquired(anySpelling(kind)),
    ),
  ]
  const refusedAsPresent = refused(409, PRESENT, page, tests, recorded(kind === 'blob' ? 55 : 49))
  return [
    ...whenUnlocked('available', [recorded(kind === 'blob' ? 408 : 404)], [recorded(kind === 'blob' ? 1504 : 778)]),
    ...whenUnlocked('broken', [tests], [tests, recorded(kind === 'blob' ? 2 : 3)]),
    ...whenUnlocked(
      'expired',
      kind === 'container' ? [recorded(27)] : [tests],
      kind === 'container' ? [recorded(22)] : [tests],
    ),

    ...spellings(kind).map(({ suffix, ids, known }) =>
      rule(
        `leased.${suffix}`,
        'leased',
        ids as readonly FeatureValue<'proposedLeaseId'>[],
        acquired(...known(tests, recorded(kind === 'blob' ? 2 : 25))),
      ),
    ),
    rule('leased.no-proposal', 'leased', ['none'], refusedAsPresent),
    rule('leased.another', 'leased', PROPOSED_ANOTHER, refusedAsPresent),

    rule('breaking.no-proposal', 'breaking', ['none'], refused(409, PRESENT, page, recorded(kind === 'blob' ? 3 : 4))),
    rule('breaking.another', 'breaking', PROPOSED_ANOTHER, refused(409, PRESENT, page, tests)),
    ...spellings(kind).map(({ suffix, ids, known }) =>
      rule(
        `breaking.${suffix}`,
        'breaking',
        ids as readonly FeatureValue<'proposedLeaseId'>[],
        refusal(claim(409, page, ...known(tests)), claim('LeaseIsBreakingAndCannotBeAcquired', ...known(tests))),
      ),
    ),
  ]
}
