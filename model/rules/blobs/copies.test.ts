import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from '../testing/answers-to.ts'

const FIXED = 'lc1/blob-and-source/acquire,proposed=A,duration=15'
const INFINITE = 'lc1/blob-and-source/acquire,proposed=A,duration=-1'

describe('Copy Blob', () => {
  test('passes with an infinite lease only, and leaves it alone', () => {
    expect(
      answersTo(`${INFINITE}/copyBlob,source=source/copyBlob,source=source,id=B/copyBlob,source=source,id=A/getBlob`),
    ).toEqual(['201', '412 LeaseIdMissing', '412 LeaseIdMismatchWithBlobOperation', '202', '200 leased'])
    expect(permittedBy(`${FIXED}/copyBlob,source=source,id=A`)).toEqual(['412 InfiniteLeaseDurationRequired'])
  })

  test('from a URL passes with a lease of either kind', () => {
    expect(answersTo(`${FIXED}/copyBlobSync,source=source,id=A/putBlobFromUrl,source=source,id=A/getBlob`)).toEqual([
      '201',
      '202',
      '201',
      '200 leased',
    ])
  })

  test('is a write: an ended lease is forgotten', () => {
    expect(
      answersTo(`${FIXED}/wait,deadline+1000ms/copyBlob,source=source,id=A/copyBlob,source=source/getBlob`),
    ).toEqual(['201', '412 LeaseLost', '202', '200 available'])
  })

  test('does not look at the lease of its source', () => {
    expect(
      answersTo(
        'lc1/blob-and-source/acquire,proposed=A,duration=-1,on=source/copyBlob,source=source/getBlob,on=source',
      ),
    ).toEqual(['201', '202', '200 leased'])
  })

  test('with the id of a lease that is being broken: not known', () => {
    const permitted = permittedBy(`${INFINITE}/break,period=60/copyBlob,source=source,id=A`)
    expect(permitted).toContain('202')
    expect(permitted).toContain('412 InfiniteLeaseDurationRequired')
  })

  test('makes a blob, but not one with an id', () => {
    const absent = 'lc1/container:container:present,source:blob:present:container,blob:blob:absent:container'
    expect(answersTo(`${absent}/copyBlob,source=source,id=A/copyBlob,source=source/getBlob`)).toEqual([
      '412 LeaseNotPresentWithBlobOperation',
      '202',
      '200 available',
    ])
  })
})

describe('Abort Copy Blob, where no copy is pending', () => {
  test('says so', () => {
    expect(answersTo('lc1/blob/abortCopyBlob')).toEqual(['409 NoPendingCopyOperation'])
    expect(answersTo('lc1/blob-absent/abortCopyBlob')).toEqual(['404 BlobNotFound'])
  })

  test('or that the lease does not permit it', () => {
    expect(permittedBy(`${INFINITE}/abortCopyBlob`)).toEqual([
      '412 LeaseIdMissing',
      '409 NoPendingCopyOperation',
      '409 CopyIdMismatch',
    ])
  })
})
