import { describe, expect, test } from 'vitest'
import { answersTo, permittedBy } from './answers-to.ts'

const LEASES = {
  available: '',
  leased: '/acquire,proposed=A,duration=-1',
  breaking: '/acquire,proposed=A,duration=-1/break,period=60',
  broken: '/acquire,proposed=A,duration=-1/break,period=0',
  expired: '/acquire,proposed=A,duration=15/wait,deadline+1000ms',
} as const
type State = keyof typeof LEASES

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
    test.each(Object.keys(LEASES) as State[])(`${use}, %s`, (state) => {
      expect(['', ',id=A', ',id=B'].map((id) => lastOf(`lc1/blob${LEASES[state]}/${use}${id}`))).toEqual(PASSES[state])
    })
  }

  test.each(['getBlob', 'getBlobMetadata', 'getBlobTags', 'getBlockList', 'snapshotBlob'])(
    '%s is stopped by an id that does not fit, and by nothing else',
    (use) => {
      for (const state of Object.keys(LEASES) as State[]) {
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
      expect(answersTo(`lc1/container${LEASES[state]}/setContainerMetadata/getContainerProperties`).at(-1)).toBe(
        `200 ${state}`,
      )
    }
  })
})

describe('uses of a container', () => {
  test.each(Object.keys(LEASES) as State[])('Create Container says that it is there, %s or not', (state) => {
    expect(lastOf(`lc1/container${LEASES[state]}/createContainer`)).toBe('ContainerAlreadyExists')
  })

  test('it is listed with its lease, if it is there', () => {
    expect(
      answersTo('lc1/container/acquire,duration=15/listContainers/deleteContainer,id=held/listContainers'),
    ).toEqual(['201', '200 leased', '202', '200'])
  })

  test('one that was deleted can be made again, or not yet', () => {
    expect(permittedBy('lc1/container-absent/createContainer')).toEqual(['201'])
    expect(permittedBy('lc1/container/deleteContainer/createContainer')).toEqual(['201', '409 ContainerBeingDeleted'])
    expect(
      answersTo('lc1/container/acquire,duration=-1/deleteContainer,id=held/createContainer/getContainerProperties').at(
        -1,
      ),
    ).toBe('200 available')
  })

  test('one that was deleted can be deleted again, for a while', () => {
    expect(permittedBy('lc1/container-absent/deleteContainer')).toEqual(['404 ContainerNotFound'])
    expect(permittedBy('lc1/container/deleteContainer/deleteContainer')).toEqual(['404 ContainerNotFound', '202'])
  })

  test('leased blobs do not protect their container, and go with it', () => {
    expect(
      answersTo(
        'lc1/blob/acquire,duration=-1/deleteContainer,on=container/getBlob/createContainer,on=container/getBlob',
      ),
    ).toEqual(['201', '202', '404 ContainerNotFound', '201', '404 BlobNotFound'])
  })
})

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

function lastOf(token: string): string {
  const [status, code] = answersTo(token).at(-1)!.split(' ')
  return Number(status) < 300 ? 'ok' : code!
}
