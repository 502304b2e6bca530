import type { FeatureValue } from '../../features.ts'
import type { LeaseState } from '../../lease.ts'
import type { ResourceKind } from '../../resource.ts'
import { doc, type Evidence } from '../evidence.ts'
import { anySpelling, type Counts, leasePage, leaseTests, recordedAs, spellings } from '../kind-evidence.ts'
import { type Outcome, type Rule, success, transitionsOf } from '../rule.ts'
import { NOT_PROPOSED, PROPOSED_ANOTHER } from '../vocabulary.ts'
import { conflict, leaseHeaders } from './lease-answers.ts'

const PRESENT = 'LeaseAlreadyPresent'

const RECORDED = {
  'available.no-proposal': { blob: 408, container: 404 },
  'available.proposal': { blob: 1504, container: 778, share: 65, 'share-snapshot': 4 },
  'broken.proposal': { blob: 2, container: 3 },
  'expired.no-proposal': { container: 27 },
  'expired.proposal': { container: 22, share: 3 },
  'leased.held': { blob: 2, container: 25, share: 7 },
  'leased.no-proposal': { blob: 55, container: 49 },
  'leased.another': { blob: 55, container: 49, share: 3 },
  'breaking.no-proposal': { blob: 3, container: 4 },
} as const satisfies Record<string, Counts>

export function acquireRules(kind: ResourceKind): readonly Rule[] {
  const transition = transitionsOf(kind, 'acquire')
  const rule = (
    id: string,
    state: LeaseState,
    proposed: readonly FeatureValue<'proposedLeaseId'>[],
    outcome: Outcome,
  ) => transition(id, { state: [state], proposedLeaseId: proposed }, outcome)
  const page = doc(leasePage(kind))
  const tests = leaseTests(kind)
  const seen = (row: keyof typeof RECORDED) => recordedAs(kind, RECORDED[row])
  const acquired = (...evidence: readonly Evidence[]) =>
    success(201, 'leased', 'starts', leaseHeaders(kind, 'acquire'), page, ...evidence)
  const whenUnlocked = (
    state: 'available' | 'broken' | 'expired',
    none: readonly Evidence[],
    proposed: readonly Evidence[],
  ) => [
    rule(`${state}.no-proposal`, state, NOT_PROPOSED, acquired(...none)),
    rule(`${state}.proposal`, state, ['held', 'former', 'fresh'], acquired(...proposed)),
    rule(
      `${state}.proposal-spelt-otherwise`,
      state,
      ['held, spelt otherwise', 'fresh, spelt otherwise'],
      acquired(anySpelling(kind)),
    ),
  ]
  const testsOfExpiry = leaseTests(kind, ['blob'])
  return [
    ...whenUnlocked('available', seen('available.no-proposal'), seen('available.proposal')),
    ...whenUnlocked('broken', tests, [...tests, ...seen('broken.proposal')]),
    ...whenUnlocked(
      'expired',
      [...testsOfExpiry, ...seen('expired.no-proposal')],
      [...testsOfExpiry, ...seen('expired.proposal')],
    ),

    ...spellings(kind).map(({ suffix, ids, known }) =>
      rule(
        `leased.${suffix}`,
        'leased',
        ids as readonly FeatureValue<'proposedLeaseId'>[],
        acquired(...known(...tests, ...seen('leased.held'))),
      ),
    ),
    rule(
      'leased.no-proposal',
      'leased',
      NOT_PROPOSED,
      conflict(kind, PRESENT, ...tests, ...seen('leased.no-proposal')),
    ),
    rule('leased.another', 'leased', PROPOSED_ANOTHER, conflict(kind, PRESENT, ...tests, ...seen('leased.another'))),

    rule('breaking.no-proposal', 'breaking', NOT_PROPOSED, conflict(kind, PRESENT, ...seen('breaking.no-proposal'))),
    rule('breaking.another', 'breaking', PROPOSED_ANOTHER, conflict(kind, PRESENT, ...tests)),
    ...spellings(kind).map(({ suffix, ids, known }) =>
      rule(
        `breaking.${suffix}`,
        'breaking',
        ids as readonly FeatureValue<'proposedLeaseId'>[],
        conflict(kind, 'LeaseIsBreakingAndCannotBeAcquired', ...known(...tests)),
      ),
    ),
  ]
}
