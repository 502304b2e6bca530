import { describe, expect, test } from 'vitest'
import { answersTo, statesAfter } from '../testing/answers-to.ts'

const NOT_PRESENT = '412 LeaseNotPresentWithBlobOperation'
const MISMATCH = '412 LeaseIdMismatchWithBlobOperation'
const NOT_FOUND = '404 BlobNotFound'

describe('an uncommitted blob', () => {
  test('begins with the first block, is neither found nor listed, and is there once it is committed', () => {
    expect(
      answersTo('lc1/blob-absent/getBlockList/putBlock/getBlockList/getBlob/listBlobs/putBlockList/getBlob/listBlobs'),
    ).toEqual([NOT_FOUND, '201', '200', NOT_FOUND, '200', '201', '200 available', '200 available'])
  })

  test.each([
    'getBlob',
    'getBlobProperties',
    'getBlobMetadata',
    'getBlobTags',
    'setBlobMetadata',
    'setBlobProperties',
    'setBlobTags',
    'setBlobTier',
    'snapshotBlob',
  ])('%s does not find it', (use) => {
    expect(answersTo(`lc1/blob-uncommitted/${use}`)).toEqual([NOT_FOUND])
  })

  test('can be leased; the lease is obeyed and outlives the commit', () => {
    const token = [
      'lc1/blob-uncommitted/acquire,proposed=A,duration=-1',
      'putBlock/putBlock,id=B/putBlock,id=A/getBlockList/getBlockList,id=B/getBlockList,id=A',
      'putBlockList/putBlockList,id=A/getBlob/release,id=A/getBlob',
    ].join('/')
    expect(answersTo(token)).toEqual([
      '201',
      ...['412 LeaseIdMissing', MISMATCH, '201', '200', MISMATCH, '200'],
      ...['412 LeaseIdMissing', '201', '200 leased', '200', '200 available'],
    ])
  })

  test.each(['putBlock', 'getBlockList', 'putBlockList', 'deleteBlob', 'putBlob'])(
    '%s refuses an id where there is no lease',
    (use) => {
      expect(answersTo(`lc1/blob-uncommitted/${use},id=A`)).toEqual([NOT_PRESENT])
    },
  )

  test('can be deleted, with the id of its lease', () => {
    expect(
      answersTo('lc1/blob-uncommitted/acquire,proposed=A,duration=-1/deleteBlob/deleteBlob,id=A/getBlockList'),
    ).toEqual(['201', '412 LeaseIdMissing', '202', NOT_FOUND])
  })
})

test('a block for a blob that is not there cannot come with an id', () => {
  expect(answersTo('lc1/blob-absent/putBlock,id=A/getBlockList')).toEqual([NOT_PRESENT, NOT_FOUND])
})

test('a block changes neither content nor lease', () => {
  expect(answersTo('lc1/blob/acquire,proposed=A,duration=15/putBlock,id=A/getBlob,if=if-match:current')).toEqual([
    '201',
    '201',
    '200 leased',
  ])
})

describe('whether a blob forgets a lease that has ended is not known', () => {
  test.each(['putBlock', 'setBlobTags', 'setBlobTier', 'snapshotBlob'])('after %s', (use) => {
    const states = statesAfter(`lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/${use}`)
    expect(new Set(states)).toEqual(new Set(['expired', 'available']))
  })
})
