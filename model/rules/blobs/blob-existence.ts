import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import { claim, doc, inferred, inPart, liveTrace, recorded } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { GIVEN, NOT_GIVEN } from '../vocabulary.ts'
import { BLOB_NOT_PRESENT } from './blob-uses.ts'

/** What an uncommitted blob is enough for: there is no content to read or to change, but there are blocks, and a lease. */
const NEED_BLOCKS: readonly OperationClass[] = [...LEASE_ACTIONS, 'read blocks', 'delete']
const WRITES: readonly OperationClass[] = ['write', 'append', 'seal']
const NEED_CONTENT: readonly OperationClass[] = ['observe', 'read', 'read tags', 'snapshot', ...WRITES, 'mark', 'abort']
const MAY_CREATE: readonly OperationClass[] = ['create', 'stage', 'copy']

/** A missing blob is 404 before any lease is looked at; writes that may create it check the id even so. */
export function blobExistenceRules(): readonly Rule[] {
  return [...missingBlobs(), ...uncommittedBlobs(), ...makings(), ...presentBlobs()]
}

function missingBlobs(): readonly Rule[] {
  const rule = rulesOf('blob', 'existence')
  const notRecorded = ['read blocks', 'read tags', 'snapshot', 'mark', 'abort'] as const
  return [
    rule(
      'missing',
      [...LEASE_ACTIONS, 'observe', 'read', ...WRITES, 'delete'],
      { existence: ['absent'] },
      refused(
        404,
        'BlobNotFound',
        doc('blob-error-codes'),
        inPart(recorded(62, '60 lease operations without a condition; Delete Blob twice, with an id and one on tags')),
        inPart(liveTrace('azurite-2751', "Get Blob and Get Blob Properties with If-Match and another blob's ETag")),
      ),
    ),
    rule(
      'missing.other',
      notRecorded,
      { existence: ['absent'] },
      refused(404, 'BlobNotFound', doc('blob-error-codes'), inferred('as for lease operations, reads and Delete Blob')),
    ),
    rule(
      'container-missing',
      [...NEED_BLOCKS, ...NEED_CONTENT, ...MAY_CREATE, 'list'],
      { existence: ['parent absent'] },
      refusal(claim(404, doc('blob-error-codes')), claim('ContainerNotFound', doc('blob-error-codes'))),
    ),
  ]
}

/** A blob of which only blocks were put. Deleting it is documented from version 2013-08-15 on. */
function uncommittedBlobs(): readonly Rule[] {
  const rule = rulesOf('blob', 'existence')
  const noContent = refused(404, 'BlobNotFound', inferred('nothing was committed that could be found'))
  const reads: readonly OperationClass[] = ['observe', 'read', 'read tags', 'snapshot', ...WRITES, 'mark']
  return [
    rule('uncommitted', reads, { existence: ['uncommitted'] }, noContent),
    perhaps('whatever follows', rule('uncommitted.abort', ['abort'], { existence: ['uncommitted'] }, noContent)),
  ]
}

/** An id that comes with what would make the blob speaks of a lease that cannot be. */
function makings(): readonly Rule[] {
  const rule = rulesOf('blob', 'existence')
  const refusedWithId = refused(
    412,
    BLOB_NOT_PRESENT,
    recorded(62),
    doc('put-blob', 'the status, from version 2013-08-15'),
  )
  return [
    rule(
      'missing.create.with-id',
      ['create'],
      { existence: ['absent'], leaseId: GIVEN, condition: ['none', 'met', 'wildcard'] },
      refusedWithId,
    ),
    // A condition may refuse it as well, and nobody knows which is told.
    perhaps(
      'later refusals',
      rule(
        'missing.create.with-id-and-condition',
        ['create'],
        { existence: ['absent'], leaseId: GIVEN, condition: ['unmet'] },
        refused(
          412,
          BLOB_NOT_PRESENT,
          inPart(recorded(62, 'without a condition')),
          doc('put-blob', 'the status, from version 2013-08-15'),
        ),
      ),
    ),
    rule(
      'missing.copy.with-id',
      ['copy'],
      { existence: ['absent'], leaseId: GIVEN },
      refusal(
        claim(412, doc('copy-blob', 'from version 2013-08-15')),
        claim(BLOB_NOT_PRESENT, inferred('as for Put Blob, which was recorded')),
      ),
    ),
    rule(
      'missing.stage.with-id',
      ['stage'],
      { existence: ['absent'], leaseId: GIVEN },
      refusal(
        claim(412, doc('put-block', 'where there is no active lease')),
        claim(BLOB_NOT_PRESENT, inferred('as for Put Blob, which was recorded')),
      ),
    ),
    rule('missing.create', MAY_CREATE, { existence: ['absent'], leaseId: NOT_GIVEN }),
    rule('present.create', MAY_CREATE, { existence: ['present', 'uncommitted'] }),
  ]
}

function presentBlobs(): readonly Rule[] {
  const rule = rulesOf('blob', 'existence')
  return [
    rule('present', NEED_CONTENT, { existence: ['present'] }),
    rule('present.or-uncommitted', NEED_BLOCKS, { existence: ['present', 'uncommitted'] }),
    rule('listed', ['list'], { existence: ['present', 'uncommitted', 'absent'] }),
  ]
}
