import { describe, expect, test } from 'vitest'
import { LEASE_STATES } from '../../lease.ts'
import { answersTo, permittedBy } from '../testing/answers-to.ts'
import { LEASES } from '../testing/leases-by-state.ts'

describe('uses of a container', () => {
  test.each(LEASE_STATES)('Create Container says that it is there, %s or not', (state) => {
    expect(answersTo(`lc1/container${LEASES[state]}/createContainer`).at(-1)).toBe('409 ContainerAlreadyExists')
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

  test('a write leaves a lease that has ended as it is', () => {
    for (const state of ['broken', 'expired'] as const) {
      expect(answersTo(`lc1/container${LEASES[state]}/setContainerMetadata/getContainerProperties`).at(-1)).toBe(
        `200 ${state}`,
      )
    }
  })
})
