import { describe, expect, test } from 'vitest'
import { LEASE_STATES } from '../../lease.ts'
import { answersTo } from '../testing/answers-to.ts'
import { LEASES } from '../testing/leases-by-state.ts'

describe('uses of a blob by the state of its lease: without an id, with the id, with another', () => {
  const PASSES: Readonly<Record<string, readonly [string, string, string]>> = {
    available: ['ok', 'LeaseNotPresentWithBlobOperation', 'LeaseNotPresentWithBlobOperation'],
    leased: ['LeaseIdMissing', 'ok', 'LeaseIdMismatchWithBlobOperation'],
    breaking: ['LeaseIdMissing', 'ok', 'LeaseIdMismatchWithBlobOperation'],
    broken: ['ok', 'LeaseLost', 'LeaseLost'],
    expired: ['ok', 'LeaseLost', 'LeaseLost'],
  }
  const writes = ['putBlob', 'putBlockList', 'setBlobMetadata', 'putBlock', 'setBlobTags', 'setBlobTier', 'deleteBlob']

  for (const use of writes) {
    test.each(LEASE_STATES)(`${use}, %s`, (state) => {
      expect(['', ',id=A', ',id=B'].map((id) => lastOf(`lc1/blob${LEASES[state]}/${use}${id}`))).toEqual(PASSES[state])
    })
  }

  test.each(['getBlob', 'getBlobMetadata', 'getBlobTags', 'getBlockList', 'snapshotBlob'])(
    '%s is stopped by an id that does not fit, and by nothing else',
    (use) => {
      for (const state of LEASE_STATES) {
        const expected = ['ok', ...PASSES[state]!.slice(1)]
        expect(
          ['', ',id=A', ',id=B'].map((id) => lastOf(`lc1/blob${LEASES[state]}/${use}${id}`)),
          state,
        ).toEqual(expected)
      }
    },
  )

  test('a write without an id makes the blob forget a lease that has ended', () => {
    for (const state of ['broken', 'expired'] as const) {
      expect(answersTo(`lc1/blob${LEASES[state]}/setBlobMetadata/getBlob`).at(-1)).toBe('200 available')
    }
  })
})

function lastOf(token: string): string {
  const [status, code] = answersTo(token).at(-1)!.split(' ')
  return Number(status) < 300 ? 'ok' : code!
}
