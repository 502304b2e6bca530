import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy, statesAfter } from '../testing/answers-to.ts'
import { FILE_STATES, type FileState, LEASES } from '../testing/leases-by-state.ts'

const PRESENT = '409 LeaseAlreadyPresent'
const MISMATCH = '409 LeaseIdMismatchWithLeaseOperation'
const NOT_PRESENT = '409 LeaseNotPresentWithLeaseOperation'

/** What a lease operation on a file answers, and the state that follows, in the three states. */
const TABLE: Readonly<Record<string, Readonly<Record<FileState, readonly [answer: string, next: string]>>>> = {
  'acquire,duration=-1': {
    available: ['201', 'leased'],
    leased: [PRESENT, 'leased'],
    broken: ['201', 'leased'],
  },
  'acquire,proposed=A,duration=-1': {
    available: ['201', 'leased'],
    leased: ['201', 'leased'],
    broken: ['201', 'leased'],
  },
  'acquire,proposed=B,duration=-1': {
    available: ['201', 'leased'],
    leased: [PRESENT, 'leased'],
    broken: ['201', 'leased'],
  },
  'change,id=A,proposed=B': {
    available: [NOT_PRESENT, 'available'],
    leased: ['200', 'leased'],
    broken: [NOT_PRESENT, 'broken'],
  },
  'change,id=B,proposed=A': {
    available: [NOT_PRESENT, 'available'],
    leased: ['200', 'leased'],
    broken: [NOT_PRESENT, 'broken'],
  },
  'change,id=B,proposed=C': {
    available: [NOT_PRESENT, 'available'],
    leased: [MISMATCH, 'leased'],
    broken: [NOT_PRESENT, 'broken'],
  },
  'release,id=A': {
    available: [MISMATCH, 'available'],
    leased: ['200', 'available'],
    broken: ['200', 'available'],
  },
  'release,id=B': {
    available: [MISMATCH, 'available'],
    leased: [MISMATCH, 'leased'],
    broken: [MISMATCH, 'broken'],
  },
  break: {
    available: [NOT_PRESENT, 'available'],
    leased: ['202', 'broken'],
    broken: ['202', 'broken'],
  },
  'break,id=B': {
    available: [NOT_PRESENT, 'available'],
    leased: ['202', 'broken'],
    broken: ['202', 'broken'],
  },
}

describe('lease operations on a file', () => {
  const rows = Object.entries(TABLE).flatMap(([step, states]) =>
    FILE_STATES.map((state) => [state, step, ...states[state]] as const),
  )

  test.each(rows)('%s: %s answers %s and leaves it %s', (state, step, answer, next) => {
    const token = `lc1/file${LEASES[state]}/${step}`
    expect(permittedBy(token)).toEqual([answer])
    expect(statesAfter(token)).toEqual([next])
  })

  test('15 to 60 seconds are no duration for a file', () => {
    expect(answersTo('lc1/file/acquire,proposed=A,duration=15/acquire,proposed=A,duration=60/getFile')).toEqual([
      '400 InvalidHeaderValue',
      '400 InvalidHeaderValue',
      '200 available',
    ])
  })

  test.each(FILE_STATES)('%s: a renew is refused, nobody knows how, and changes nothing', (state) => {
    const token = `lc1/file${LEASES[state]}/renew,id=A`
    const permitted = permittedBy(token)
    expect(permitted.length).toBeGreaterThan(1)
    for (const answer of permitted) expect(answer).toMatch(/^4/)
    expect(statesAfter(token)).toEqual([state])
  })

  test('a break period is refused or ignored', () => {
    const token = 'lc1/file/acquire,proposed=A,duration=-1/break,period=5'
    expect(permittedBy(token)).toContain('400 InvalidHeaderValue')
    expect(permittedBy(token)).toContain('202')
    expect(statesAfter(token).toSorted()).toEqual(['broken', 'leased'])
  })

  test('a file that is not there, or whose share is not', () => {
    for (const step of ['acquire,duration=-1', 'change,id=A,proposed=B', 'release,id=A', 'break']) {
      expect(permittedBy(`lc1/file-absent/${step}`)).toEqual(['404 ResourceNotFound'])
      expect(permittedBy(`lc1/file-orphan/${step}`)).toEqual(['404 ShareNotFound'])
    }
    expect(permittedBy('lc1/file-absent/renew,id=A')).toContain('404 ResourceNotFound')
  })
})
