import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from '../testing/answers-to.ts'

describe('Undelete Blob', () => {
  test('leaves a blob that is there as it is', () => {
    expect(permittedBy('lc1/blob/undeleteBlob')).toEqual(['200'])
    expect(answersTo('lc1/blob/acquire,duration=15/wait,deadline+1000ms/undeleteBlob/getBlob').at(-1)).toBe(
      '200 expired',
    )
  })

  test('whether it counts as a write while the blob is leased is not known', () => {
    expect(permittedBy('lc1/blob/acquire,duration=15/undeleteBlob')).toEqual(['412 LeaseIdMissing', '200'])
  })

  test('finds nothing, or brings the blob back without its lease', () => {
    expect(permittedBy('lc1/blob/deleteBlob/undeleteBlob')).toEqual(['404 BlobNotFound', '200'])
  })
})
