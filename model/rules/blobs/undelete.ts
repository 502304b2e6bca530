import type { UseClass } from '../../uses.ts'
import { doc, inferred, open, recorded } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import { GIVEN, ID_MISSING, LOCKED, LOST, NOT_GIVEN, UNLOCKED } from '../vocabulary.ts'
import { BLOB_MISMATCH, BLOB_NOT_PRESENT } from './blob-uses.ts'

const UNDELETE: readonly UseClass[] = ['undelete']

/**
 * Undelete Blob. It has no lease header, and its page does not speak of leases; a blob that is there stays as it is. The model
 * does not know whether an account keeps what was deleted, so a missing blob may be brought back.
 */
export function undeleteRules(): readonly Rule[] {
  const existence = rulesOf('blob', 'existence')
  const lease = rulesOf('blob', 'lease', 'lease')
  const notFound = refused(404, 'BlobNotFound', doc('blob-error-codes'))
  return [
    existence(
      'missing.undelete',
      UNDELETE,
      { existence: ['absent'] },
      notFound,
      success('success', 'created', 'none', [], recorded(undefined, 'where soft delete is on; the lease is gone')),
    ),
    existence(
      'container-missing.undelete',
      UNDELETE,
      { existence: ['parent absent'] },
      refused(404, 'ContainerNotFound', doc('blob-error-codes')),
    ),
    perhaps(
      'whatever follows',
      existence(
        'uncommitted.undelete',
        UNDELETE,
        { existence: ['uncommitted'] },
        refused(404, 'BlobNotFound', inferred('nothing was committed that could be brought back')),
      ),
    ),
    existence('present.undelete', UNDELETE, { existence: ['present'] }),

    lease('undelete.unlocked.no-id', UNDELETE, { state: UNLOCKED, leaseId: NOT_GIVEN }),
    perhaps(
      'whatever follows',
      lease(
        'undelete.locked.no-id',
        UNDELETE,
        { state: LOCKED, leaseId: NOT_GIVEN },
        refused(412, ID_MISSING, inferred('if it counts as a write')),
      ),
    ),
    perhaps(
      'whatever follows',
      lease(
        'undelete.with-id',
        UNDELETE,
        { leaseId: GIVEN },
        refusal(open([412, 400]), open([BLOB_NOT_PRESENT, BLOB_MISMATCH, LOST, 'UnsupportedHeader'])),
      ),
    ),

    rulesOf('blob', 'transition')(
      'undelete',
      UNDELETE,
      {},
      success('success', 'stays', 'kept', [], doc('undelete-blob', 'a blob that is not deleted stays as it is')),
    ),
  ]
}
