import type { UseClass } from '../../uses.ts'
import { claim, doc, inferred, open, recorded } from '../evidence.ts'
import { header, perhaps, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import { ENDED, HELD_ANYHOW, ID_MISSING, LOCKED, LOST, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'
import { BLOB_MISMATCH, BLOB_NOT_PRESENT, WRITES } from './blob-uses.ts'
import { type Refusals, refusalRules } from './exclusive-use.ts'

const COPY: readonly UseClass[] = ['copy']
const ABORT: readonly UseClass[] = ['abort']

/** Whether the lease of the destination lets a copy begin, or be aborted. The lease of the source does not matter. */
export function copyUseRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'lease', 'lease')
  const needsInfinite = 'InfiniteLeaseDurationRequired'
  return [
    rule('copy.unlocked.no-id', COPY, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    ...refusalRules(rule, 'copy', COPY, COPIES),
    rule('copy.leased-infinite.held-id', COPY, { state: ['leased'], term: ['infinite'], leaseId: HELD_ANYHOW }),
    rule(
      'copy.leased-fixed.held-id',
      COPY,
      { state: ['leased'], term: ['none', 'fixed'], leaseId: HELD_ANYHOW },
      refused(
        412,
        needsInfinite,
        doc(
          'copy-blob',
          'it may go on after the lease has ended; Copy Blob From URL does not, and was recorded to pass',
        ),
        doc('blob-error-codes', 'the code'),
      ),
    ),
    perhaps(
      'whatever follows',
      rule(
        'copy.breaking.held-id',
        COPY,
        { state: ['breaking'], leaseId: HELD_ANYHOW },
        refusal(
          claim(412, doc('copy-blob', 'the lease has to be active and infinite')),
          open([needsInfinite, LOST, BLOB_NOT_PRESENT, BLOB_MISMATCH]),
        ),
      ),
    ),

    rule('abort.unlocked.no-id', ABORT, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    rule('abort.locked.held-id', ABORT, { state: LOCKED, leaseId: HELD_ANYHOW }),
    // No copy is pending, and nobody knows which of the two refusals is told.
    ...refusalRules(rule, 'abort', ABORT, ABORTIONS).map((each) => perhaps('later refusals', each)),
  ]
}

/** What a copy does to its destination. Copies within an account of blobs as small as ours are over when they are answered. */
export function copyEffectRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const headers = [
    header('etag', claim('changed', doc('copy-blob'))),
    header('x-ms-lease-state', claim('absent', recorded(13))),
  ]
  return [
    rule(
      'copy',
      COPY,
      { state: ['available', 'leased', 'breaking'] },
      success('success', 'created', 'kept', headers, doc('copy-blob'), recorded(13, 'onto an infinite lease')),
    ),
    rule(
      'copy.ended',
      COPY,
      { state: ENDED },
      success('success', 'content changed, lease forgotten', 'none', headers, doc('lease-blob', 'as every write')),
    ),
    rule(
      'abort',
      ABORT,
      {},
      refusal(
        claim(409, doc('abort-copy-blob', 'only a copy that is pending can be aborted, and by its own id')),
        claim(['NoPendingCopyOperation', 'CopyIdMismatch'], doc('blob-error-codes')),
      ),
    ),
  ]
}

const COPIES: Refusals = {
  ...WRITES,
  availableWithId: refused(412, BLOB_NOT_PRESENT, recorded(12), doc('copy-blob', 'the status')),
  leasedWithoutId: refused(412, ID_MISSING, recorded(16, 'Incremental Copy Blob'), doc('copy-blob', 'the status')),
  leasedAnotherId: refused(412, BLOB_MISMATCH, recorded(4), doc('copy-blob', 'the status')),
  endedHeldId: refused(412, LOST, doc('copy-blob', 'the status'), doc('blob-error-codes', 'the code')),
}

const ABORTIONS: Refusals = {
  availableWithId: refused(412, BLOB_NOT_PRESENT, inferred('as for a copy')),
  leasedWithoutId: refusal(
    claim(412, doc('abort-copy-blob', 'the id is required if the lease is infinite')),
    claim(ID_MISSING, inferred('as for a copy')),
  ),
  leasedAnotherId: refused(412, BLOB_MISMATCH, inferred('as for a copy')),
  breakingWithoutId: refused(412, ID_MISSING, inferred('as for a copy')),
  breakingAnotherId: refused(412, BLOB_MISMATCH, inferred('as for a copy')),
  endedHeldId: refused(412, LOST, inferred('as for a copy')),
  endedAnotherId: WRITES.endedAnotherId,
}
