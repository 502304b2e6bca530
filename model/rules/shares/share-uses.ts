import type { LeaseState } from '../../lease.ts'
import { LEASE_ACTIONS } from '../../operation.ts'
import type { UseClass } from '../../uses.ts'
import { claim, doc, type Evidence, inferred, open, recorded, sdkTest } from '../evidence.ts'
import { recordedAs, spellings } from '../kind-evidence.ts'
import { type Outcome, perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { ANOTHER, ENDED, GIVEN, HELD_ANYHOW, ID_MISSING, LOCKED, LOST, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'

export type ShareKind = 'share' | 'share-snapshot'

const PAGE = doc('lease-share', 'the status')
const REMARKS = doc('lease-share', 'the remarks; the outcome table says that it succeeds')
/** Shares have no codes of their own: theirs name the container. */
const NOT_PRESENT = 'LeaseNotPresentWithContainerOperation'
const MISMATCH = 'LeaseIdMismatchWithContainerOperation'

/** Whether the lease of a share or of a share snapshot lets a use through. The two are leased independently. */
export function shareUseRules(kind: ShareKind): readonly Rule[] {
  const rule = rulesOf(kind, 'lease', 'lease')
  const leaseOperations = rule('lease-operation', LEASE_ACTIONS, {})
  if (kind === 'share-snapshot') return [leaseOperations, ...reads(kind), ...deletions(kind)]
  return [
    leaseOperations,
    rule('not-asked', ['list', 'make'], {}),
    ...reads(kind),
    ...writes(),
    ...snapshots(),
    // Nobody knows whether the lease of a share or the snapshots that it has are looked at first.
    ...deletions(kind).map((each) => (each.expect.length === 0 ? each : perhaps('later refusals', each))),
  ]
}

function reads(kind: ShareKind): readonly Rule[] {
  const rule = rulesOf(kind, 'lease', 'lease.read')
  const of: readonly UseClass[] = kind === 'share' ? ['observe', 'read'] : ['observe']
  return [
    rule('no-id', of, { leaseId: NOT_GIVEN }),
    rule('available.with-id', of, { state: ['available'], leaseId: GIVEN }, withoutLease(kind)),
    ...letThrough(kind, 'read', of),
    rule(
      'leased.another-id',
      ['observe'],
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, MISMATCH, ...recordedAs(kind, { share: 2, 'share-snapshot': 2 }, 'the outcome table says 409')),
    ),
    ...(kind === 'share-snapshot'
      ? []
      : [
          rule(
            'leased.another-id.other',
            ['read'],
            { state: ['leased'], leaseId: ANOTHER },
            refused(412, MISMATCH, inferred('as for Get Share Properties; the outcome table says 409')),
          ),
        ]),
    rule(
      'breaking.another-id',
      of,
      { state: ['breaking'], leaseId: ANOTHER },
      refused(412, MISMATCH, inferred('as while leased; the outcome table says 409')),
    ),
    ...afterTheEnd(kind, 'read', of),
  ]
}

/** The Set operations need the id as deletions do, though the outcome table has them succeed. */
function writes(): readonly Rule[] {
  const rule = rulesOf('share', 'lease', 'lease.write')
  const of: readonly UseClass[] = ['write']
  return [
    rule('unlocked.no-id', of, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    rule('available.with-id', of, { state: ['available'], leaseId: GIVEN }, withoutLease('share')),
    ...letThrough('share', 'write', of),
    rule(
      'leased.no-id',
      of,
      { state: ['leased'], leaseId: NOT_GIVEN },
      refused(412, ID_MISSING, REMARKS, recorded(2, 'Set Share Metadata')),
    ),
    rule(
      'breaking.no-id',
      of,
      { state: ['breaking'], leaseId: NOT_GIVEN },
      refusal(claim(412, REMARKS), claim(ID_MISSING, inferred('as while leased'))),
    ),
    rule(
      'locked.another-id',
      of,
      { state: LOCKED, leaseId: ANOTHER },
      refusal(
        claim(412, doc('lease-share', 'the remarks; the outcome table says 409')),
        claim(MISMATCH, inferred('as for a read')),
      ),
    ),
    ...afterTheEnd('share', 'write', of),
  ]
}

/** Snapshot Share takes no id: one that fits nothing may be ignored or refused. */
function snapshots(): readonly Rule[] {
  const rule = rulesOf('share', 'lease', 'lease.snapshot')
  const of: readonly UseClass[] = ['snapshot']
  const mayBeRefused = (id: string, state: readonly LeaseState[], leaseId: typeof GIVEN) =>
    perhaps(
      'whatever follows',
      rule(
        id,
        of,
        { state, leaseId },
        refusal(claim(412, inferred('as for a read')), open([NOT_PRESENT, MISMATCH, LOST])),
      ),
    )
  return [
    rule('no-id', of, { leaseId: NOT_GIVEN }),
    rule('locked.held', of, { state: LOCKED, leaseId: HELD_ANYHOW }),
    mayBeRefused('locked.another-id', LOCKED, ANOTHER),
    mayBeRefused('unlocked.with-id', UNLOCKED, GIVEN),
  ]
}

function deletions(kind: ShareKind): readonly Rule[] {
  const rule = rulesOf(kind, 'lease', 'lease.delete')
  const of: readonly UseClass[] = ['delete']
  const page = doc('delete-share', 'the status')
  const leftLeased = recordedAs(kind, { share: 5 }, 'and 834 times of shares that earlier tests had left leased')
  return [
    rule('unlocked.no-id', of, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    rule('available.with-id', of, { state: ['available'], leaseId: GIVEN }, withoutLease(kind, page)),
    ...letThrough(kind, 'delete', of),
    rule('leased.no-id', of, { state: ['leased'], leaseId: NOT_GIVEN }, statusBy(page, ID_MISSING, leftLeased)),
    rule(
      'breaking.no-id',
      of,
      { state: ['breaking'], leaseId: NOT_GIVEN },
      statusBy(page, ID_MISSING, recordedAs(kind, { share: 1 })),
    ),
    rule(
      'locked.another-id',
      of,
      { state: LOCKED, leaseId: ANOTHER },
      refusal(
        claim(412, doc('delete-share', 'the outcome table of Lease Share says 409 while leased')),
        claim(MISMATCH, inferred('as for a read')),
      ),
    ),
    rule(
      'broken.held-id',
      of,
      { state: ['broken'], leaseId: HELD_ANYHOW },
      statusBy(PAGE, LOST, recordedAs(kind, { share: 6 })),
    ),
    rule('expired.held-id', of, { state: ['expired'], leaseId: HELD_ANYHOW }, statusBy(PAGE, LOST, [])),
    rule(
      'ended.another-id',
      of,
      { state: ENDED, leaseId: ANOTHER },
      refusal(claim(412, PAGE), open([LOST, NOT_PRESENT, MISMATCH])),
    ),
  ]
}

function letThrough(kind: ShareKind, table: string, of: readonly UseClass[]): readonly Rule[] {
  const rule = rulesOf(kind, 'lease', `lease.${table}`)
  return spellings(kind).map(({ suffix, ids }) => rule(`locked.${suffix}`, of, { state: LOCKED, leaseId: ids }))
}

function afterTheEnd(kind: ShareKind, table: string, of: readonly UseClass[]): readonly Rule[] {
  const rule = rulesOf(kind, 'lease', `lease.${table}`)
  const code = open([LOST, NOT_PRESENT, MISMATCH], inferred('Delete Share answers LeaseLost to the id that was held'))
  return [
    rule('ended.held-id', of, { state: ENDED, leaseId: HELD_ANYHOW }, refusal(claim(412, PAGE), code)),
    rule('ended.another-id', of, { state: ENDED, leaseId: ANOTHER }, refusal(claim(412, PAGE), code)),
  ]
}

/** An id although nothing is leased. The tests are about shares. */
function withoutLease(kind: ShareKind, page: Evidence = PAGE): Outcome {
  return statusBy(page, NOT_PRESENT, kind === 'share' ? [sdkTest('net-v12-share-tests')] : [])
}

/** A refusal whose status a page tells, and whose code is that of a share or container where nothing tells it. */
function statusBy(page: Evidence, code: string, known: readonly Evidence[]): Outcome {
  return refusal(
    claim(412, page, ...known),
    claim(code, ...(known.length === 0 ? [inferred('as for a share or a container in its place')] : known)),
  )
}
