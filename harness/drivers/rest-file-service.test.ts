import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OperationHeaders, type OperationName, operation } from '../../model/operation.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import { realNames } from '../campaign/real-names.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { type Driver, restDriver } from './rest.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const NOW_MS = Date.UTC(2030, 0, 1)
const FOR_EVER = { duration: '-1', proposedLeaseId: A }
const LEASED = { 'x-ms-lease-state': 'leased', 'x-ms-lease-status': 'locked', 'x-ms-lease-duration': 'infinite' }
let target: Target
let driver: Driver

beforeAll(async () => {
  target = await startReference({ processes: 1 })
  driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: '2023-11-03' })
})
afterAll(async () => {
  await driver.close()
  await target.close()
})

/** Prepares a world, and gives what performs operations in it. */
async function within(worldName: string, base: string) {
  const world = WORLDS[worldName]!
  const { names } = await driver.prepare(world, realNames(world, base), NOW_MS)
  return async (name: OperationName, on: string, headers: OperationHeaders = {}) => {
    const { kind } = world.find((each) => each.name === on)!
    return (await driver.perform(operation(name, on, headers), kind, names, NOW_MS)).answer
  }
}

test.each([
  ['listShares', 'share', 'share'],
  ['getShareProperties', 'share', 'share'],
  ['getFileProperties', 'file', 'file'],
  ['getFile', 'file', 'file'],
] as const)('%s shows a lease', async (name, world, on) => {
  const perform = await within(world, `shown-${name.toLowerCase()}`)
  expect(await perform('acquire', on, FOR_EVER)).toMatchObject({ status: 201 })
  expect((await perform(name, on))?.headers).toMatchObject(LEASED)
})

test('a share and its snapshot are two addresses, each with a lease of its own', async () => {
  const perform = await within('share-snapshot', 'apart')
  expect(await perform('acquire', 'snapshot', FOR_EVER)).toMatchObject({ status: 201 })
  expect((await perform('getShareSnapshotProperties', 'snapshot'))?.headers).toMatchObject(LEASED)
  expect((await perform('getShareProperties', 'share'))?.headers).toMatchObject({ 'x-ms-lease-state': 'available' })
})

test('a rename names what is moved, and the lease ids of both', async () => {
  const perform = await within('file-and-source', 'moved')
  const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
  await perform('acquire', 'source', FOR_EVER)
  await perform('acquire', 'file', { ...FOR_EVER, proposedLeaseId: B })
  const rename = (leaseId: string, sourceLeaseId: string) =>
    perform('renameFile', 'file', { source: 'source', leaseId, sourceLeaseId })
  expect(await rename(A, B)).toMatchObject({ status: 412 })
  expect(await rename(B, A)).toMatchObject({ status: 200 })
  expect(await perform('getFileProperties', 'source')).toMatchObject({ status: 404 })
})

test('snapshots hold a share back unless they are to go with it', async () => {
  const perform = await within('share-snapshot', 'held')
  await perform('acquire', 'snapshot', FOR_EVER)
  expect(await perform('deleteShare', 'share')).toMatchObject({ status: 409, code: 'ShareHasSnapshots' })
  expect(await perform('deleteShare', 'share', { snapshots: 'include' })).toMatchObject({ status: 409 })
  expect(await perform('deleteShare', 'share', { snapshots: 'include-leased' })).toMatchObject({ status: 202 })
})
