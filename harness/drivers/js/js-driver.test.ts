import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeClient } from '../../../model/client/judge-client.ts'
import { type OperationHeaders, type OperationName, operation } from '../../../model/operation.ts'
import type { USES } from '../../../model/uses.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { subjectOf } from '../../../model/world.ts'
import { realNames } from '../../campaign/real-names.ts'
import { ClockError, UsageError } from '../../errors.ts'
import { startAzurite } from '../../targets/azurite.ts'
import type { Target } from '../../targets/target.ts'
import { clientDriver } from '../clients/client-driver.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { worldForUse } from '../clients/world-for-use.ts'
import type { Driver, Names, Performed } from '../driver.ts'
import { BLOB_CALLS } from './blob-calls.ts'
import { jsLibrary } from './js-library.ts'
import { loadSdk } from './packages.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const START_MS = Date.UTC(2030, 0, 1)

let target: Target
let driver: Driver
let library: ClientLibrary
let scenarios = 0
beforeAll(async () => {
  target = await startAzurite({ processes: 1 })
  library = await jsLibrary(loadSdk())
  driver = clientDriver({ endpoint: target.endpoints[0]!, apiVersion: '2023-11-03' }, library)
})
afterAll(async () => {
  await driver.close()
  await target.close()
})

/** Steps on the subject of a world, and what is wrong with what the client did. */
async function scene(world: string) {
  const setting = WORLDS[world]!
  const { name: on, kind } = subjectOf(setting)
  const { names } = await driver.prepare(setting, realNames(setting, `js-${scenarios++}`), START_MS)
  const step = async (name: OperationName, headers: OperationHeaders = {}, atMs = 0) => {
    const performed = await driver.performStep(operation(name, on, headers), kind, names, START_MS + atMs)
    return { ...performed, wrong: judgeClient(performed.client!, performed.exchanges, kind).divergences }
  }
  return { names, step }
}

function statuses({ exchanges }: Performed): readonly unknown[] {
  return exchanges.map(({ answer }) => answer?.code ?? answer?.status)
}

describe('every call sends one request, which is what it was asked for', () => {
  test.each(Object.keys(BLOB_CALLS) as (keyof typeof BLOB_CALLS & keyof typeof USES)[])('%s', async (use) => {
    const world = worldForUse(use)
    const { step } = await scene(world)
    const source = world.endsWith('-and-source') ? { source: 'source' } : {}
    const { exchanges, client, wrong } = await step(use, source)
    expect(wrong).toEqual([])
    expect(exchanges).toMatchObject([
      { operation: { name: use }, window: { earliestMs: START_MS, latestMs: START_MS } },
    ])
    expect(client?.otherRequests).toBeUndefined()
  })
})

test.each(['blob', 'container'])('a lease of a %s from its beginning to its end', async (world) => {
  const { step } = await scene(world)
  const acquired = await step('acquire', { proposedLeaseId: A, duration: '15' })
  expect(acquired.client?.returned).toMatchObject({ kind: 'returned', status: 201, headers: { 'x-ms-lease-id': A } })
  const changed = await step('change', { leaseId: A, proposedLeaseId: B })
  expect(changed.client?.remembered).toEqual({ before: A, after: B })
  const late = await step('renew', { leaseId: B }, 15_000)
  const stale = await step('renew', { leaseId: A }, 15_000)
  expect(stale.client?.returned).toMatchObject({ kind: 'threw', because: 'service', status: 409 })
  const broken = await step('break', { breakPeriod: '10' }, 15_000)
  expect(broken.client?.returned).toMatchObject({ headers: { 'x-ms-lease-time': '10' } })
  const released = await step('release', { leaseId: B }, 25_000)
  const all = [acquired, changed, late, stale, broken, released]
  expect(all.flatMap(statuses)).toEqual([201, 200, 200, 'LeaseIdMismatchWithLeaseOperation', 202, 200])
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([])
})

test('an acquire without an id is a proposal of the SDK, and it remembers the id', async () => {
  const { step } = await scene('blob')
  const { exchanges, client, wrong } = await step('acquire', { duration: '-1' })
  expect(wrong).toEqual([])
  expect(exchanges[0]?.operation.proposedLeaseId).toMatchObject({ given: 'guid' })
  const id = client!.remembered!.after
  expect(exchanges[0]?.answer?.headers['x-ms-lease-id']).toBe(id)
  expect(statuses(await step('release', { leaseId: id }))).toEqual([200])
})

test('the code of a refused HEAD, which has no body, is told too', async () => {
  const { step } = await scene('blob-absent')
  const { client, wrong } = await step('getBlobProperties')
  expect(client?.returned).toMatchObject({ kind: 'threw', because: 'service', status: 404, code: 'BlobNotFound' })
  expect(wrong).toEqual([])
})

test('scenarios that run at once do not see each other, and ports are used again', async () => {
  const scenes = await Promise.all(Array.from({ length: 8 }, () => scene('blob')))
  const acquiring = scenes.map(({ step }) => step('acquire', { proposedLeaseId: A, duration: '60' }))
  const acquired = await Promise.all(acquiring)
  expect(acquired.map(({ exchanges }) => exchanges.length)).toEqual(scenes.map(() => 1))
  await Promise.all(scenes.map(({ names }) => driver.forget(names)))
  const { step } = await scene('blob')
  expect(statuses(await step('getBlob'))).toEqual([200])
})

test('a server that does not keep the virtual clock stops the run', async () => {
  const elsewhere = clientDriver(
    { endpoint: { ...target.endpoints[0]!, url: await clockless() }, apiVersion: '2023-11-03' },
    library,
  )
  const names: Names = new Map([['box', 'box']])
  const attempt = elsewhere.performStep(operation('getContainerProperties', 'box'), 'container', names, START_MS)
  await expect(attempt).rejects.toThrow(ClockError)
  await elsewhere.close()
})

test('an address without the account in its path is refused', () => {
  const endpoint = {
    url: 'https://someone.blob.example.org',
    account: 'someone',
    credential: { by: 'key', key: 'a2V5' } as const,
  }
  expect(() => clientDriver({ endpoint, apiVersion: '2023-11-03' }, library)).toThrow(UsageError)
})

/** A server that answers everything with success and knows no clock. */
async function clockless(): Promise<string> {
  const { createServer } = await import('node:http')
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  server.unref()
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/devstoreaccount1`
}
