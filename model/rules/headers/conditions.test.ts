import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from '../testing/answers-to.ts'

const NOT_MET = '412 ConditionNotMet'
const NOT_MODIFIED = '304 ConditionNotMet'
const LEASED = 'acquire,proposed=A,duration=-1'
const EXPIRED = 'acquire,proposed=A,duration=15/wait,deadline+1000ms'
const UNMET = ['if-match:other', 'if-none-match:current', 'if-modified-since:future', 'if-unmodified-since:past']
const MET = [
  'if-match:current',
  'if-match:*',
  'if-none-match:other',
  'if-modified-since:past',
  'if-unmodified-since:future',
]

type Rows = readonly (readonly [token: string, answers: readonly string[]])[]

const ON_BLOBS: readonly (readonly [request: string, success: string])[] = [
  ['acquire,proposed=A,duration=15', '201'],
  ['renew,id=A', '200'],
  ['change,id=A,proposed=B', '200'],
  ['release,id=A', '200'],
  ['break', '202'],
  ['setBlobMetadata,id=A', '200'],
  ['putBlob,id=A', '201'],
  ['copyBlob,id=A,source=blob', '202'],
  ['deleteBlob,id=A', '202'],
]

describe('a lease operation or a write of a blob', () => {
  const rows = ON_BLOBS.flatMap(([request, success]) => [
    ...[...MET, 'x-ms-if-tags:met'].map((condition) => [request, condition, success] as const),
    ...[...UNMET, 'x-ms-if-tags:unmet'].map((condition) => [request, condition, NOT_MET] as const),
  ])
  test.each(rows)('%s if %s: %s', (request, condition, answer) => {
    expect(permittedBy(`lc1/blob/${LEASED}/getBlob/${request},if=${condition}`)).toEqual([answer])
  })
})

describe('a read of a blob', () => {
  const rows = ['getBlob', 'getBlobProperties', 'getBlobMetadata'].flatMap((use) => [
    ...[...MET, 'x-ms-if-tags:met'].map((condition) => [use, condition, '200'] as const),
    ...['if-none-match:current', 'if-modified-since:future'].map(
      (condition) => [use, condition, NOT_MODIFIED] as const,
    ),
    ...['if-match:other', 'if-unmodified-since:past', 'x-ms-if-tags:unmet'].map(
      (condition) => [use, condition, NOT_MET] as const,
    ),
  ])
  test.each(rows)('%s if %s: %s', (use, condition, answer) => {
    expect(permittedBy(`lc1/blob/getBlob/${use},if=${condition}`)).toEqual([answer])
  })
})

describe('where condition and lease both refuse, either is told; where one does, that one', () => {
  const rows: Rows = [
    [`blob/${LEASED}/acquire,duration=15,if=if-match:other`, [NOT_MET, '409 LeaseAlreadyPresent']],
    [`blob/${LEASED}/acquire,duration=15,if=if-match:*`, ['409 LeaseAlreadyPresent']],
    [`blob/${LEASED}/putBlob,if=if-match:other`, [NOT_MET, '412 LeaseIdMissing']],
    [`blob/${LEASED}/putBlob,id=A,if=if-match:other`, [NOT_MET]],
    [`blob/${LEASED}/getBlob,id=B,if=if-match:other`, [NOT_MET, '412 LeaseIdMismatchWithBlobOperation']],
    [`container/${LEASED}/deleteContainer,if=if-unmodified-since:past`, [NOT_MET, '412 LeaseIdMissing']],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

describe('If-None-Match: * on what may create a blob', () => {
  const rows: Rows = [
    ['blob-absent/putBlob', ['201']],
    ['blob/putBlob', ['409 BlobAlreadyExists']],
    [`blob/${EXPIRED}/putBlob`, ['409 BlobAlreadyExists']],
    [`blob/${LEASED}/putBlob`, ['412 LeaseIdMissing']],
    [`blob/${LEASED}/putBlob,id=A`, ['201']],
    [`blob/${LEASED}/putBlockList,id=A@N`, ['201']],
    [`blob/${LEASED}/putBlob,id=B`, ['412 LeaseIdMismatchWithBlobOperation']],
    [`blob/${LEASED}/break,period=60/putBlob,id=A`, ['201']],
    [`blob/${EXPIRED}/putBlob,id=A`, ['412 LeaseLost']],
    ['blob/putBlob,id=A', ['412 LeaseNotPresentWithBlobOperation']],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token},if=if-none-match:*`)).toEqual(answers))
})

describe('a condition on nothing', () => {
  const rows: Rows = [
    ['blob-absent/putBlob,if=if-match:other', [NOT_MET]],
    ['blob-absent/putBlob,if=if-match:*', [NOT_MET]],
    ['blob-absent/putBlob,if=if-none-match:other', ['201']],
    ['blob-absent/putBlob,if=if-unmodified-since:past', [NOT_MET, '201']],
    ['blob-absent/putBlob,if=x-ms-if-tags:unmet', [NOT_MET, '201']],
    ['blob-absent/acquire,duration=15,if=if-match:other', ['404 BlobNotFound']],
    ['blob-absent/getBlob,if=if-none-match:*', ['404 BlobNotFound']],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

describe('containers take dates, and only with what writes', () => {
  const writes = [
    'acquire,proposed=A,duration=15',
    'renew,id=A',
    'release,id=A',
    'break',
    'setContainerAcl',
    'deleteContainer,id=A',
  ]
  test.each(writes)('%s', (request) => {
    const answersIf = (condition: string) => permittedBy(`lc1/container/${LEASED}/${request},if=${condition}`)
    expect(answersIf('if-modified-since:future')).toEqual([NOT_MET])
    expect(answersIf('if-unmodified-since:past')).toEqual([NOT_MET])
    expect(answersIf('if-modified-since:past').every((answer) => answer.startsWith('20'))).toBe(true)
  })
})

describe('a header that an operation is not documented to take is refused or ignored', () => {
  test.each([
    ['container/acquire,duration=15,if=if-match:other', '201'],
    ['container/getContainerProperties,if=if-modified-since:future', '200'],
    ['container/setContainerMetadata,if=if-unmodified-since:past', '200'],
    ['blob/getBlobTags,if=if-match:other', '200'],
    ['blob/putBlock,if=if-match:other', '201'],
    ['blob/listBlobs,if=if-match:other', '200'],
    ['share/acquire,duration=15,if=if-match:other', '201'],
    ['share-snapshot/getShareSnapshotProperties,if=if-match:*', '200'],
    ['file/getFile,if=if-modified-since:past', '200'],
  ])('%s', (token, success) => {
    const answers = permittedBy(`lc1/${token}`)
    expect(answers.at(-1)).toBe(success)
    expect(answers).toContain('400 ConditionHeadersNotSupported')
    expect(answers).toContain(NOT_MET)
    expect(answers.filter((answer) => answer.startsWith('20'))).toEqual([success])
  })
})

test('an operation that its condition stops leaves the lease as it is', () => {
  const stopped = UNMET.map((condition) => `break,period=0,if=${condition}/release,id=A,if=${condition}`).join('/')
  expect(answersTo(`lc1/blob/${LEASED}/getBlob/${stopped}/getBlob`).at(-1)).toBe('200 leased')
})
