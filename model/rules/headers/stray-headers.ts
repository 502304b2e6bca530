import type { Guard } from '../../features.ts'
import type { LeaseAction } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import { claim, inferred, open } from '../evidence.ts'
import { perhaps, type Rule, refusal, rulesOf } from '../rule.ts'
import { GIVEN, PROPOSED } from '../vocabulary.ts'
import { MISSING, refusedIfLookedAt, UNKNOWN_HEADER } from './header-faults.ts'
import { durationsOf, VALID_PERIODS } from './well-formed.ts'

/**
 * Headers on a lease action that they do not belong to. Nobody documents them: they are refused, or ignored. Beside a fault of
 * the action's own headers the answer is 400 in either case, and nobody knows for which of the two.
 */
export function strayHeaders(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'syntax', 'syntax')
  const { valid, invalid } = durationsOf(kind)
  const anyId = ['none', 'empty', ...GIVEN] as const
  const ignorable = refusedIfLookedAt('the header belongs to another action; whether it is looked at is not documented')
  const either = refusal(
    claim(400, inferred('the other header is refused by itself')),
    open([...UNKNOWN_HEADER, MISSING]),
  )
  const alone = (of: LeaseAction, when: Guard) =>
    perhaps('whatever follows', rule(`${of}.stray`, [of], { ...when, stray: ['stray'] }, ignorable))
  const beside = (what: string, of: LeaseAction, when: Guard) =>
    rule(`${of}.stray-beside-${what}`, [of], { ...when, stray: ['stray'] }, either)
  const isFile = kind === 'file'
  const holding: readonly LeaseAction[] = isFile ? ['release'] : ['renew', 'release']
  return [
    ...holding.flatMap((of) => [
      alone(of, { leaseId: GIVEN }),
      beside('faulty-id', of, { leaseId: ['none', 'empty', 'malformed'] }),
    ]),
    // A file has no renewal and no break period, so nobody knows what is a fault of theirs.
    ...(isFile
      ? [alone('renew', {})]
      : [beside('invalid-period', 'break', { leaseId: anyId, breakPeriod: ['invalid'] })]),
    alone('change', { leaseId: GIVEN, proposedLeaseId: PROPOSED }),
    beside('faulty-id', 'change', { leaseId: ['none', 'empty', 'malformed'] }),
    beside('faulty-proposal', 'change', { leaseId: GIVEN, proposedLeaseId: ['none', 'empty', 'malformed'] }),
    alone('acquire', { duration: valid, proposedLeaseId: ['none', 'empty', ...PROPOSED] }),
    beside('faulty-proposal', 'acquire', { duration: valid, proposedLeaseId: ['malformed'] }),
    beside('faulty-duration', 'acquire', { duration: ['absent', ...invalid] }),
    alone('break', isFile ? { leaseId: anyId } : { leaseId: anyId, breakPeriod: VALID_PERIODS }),
    beside('malformed-id', 'break', { leaseId: ['malformed'] }),
  ]
}
