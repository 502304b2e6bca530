import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from '../testing/answers-to.ts'

const LEASED = 'lc1/blob-snapshot/acquire,proposed=A,duration=-1,on=blob'

describe('a snapshot of a blob', () => {
  test.each(['acquire,proposed=A,duration=15', 'renew,id=A', 'change,id=A,proposed=B', 'release,id=A', 'break'])(
    'cannot be leased: %s',
    (request) => {
      const permitted = permittedBy(`lc1/blob-snapshot/${request}`)
      expect(permitted).toContain('400 InvalidOperation')
      expect(permitted.filter((each) => !each.startsWith('400 '))).toEqual([])
      expect(answersTo(`lc1/blob-snapshot/${request}/getBlob,on=blob`)[1]).toBe('200 available')
    },
  )

  test('reports no lease, not even that of its blob', () => {
    expect(answersTo(`${LEASED}/getBlobSnapshot/getBlobSnapshotProperties/getBlob,on=blob`)).toEqual([
      '201',
      '200',
      '200',
      '200 leased',
    ])
  })

  test('can be deleted; while the blob is leased it is not known whether without the id', () => {
    expect(permittedBy('lc1/blob-snapshot/deleteBlobSnapshot')).toEqual(['202'])
    expect(permittedBy(`${LEASED}/deleteBlobSnapshot`)).toEqual(['412 LeaseIdMissing', '202'])
    expect(permittedBy(`${LEASED}/deleteBlobSnapshot,id=A`)).toContain('202')
  })

  test('is gone with its blob', () => {
    expect(answersTo('lc1/blob-snapshot/deleteBlob,on=blob,snapshots=include/getBlobSnapshot')).toEqual([
      '202',
      '404 BlobNotFound',
    ])
  })
})

describe('a blob with snapshots', () => {
  test('is deleted with them or not at all', () => {
    expect(answersTo('lc1/blob/snapshotBlob/deleteBlob/deleteBlob,snapshots=include/getBlob')).toEqual([
      '201',
      '409 SnapshotsPresent',
      '202',
      '404 BlobNotFound',
    ])
    expect(answersTo('lc1/blob-snapshot/deleteBlob,on=blob')).toEqual(['409 SnapshotsPresent'])
    expect(answersTo('lc1/blob-snapshot/deleteBlobSnapshot/deleteBlob,on=blob')).toEqual(['202', '202'])
  })

  test('and a lease: which of the two keeps it from being deleted is not known', () => {
    const leased = 'lc1/blob/snapshotBlob/acquire,proposed=A,duration=-1'
    expect(permittedBy(`${leased}/deleteBlob`)).toEqual(['412 LeaseIdMissing', '409 SnapshotsPresent'])
    expect(permittedBy(`${leased}/deleteBlob,snapshots=include`)).toEqual(['412 LeaseIdMissing'])
    expect(permittedBy(`${leased}/deleteBlob,id=A`)).toEqual(['409 SnapshotsPresent'])
    expect(permittedBy(`${leased}/deleteBlob,id=A,snapshots=include`)).toEqual(['202'])
  })

  test('can be taken of a leased blob without its id, but not with a wrong one', () => {
    expect(
      answersTo('lc1/blob/acquire,proposed=A,duration=15/snapshotBlob/snapshotBlob,id=A/snapshotBlob,id=B'),
    ).toEqual(['201', '201', '201', '412 LeaseIdMismatchWithBlobOperation'])
    expect(answersTo('lc1/blob/snapshotBlob,id=A')).toEqual(['412 LeaseNotPresentWithBlobOperation'])
  })
})
