import { describe, expect, test } from 'vitest'
import { LEASE_STATES, type LeaseState } from '../../lease.ts'
import { answersTo, permittedBy, statesAfter } from '../testing/answers-to.ts'
import { LEASES } from '../testing/leases-by-state.ts'

const MISSING = '412 LeaseIdMissing'
const NOT_PRESENT = '412 LeaseNotPresentWithContainerOperation'
const MISMATCH = '412 LeaseIdMismatchWithContainerOperation'
const LOST = '412 LeaseLost'
/** Refused, but nobody knows with which code. */
const SOMEHOW = [LOST, NOT_PRESENT, MISMATCH].join(' or ')

type Answers = Readonly<Record<LeaseState, readonly [none: string, held: string, another: string]>>

const READ: Answers = {
  available: ['ok', NOT_PRESENT, NOT_PRESENT],
  leased: ['ok', 'ok', MISMATCH],
  breaking: ['ok', 'ok', MISMATCH],
  broken: ['ok', SOMEHOW, SOMEHOW],
  expired: ['ok', SOMEHOW, SOMEHOW],
}
const SET: Answers = { ...READ, leased: [MISSING, 'ok', MISMATCH], breaking: [MISSING, 'ok', MISMATCH] }
const DELETE: Answers = { ...SET, broken: ['ok', LOST, SOMEHOW], expired: ['ok', LOST, SOMEHOW] }

const USES: Readonly<Record<string, readonly [world: string, success: string, answers: Answers]>> = {
  getShareProperties: ['share', '200', READ],
  getShareMetadata: ['share', '200', READ],
  getShareAcl: ['share', '200', READ],
  getShareStats: ['share', '200', READ],
  setShareMetadata: ['share', '200', SET],
  setShareProperties: ['share', '200', SET],
  setShareAcl: ['share', '200', SET],
  deleteShare: ['share', '202', DELETE],
  getShareSnapshotProperties: ['share-snapshot', '200', READ],
  deleteShareSnapshot: ['share-snapshot', '202', DELETE],
}

describe('uses of a share by the state of its lease: without an id, with the id, with another', () => {
  const rows = Object.entries(USES).flatMap(([step, [world, success, answers]]) =>
    LEASE_STATES.flatMap((state) =>
      ['', ',id=A', ',id=B'].map(
        (id, place) => [world, state, `${step}${id}`, answers[state][place]!, success] as const,
      ),
    ),
  )

  test.each(rows)('%s %s: %s answers %s', (world, state, step, answer, success) => {
    const permitted = permittedBy(`lc1/${world}${LEASES[state]}/${step}`)
    expect(permitted.join(' or ')).toBe(answer === 'ok' ? success : answer)
  })

  test('Snapshot Share and List Shares never need the id', () => {
    expect(answersTo(`lc1/share${LEASES.leased}/snapshotShare/listShares`)).toEqual(['201', '201', '200 leased'])
    expect(permittedBy(`lc1/share${LEASES.leased}/snapshotShare,id=B`)).toContain('201')
    expect(permittedBy(`lc1/share${LEASES.leased}/snapshotShare,id=B`)).toContain(MISMATCH)
  })

  test('after a Set on a lease that ended, the share may remember it or not', () => {
    expect(statesAfter(`lc1/share${LEASES.broken}/setShareMetadata`)).toEqual(['broken', 'available'])
    expect(statesAfter(`lc1/share${LEASES.leased}/setShareMetadata,id=A`)).toEqual(['leased'])
  })
})

describe('Create Share and Delete Share', () => {
  test('a share that exists cannot be made, leased or not', () => {
    expect(permittedBy('lc1/share/createShare')).toEqual(['409 ShareAlreadyExists'])
    expect(permittedBy(`lc1/share${LEASES.leased}/createShare`)).toEqual(['409 ShareAlreadyExists'])
  })

  test('a name may stay taken for a while, and a share that is being deleted may be deleted again', () => {
    expect(permittedBy('lc1/share-absent/createShare')).toEqual(['201'])
    expect(permittedBy('lc1/share-absent/deleteShare')).toEqual(['404 ShareNotFound'])
    expect(permittedBy('lc1/share/deleteShare/createShare')).toEqual(['201', '409 ShareBeingDeleted'])
    expect(permittedBy('lc1/share/deleteShare/deleteShare')).toEqual(['202', '404 ShareNotFound'])
    expect(permittedBy('lc1/share/deleteShare/createShare/createShare')).toEqual(['409 ShareAlreadyExists'])
    expect(answersTo(`lc1/share${LEASES.leased}/deleteShare,id=A/getShareProperties`)).toEqual([
      '201',
      '202',
      '404 ShareNotFound',
    ])
  })

  test.each([
    ['', '', ['409 ShareHasSnapshots']],
    ['', ',snapshots=include', ['202']],
    ['', ',snapshots=include-leased', ['202']],
    [LEASES.leased, '', ['409 ShareHasSnapshots', '409 DeleteShareWhenSnapshotLeased']],
    [LEASES.leased, ',snapshots=include', ['409 DeleteShareWhenSnapshotLeased']],
    [LEASES.leased, ',snapshots=include-leased', ['202']],
    [LEASES.expired, ',snapshots=include', ['202']],
  ])('with a snapshot%s: deleteShare%s answers %j', (lease, option, permitted) => {
    expect(permittedBy(`lc1/share-snapshot${lease}/deleteShare${option},on=share`)).toEqual(permitted)
  })

  test('of a leased share with a leased snapshot nobody knows which is told', () => {
    const both = `acquire,proposed=B,duration=-1,on=share${LEASES.leased}`
    expect(permittedBy(`lc1/share-snapshot/${both}/deleteShare,snapshots=include,on=share`)).toEqual([
      MISSING,
      '409 DeleteShareWhenSnapshotLeased',
    ])
  })

  test('a share takes its snapshots along, and a snapshot that was taken has to be mentioned', () => {
    expect(answersTo('lc1/share-snapshot/deleteShare,snapshots=include,on=share/getShareSnapshotProperties')).toEqual([
      '202',
      '404 ShareNotFound',
    ])
    expect(answersTo('lc1/share/snapshotShare/deleteShare/deleteShare,snapshots=include')).toEqual([
      '201',
      '409 ShareHasSnapshots',
      '202',
    ])
  })

  test('the option for snapshots does not go with a snapshot', () => {
    expect(permittedBy('lc1/share-snapshot/deleteShareSnapshot,snapshots=include')).toEqual([
      '400 InvalidQueryParameterValue',
    ])
  })
})
