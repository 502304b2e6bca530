import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from '../testing/answers-to.ts'

const SOURCE_LEASED = '/acquire,proposed=A,duration=-1,on=source'
const HERE_LEASED = '/acquire,proposed=B,duration=-1'

const MISSING = '412 LeaseIdMissing'
const NOT_PRESENT = '412 LeaseNotPresentWithFileOperation'
const MISMATCH = '412 LeaseIdMismatchWithFileOperation'

describe('Rename File', () => {
  const rename = (leases: string, ids = '') => `lc1/file-and-source${leases}/renameFile,source=source${ids}`

  test('takes the lease of its source along', () => {
    expect(
      answersTo(`${rename(SOURCE_LEASED, ',source-id=A')}/getFile,on=source/getFile/setFileMetadata/release,id=A`),
    ).toEqual(['201', '200', '404 ResourceNotFound', '200 leased', MISSING, '200'])
  })

  test('ends the lease of what it replaces', () => {
    expect(answersTo(`${rename(HERE_LEASED, ',id=B')}/getFile/release,id=B`)).toEqual([
      '201',
      '200',
      '200 available',
      '409 LeaseIdMismatchWithLeaseOperation',
    ])
  })

  test.each([
    ['nothing is leased', '', '', ['200']],
    ['the source is', SOURCE_LEASED, '', [MISSING]],
    ['the source is', SOURCE_LEASED, ',source-id=A', ['200']],
    ['the source is', SOURCE_LEASED, ',source-id=C', [MISMATCH]],
    ['nothing is leased', '', ',source-id=A', [NOT_PRESENT]],
    ['what is replaced is', HERE_LEASED, '', [MISSING]],
    ['what is replaced is', HERE_LEASED, ',id=B', ['200']],
    ['what is replaced is', HERE_LEASED, ',id=C', [MISMATCH]],
    ['nothing is leased', '', ',id=B', [NOT_PRESENT]],
    ['both are', SOURCE_LEASED + HERE_LEASED, '', [MISSING]],
    ['both are', SOURCE_LEASED + HERE_LEASED, ',id=B,source-id=A', ['200']],
    ['both are', SOURCE_LEASED + HERE_LEASED, ',id=C', [MISMATCH, MISSING]],
    ['both are', SOURCE_LEASED + HERE_LEASED, ',source-id=C', [MISSING, MISMATCH]],
  ])('%s%s with ids "%s": %j', (_name, leases, ids, permitted) => {
    expect(permittedBy(rename(leases, ids))).toEqual(permitted)
  })

  test('to where nothing is', () => {
    expect(answersTo('lc1/file-absent-and-source/renameFile,source=source/getFile/getFile,on=source')).toEqual([
      '200',
      '200 available',
      '404 ResourceNotFound',
    ])
  })

  test('what has been moved cannot be moved again', () => {
    expect(answersTo(`${rename('')}/renameFile,source=source/getFile`)).toEqual([
      '200',
      '404 ResourceNotFound',
      '200 available',
    ])
  })
})
