import { describe, expect, test } from 'vitest'
import { LEASE_STATES } from '../../lease.ts'
import { answersTo, permittedBy, statesAfter } from '../testing/answers-to.ts'
import { LEASES as BY_STATE } from '../testing/leases-by-state.ts'

const LEASES = { ...BY_STATE, leased: '/acquire,proposed=A,duration=30' }

const PRESENT = '409 LeaseAlreadyPresent'
const MISMATCH = '409 LeaseIdMismatchWithLeaseOperation'
const NOT_PRESENT = '409 LeaseNotPresentWithLeaseOperation'
const BROKEN = '409 LeaseIsBrokenAndCannotBeRenewed'
const CHANGING = '409 LeaseIsBreakingAndCannotBeChanged'
const EITHER = `${NOT_PRESENT} or ${MISMATCH}`

/** What a lease operation on a share answers: available, leased, breaking, broken, expired. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  'acquire,duration=15': ['201', PRESENT, PRESENT, '201', '201'],
  'acquire,proposed=A,duration=15': ['201', '201', '409 LeaseIsBreakingAndCannotBeAcquired', '201', '201'],
  'acquire,proposed=B,duration=15': ['201', PRESENT, PRESENT, '201', '201'],
  'renew,id=A': [MISMATCH, '200', BROKEN, BROKEN, '200'],
  'renew,id=B': [MISMATCH, MISMATCH, MISMATCH, MISMATCH, MISMATCH],
  'change,id=A,proposed=B': [NOT_PRESENT, '200', CHANGING, NOT_PRESENT, EITHER],
  'change,id=B,proposed=A': [NOT_PRESENT, '200', MISMATCH, NOT_PRESENT, EITHER],
  'change,id=B,proposed=C': [NOT_PRESENT, MISMATCH, MISMATCH, NOT_PRESENT, EITHER],
  'release,id=A': [MISMATCH, '200', '200', '200', '200'],
  'release,id=B': [MISMATCH, MISMATCH, MISMATCH, MISMATCH, MISMATCH],
  'break,period=0': [NOT_PRESENT, '202', '202', '202', '202'],
  'break,period=5': [NOT_PRESENT, '202', '202', '202', '202'],
  'break,period=5,id=B': [NOT_PRESENT, '202', '202', '202', '202'],
}

describe.each(['share', 'share-snapshot'])('lease operations on a %s', (world) => {
  const rows = Object.entries(TABLE).flatMap(([step, answers]) =>
    LEASE_STATES.map((state, place) => [state, step, answers[place]!] as const),
  )

  test.each(rows)('%s: %s answers %s', (state, step, answer) => {
    expect(permittedBy(`lc1/${world}${LEASES[state]}/${step}`).join(' or ')).toBe(answer)
  })

  test.each([
    ['leased', 'break,period=5', 'breaking'],
    ['leased', 'break', 'breaking'],
    ['leased', 'break,period=0', 'broken'],
    ['breaking', 'release,id=A', 'available'],
    ['expired', 'renew,id=A', 'leased'],
    ['expired', 'break,period=5', 'broken'],
    ['broken', 'acquire,duration=15', 'leased'],
  ] as const)('%s: after %s it is %s', (state, step, next) => {
    expect(statesAfter(`lc1/${world}${LEASES[state]}/${step}`)).toEqual([next])
  })
})

describe('shares and their snapshots', () => {
  test('a missing one is 404 for every lease operation', () => {
    const orphan = 'lc1/share:share:absent,snapshot:share-snapshot:absent:share'
    for (const step of ['acquire,duration=15', 'renew,id=A', 'change,id=A,proposed=B', 'release,id=A', 'break']) {
      expect(permittedBy(`lc1/share-absent/${step}`)).toEqual(['404 ShareNotFound'])
      expect(permittedBy(`${orphan}/${step}`)).toEqual(['404 ShareNotFound'])
    }
  })

  test('are leased independently, and their ids do not cross', () => {
    const both = 'acquire,proposed=A,duration=-1,on=share/acquire,proposed=B,duration=-1'
    const crossed = 'getShareProperties,id=B,on=share/getShareSnapshotProperties,id=A'
    expect(answersTo(`lc1/share-snapshot/${both}/${crossed}/release,id=B/getShareProperties,on=share`)).toEqual([
      '201',
      '201',
      '412 LeaseIdMismatchWithContainerOperation',
      '412 LeaseIdMismatchWithContainerOperation',
      '200',
      '200 leased',
    ])
  })
})
