import { describe, expect, test } from 'vitest'
import { RULES } from '../index.ts'
import { answersTo, permittedBy, statesAfter } from '../testing/answers-to.ts'

const INVALID = '400 InvalidHeaderValue'
const MISSING = '400 MissingRequiredHeader'
const EITHER = [MISSING, INVALID]
/** Nobody knows whether an empty header counts: refused, or what follows if it does not. */
const EMPTY_OR = (...otherwise: readonly string[]) => [INVALID, MISSING, '400 InvalidInput', ...otherwise]
/** Nobody knows whether a header is looked at that does not belong to the operation. */
const STRAY_OR = (...otherwise: readonly string[]) => [
  INVALID,
  '400 UnsupportedHeader',
  '400 InvalidInput',
  ...otherwise,
]

const LEASED = 'acquire,proposed=A,duration=-1'

type Rows = readonly (readonly [token: string, answers: readonly string[]])[]

describe('acquire', () => {
  const rows: Rows = [
    ['blob/acquire', [MISSING]],
    ['blob/acquire,duration=14', [INVALID]],
    ['blob/acquire,duration=15', ['201']],
    ['blob/acquire,duration=60', ['201']],
    ['blob/acquire,duration=61', [INVALID]],
    ['blob/acquire,duration=0', [INVALID]],
    ['blob/acquire,duration=-1', ['201']],
    ['blob/acquire,duration=-2', [INVALID]],
    ['blob/acquire,duration=99999999999', [INVALID]],
    ['blob/acquire,duration=', EITHER],
    ['blob/acquire,duration=20abc', [INVALID]],
    ['blob/acquire,duration=15%0A15', [INVALID]],
    ['blob/acquire,duration=15,proposed=malformed:x', [INVALID]],
    ['blob/acquire,duration=15,proposed=A@twice', [INVALID]],
    ['blob/acquire,duration=15,proposed=malformed:', EMPTY_OR('201')],
    ['blob/acquire,proposed=malformed:x', EITHER],
    ['blob/acquire,duration=61,proposed=malformed:x', [INVALID, MISSING]],
    ['container/acquire,duration=922337203685', [INVALID]],
    ['share/acquire,duration=10', [INVALID]],
    ['share-snapshot/acquire,duration=10', [INVALID]],
    ['file/acquire,duration=-1', ['201']],
    ['file/acquire,duration=15', [INVALID]],
    ['file/acquire,duration=20', [INVALID]],
    ['file/acquire,duration=60', [INVALID]],
    ['file/acquire,duration=2', [INVALID]],
    ['file/acquire', [MISSING]],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

describe('a lease id that is missing, empty, malformed or doubled', () => {
  const rows: Rows = [
    ['blob/renew', [MISSING]],
    ['blob/renew,id=malformed:', EITHER],
    ['blob/renew,id=malformed:x', [INVALID]],
    ['blob/renew,id=A@twice', [INVALID]],
    ['blob-absent/renew,id=malformed:x', [INVALID]],
    ['container/release', [MISSING]],
    ['share-absent/renew,id=malformed:x', [INVALID]],
    ['share-snapshot/release,id=malformed:"', [INVALID]],
    ['file/release,id=malformed:', EITHER],
    ['blob/change', [MISSING]],
    ['blob/change,id=A', [MISSING]],
    ['blob/change,proposed=A', [MISSING]],
    ['blob/change,id=A,proposed=malformed:x', [INVALID]],
    ['blob/change,id=malformed:x,proposed=A', [INVALID]],
    ['blob/change,id=malformed:x,proposed=malformed:y', [INVALID]],
    ['blob/change,id=malformed:x', EITHER],
    ['blob/change,id=A,proposed=malformed:', EITHER],
    [`blob/${LEASED}/break,id=malformed:x`, [INVALID]],
    [`blob/${LEASED}/break,id=malformed:`, EMPTY_OR('202')],
    ['blob/getBlob,id=malformed:x', [INVALID]],
    ['blob/getBlob,id=malformed:', EMPTY_OR('200')],
    ['blob-snapshot/getBlobSnapshot,id=malformed:x', [INVALID]],
    [`blob/${LEASED}/putBlob,id=malformed:`, EMPTY_OR('412 LeaseIdMissing')],
    ['container/deleteContainer,id=malformed:x', [INVALID]],
    ['share/getShareAcl,id=malformed:x', [INVALID]],
    ['file/putRange,id=malformed:x', [INVALID]],
    ['blob/listBlobs,id=malformed:x', STRAY_OR('200')],
    ['container/createContainer,id=A', STRAY_OR('409 ContainerAlreadyExists')],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

describe('a break period', () => {
  const rows: Rows = [
    [`blob/${LEASED}/break,period=0`, ['202']],
    [`blob/${LEASED}/break,period=60`, ['202']],
    [`blob/${LEASED}/break,period=61`, [INVALID]],
    [`blob/${LEASED}/break,period=-1`, [INVALID]],
    [`blob/${LEASED}/break,period=%2B5`, [INVALID]],
    [`blob/${LEASED}/break,period=`, EMPTY_OR()],
    [`file/${LEASED}/break,period=5`, STRAY_OR('202')],
    [`file/${LEASED}/break,period=61`, STRAY_OR('202')],
  ]
  test.each(rows)('%s', (token, answers) => {
    expect([...permittedBy(`lc1/${token}`)].sort()).toEqual([...answers].sort())
  })
})

describe('a header on another action', () => {
  const rows: Rows = [
    ['blob/acquire,duration=15,id=A', STRAY_OR('201')],
    ['blob/acquire,duration=15,id=malformed:x', STRAY_OR('201')],
    ['blob/acquire,duration=15,period=5', STRAY_OR('201')],
    [`blob/${LEASED}/renew,id=A,duration=15`, STRAY_OR('200')],
    [`blob/${LEASED}/renew,id=A,proposed=malformed:x`, STRAY_OR('200')],
    [`container/${LEASED}/change,id=A,proposed=B,duration=7`, STRAY_OR('200')],
    [`share/${LEASED}/release,id=A,period=-1`, STRAY_OR('200')],
    [`file/${LEASED}/break,proposed=B`, STRAY_OR('202')],
    ['blob/renew,id=B,duration=15', STRAY_OR('409 LeaseIdMismatchWithLeaseOperation')],
    ['blob/renew,duration=15', STRAY_OR(MISSING)],
    ['blob/acquire,duration=61,id=A', STRAY_OR(MISSING)],
  ]
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

describe('an action that is none', () => {
  const rows: Rows = ['blob', 'container', 'share', 'file'].flatMap((kind) => {
    const name = `lease${kind[0]!.toUpperCase()}${kind.slice(1)}`
    return [
      [`${kind}/${name}`, EITHER],
      [`${kind}/${name},action=`, EITHER],
      [`${kind}/${name},action=steal`, [INVALID]],
      [`${kind}/${LEASED}/${name},action=acquire%0Aacquire,id=malformed:x,duration=3`, [INVALID]],
      [`${kind}-absent/${name},action=steal`, [INVALID]],
    ] satisfies Rows
  })
  test.each(rows)('%s', (token, answers) => expect(permittedBy(`lc1/${token}`)).toEqual(answers))
})

test('what is refused for its headers changes nothing', () => {
  const refusals = RULES.filter(({ layer }) => layer === 'syntax').flatMap(({ expect: outcomes }) => outcomes)
  expect(refusals.length).toBeGreaterThan(100)
  expect(refusals.filter(({ next, clock }) => next.values[0] !== 'stays' || clock.values[0] !== 'kept')).toEqual([])
  expect(refusals.filter(({ status }) => status.values.some((value) => value === 'success' || value < 400))).toEqual([])
})

test('what is read afterwards shows it', () => {
  const faults = 'renew,id=malformed:x/change,id=A/acquire,duration=61/break,period=61/leaseBlob,action=steal'
  expect(answersTo(`lc1/blob/${LEASED}/${faults}/getBlob`).at(-1)).toBe('200 leased')
  expect(statesAfter(`lc1/blob/${LEASED}/release,id=A,duration=15`)).toEqual(['leased', 'available'])
})
