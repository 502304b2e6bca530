import { LEASE_ACTIONS } from '../../operation.ts'
import type { UseClass } from '../../uses.ts'
import { claim, doc, inferred, inPart, open, recorded, sdkTest } from '../evidence.ts'
import { spellings } from '../kind-evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { ANOTHER, ENDED, GIVEN, HELD_ANYHOW, ID_MISSING, LOCKED, LOST, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'
import { type Refusals, refusalRules } from './exclusive-use.ts'

export const BLOB_NOT_PRESENT = 'LeaseNotPresentWithBlobOperation'
export const BLOB_MISMATCH = 'LeaseIdMismatchWithBlobOperation'

const ENDED_CODES = [LOST, BLOB_NOT_PRESENT, BLOB_MISMATCH] as const
const PAGE = doc('lease-blob', 'the status')
const TESTS = sdkTest('net-v11-lease-tests')

/** Whether the lease of a blob lets a use through; copies and undeletion have tables of their own. */
export function blobUseRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'lease', 'lease')
  const writes: readonly UseClass[] = ['write', 'append', 'seal', 'create', 'stage', 'mark', 'delete']
  return [
    // Lease operations are not uses: this layer has nothing to say about them.
    rule('lease-operation', LEASE_ACTIONS, {}),
    ...readRules(),
    ...spellings('blob').map(({ suffix, ids }) =>
      rule(`write.locked.${suffix}`, writes, { state: LOCKED, leaseId: ids }),
    ),
    rule('write.unlocked.no-id', writes, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    ...refusalRules(rule, 'write', ['write', 'append', 'seal', 'create', 'stage'], WRITES),
    ...refusalRules(rule, 'mark', ['mark'], MARKS),
    // Snapshots may refuse it as well, and nobody knows which is told.
    ...refusalRules(rule, 'delete', ['delete'], DELETIONS).map((each) => perhaps('later refusals', each)),
    rule('list', ['list'], {}),
  ]
}

/** A lease stops no read, and no snapshot; an id that comes with one is a condition. */
function readRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'lease', 'lease')
  const reads: readonly UseClass[] = ['observe', 'read', 'read blocks', 'read tags', 'snapshot']
  return [
    rule('read.no-id', reads, { leaseId: NOT_GIVEN }),
    rule(
      'read.available.with-id',
      reads,
      { state: ['available'], leaseId: GIVEN },
      refused(412, BLOB_NOT_PRESENT, recorded(48, 'among them 12 snapshots and 12 block lists'), TESTS),
    ),
    ...spellings('blob').map(({ suffix, ids }) =>
      rule(`read.locked.${suffix}`, reads, { state: LOCKED, leaseId: ids }),
    ),
    rule(
      'read.leased.another-id',
      reads,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, BLOB_MISMATCH, recorded(34, 'the outcome table of Lease Blob says 409'), TESTS),
    ),
    rule(
      'read.breaking.another-id',
      reads,
      { state: ['breaking'], leaseId: ANOTHER },
      refused(
        412,
        BLOB_MISMATCH,
        inferred('as while leased; the outcome table of Lease Blob says 409, which recordings refute for leased'),
      ),
    ),
    rule(
      'read.ended.held-id',
      reads,
      { state: ENDED, leaseId: HELD_ANYHOW },
      refusal(claim(412, PAGE, sdkTest('cpp-v7-lease-tests')), open(ENDED_CODES, inferred('writes answer LeaseLost'))),
    ),
    rule(
      'read.ended.another-id',
      reads,
      { state: ENDED, leaseId: ANOTHER },
      refusal(claim(412, PAGE), open(ENDED_CODES)),
    ),
  ]
}

const ONLY_PUT_BLOB = inPart(recorded(110, 'Put Blob, 40 of them with If-None-Match: *'))

/** What writes are told. A copy is a write to its destination. */
export const WRITES: Refusals = {
  availableWithId: refused(412, BLOB_NOT_PRESENT, recorded(227, 'all but Append Blob Seal')),
  leasedWithoutId: refused(412, ID_MISSING, recorded(7, 'Put Blob From URL'), TESTS, PAGE),
  leasedAnotherId: refused(412, BLOB_MISMATCH, recorded(131, 'the outcome table of Lease Blob says 409'), TESTS),
  breakingWithoutId: refusal(claim(412, PAGE), claim(ID_MISSING, inferred('as while leased'))),
  breakingAnotherId: refusal(claim(412, PAGE), claim(BLOB_MISMATCH, inferred('as while leased'))),
  endedHeldId: refusal(
    claim(412, PAGE, ONLY_PUT_BLOB),
    claim(LOST, doc('blob-error-codes', 'the code'), ONLY_PUT_BLOB),
  ),
  endedAnotherId: refusal(claim(412, PAGE), open(ENDED_CODES)),
}

const DELETIONS: Refusals = {
  ...WRITES,
  availableWithId: refused(412, BLOB_NOT_PRESENT, recorded(18)),
  leasedWithoutId: refused(412, ID_MISSING, recorded(60, 'the page Delete Blob says 403'), TESTS),
  leasedAnotherId: refused(412, BLOB_MISMATCH, TESTS, doc('blob-error-codes')),
  endedHeldId: refused(412, LOST, PAGE, doc('blob-error-codes', 'the code')),
}

/** The pages on tags and tiers do not speak of leases, and Lease Blob does not speak of tags and tiers. */
const MARKS: Refusals = {
  availableWithId: refused(412, BLOB_NOT_PRESENT, recorded(17, 'Set Blob Tier')),
  leasedWithoutId: refused(412, ID_MISSING, recorded(6, 'Set Blob Tags and Set Blob Tier')),
  leasedAnotherId: refused(412, BLOB_MISMATCH, recorded(2, 'Set Blob Tags')),
  breakingWithoutId: refused(412, ID_MISSING, inferred('as while leased')),
  breakingAnotherId: refused(412, BLOB_MISMATCH, inferred('as while leased')),
  endedHeldId: refused(412, LOST, inferred('as for a write')),
  endedAnotherId: refusal(claim(412, inferred('as for a write')), open(ENDED_CODES)),
}
