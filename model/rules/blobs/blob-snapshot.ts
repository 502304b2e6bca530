import { LEASE_ACTIONS } from '../../operation.ts'
import { claim, doc, inferred, open, recorded } from '../evidence.ts'
import { header, perhaps, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import { GIVEN, ID_MISSING, LOST, NOT_GIVEN } from '../vocabulary.ts'
import { BLOB_MISMATCH, BLOB_NOT_PRESENT } from './blob-uses.ts'

const MISSING_PARENT = ['BlobNotFound', 'ContainerNotFound'] as const
const USES = ['read', 'delete'] as const
const WRONG_RESOURCE = [
  'InvalidOperation',
  'InvalidQueryParameterValue',
  'UnsupportedQueryParameter',
  'InvalidUri',
  'InvalidHeaderValue',
  'InvalidInput',
] as const

/** A snapshot of a blob cannot be leased, and what is done to it leaves the blob and its lease alone. */
export function blobSnapshotRules(): readonly Rule[] {
  return [...existences(), ...leases(), ...effects()]
}

function existences(): readonly Rule[] {
  const rule = rulesOf('blob-snapshot', 'existence')
  const cannotBeLeased = refusal(
    claim(400, doc('lease-blob')),
    open(WRONG_RESOURCE, doc('blob-error-codes', 'InvalidOperation is said of snapshots')),
  )
  const optionOfABlob = claim(400, doc('delete-blob', 'the header belongs to the blob'))
  const option = { snapshotOption: ['include', 'include-leased'] } as const
  const noOption = { snapshotOption: ['absent'] } as const
  return [
    rule('leased', LEASE_ACTIONS, { existence: ['present'] }, cannotBeLeased),
    rule(
      'leased.missing',
      LEASE_ACTIONS,
      { existence: ['absent', 'parent absent'] },
      refusal(open([404, 400]), open([...MISSING_PARENT, ...WRONG_RESOURCE])),
    ),
    rule('missing', ['read'], { existence: ['absent', 'parent absent'] }, notFound()),
    rule('present', ['read'], { existence: ['present'] }),
    rule('missing.delete', ['delete'], { existence: ['absent', 'parent absent'], ...noOption }, notFound()),
    rule(
      'missing.delete.snapshot-option',
      ['delete'],
      { existence: ['absent', 'parent absent'], ...option },
      notFound(),
      refusal(optionOfABlob, open(WRONG_RESOURCE)),
    ),
    rule('present.delete', ['delete'], { existence: ['present'], ...noOption }),
    perhaps(
      'later refusals',
      rule(
        'delete.snapshot-option',
        ['delete'],
        { existence: ['present'], ...option },
        refusal(optionOfABlob, open(WRONG_RESOURCE)),
      ),
    ),
  ]
}

function notFound() {
  return refusal(
    claim(404, doc('blob-error-codes')),
    claim(MISSING_PARENT, doc('blob-error-codes'), inferred('it is not known here which of the two is missing')),
  )
}

/** Nobody knows whether an id that comes with a snapshot is looked at, nor whether the lease of the blob keeps it from being deleted. */
function leases(): readonly Rule[] {
  const rule = rulesOf('blob-snapshot', 'lease', 'lease')
  return [
    rule('read.no-id', ['read'], { leaseId: NOT_GIVEN }),
    perhaps(
      'whatever follows',
      rule(
        'with-id',
        USES,
        { leaseId: [...GIVEN, 'malformed'] },
        refusal(open([412, 400]), open([BLOB_NOT_PRESENT, BLOB_MISMATCH, LOST, ...WRONG_RESOURCE])),
      ),
    ),
    rule('delete.unlocked.no-id', ['delete'], { parentLease: ['unlocked'], leaseId: NOT_GIVEN }),
    perhaps(
      'whatever follows',
      rule(
        'delete.locked.no-id',
        ['delete'],
        { parentLease: ['locked when last seen'], leaseId: NOT_GIVEN },
        refused(412, ID_MISSING, inferred('Delete Blob asks for the id without excepting snapshots')),
      ),
    ),
  ]
}

function effects(): readonly Rule[] {
  const rule = rulesOf('blob-snapshot', 'transition')
  const fixed = doc('snapshot-blob', 'a snapshot cannot be written to')
  const unreported = claim<'absent'>('absent', recorded(29), doc('lease-blob'))
  return [
    rule(
      'read',
      ['read'],
      {},
      success(
        'success',
        'stays',
        'kept',
        [
          header('x-ms-lease-state', unreported),
          header('x-ms-lease-status', unreported),
          header('x-ms-lease-duration', unreported),
          header('etag', claim('unchanged', fixed)),
          header('last-modified', claim('unchanged', fixed)),
        ],
        recorded(29),
        doc('snapshot-blob'),
      ),
    ),
    rule('delete', ['delete'], {}, success('success', 'deleted', 'none', [], doc('delete-blob'))),
  ]
}
