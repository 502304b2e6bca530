import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy, statesAfter } from '../testing/answers-to.ts'
import { FILE_STATES, type FileState, LEASES } from '../testing/leases-by-state.ts'

const MISSING = '412 LeaseIdMissing'
const NOT_PRESENT = '412 LeaseNotPresentWithFileOperation'
const MISMATCH = '412 LeaseIdMismatchWithFileOperation'
/** Refused, but nobody knows with which code. */
const SOMEHOW = ['412 LeaseLost', NOT_PRESENT, MISMATCH].join(' or ')

type Answers = Readonly<Record<FileState, readonly [none: string, held: string, another: string]>>

const READ: Answers = {
  available: ['ok', NOT_PRESENT, NOT_PRESENT],
  leased: ['ok', 'ok', MISMATCH],
  broken: ['ok', SOMEHOW, SOMEHOW],
}
const WRITE: Answers = { ...READ, leased: [MISSING, 'ok', MISMATCH] }

const USES: Readonly<Record<string, readonly [success: string, answers: Answers]>> = {
  getFile: ['200', READ],
  getFileProperties: ['200', READ],
  getFileMetadata: ['200', READ],
  listRanges: ['200', READ],
  setFileMetadata: ['200', WRITE],
  setFileProperties: ['200', WRITE],
  putRange: ['201', WRITE],
  clearRange: ['201', WRITE],
  createFile: ['201', WRITE],
  'copyFile,source=source': ['202', WRITE],
  deleteFile: ['202', WRITE],
}

describe('uses of a file by the state of its lease: without an id, with the id, with another', () => {
  const rows = Object.entries(USES).flatMap(([step, [success, answers]]) =>
    FILE_STATES.flatMap((state) =>
      ['', ',id=A', ',id=B'].map((id, place) => [state, `${step}${id}`, answers[state][place]!, success] as const),
    ),
  )

  test.each(rows)('%s: %s answers %s', (state, step, answer, success) => {
    const permitted = permittedBy(`lc1/file-and-source${LEASES[state]}/${step}`)
    expect(permitted.join(' or ')).toBe(answer === 'ok' ? success : answer)
  })

  test('Abort Copy File looks at the lease first, then for a copy', () => {
    expect(answersTo(`lc1/file${LEASES.leased}/abortCopyFile/abortCopyFile,id=B/abortCopyFile,id=A`)).toEqual([
      '201',
      MISSING,
      MISMATCH,
      '409 NoPendingCopyOperation',
    ])
  })
})

describe('what a use of a file leaves behind', () => {
  test.each(['setFileMetadata', 'putRange', 'createFile', 'copyFile,source=source'])(
    '%s without an id makes a broken lease be forgotten, a refused one does not',
    (step) => {
      const broken = `lc1/file-and-source${LEASES.broken}`
      expect(statesAfter(`${broken}/${step}`)).toEqual(['available'])
      expect(statesAfter(`${broken}/${step},id=A`)).toEqual(['broken'])
    },
  )

  test('writing over a leased file with its id leaves it leased', () => {
    expect(answersTo(`lc1/file${LEASES.leased}/createFile,id=A/setFileMetadata,id=A/getFile`)).toEqual([
      '201',
      '201',
      '200',
      '200 leased',
    ])
  })

  test('a file that is made anew is available', () => {
    expect(answersTo(`lc1/file${LEASES.leased}/deleteFile,id=A/getFile/createFile/getFile`)).toEqual([
      '201',
      '202',
      '404 ResourceNotFound',
      '201',
      '200 available',
    ])
  })

  test('a share takes its leased files along', () => {
    expect(answersTo(`lc1/file${LEASES.leased}/deleteShare,on=share/getFile`)).toEqual([
      '201',
      '202',
      '404 ShareNotFound',
    ])
  })

  test('making a file with an id: not known', () => {
    expect(permittedBy('lc1/file-absent/createFile,id=A')).toEqual([NOT_PRESENT, MISMATCH, '412 LeaseLost', '201'])
  })
})
