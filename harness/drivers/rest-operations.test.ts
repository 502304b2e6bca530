import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  isLeaseAction,
  type LeaseAction,
  type OperationHeaders,
  type OperationName,
  operation,
  operationsOf,
  successOf,
} from '../../model/operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { describeUse } from '../../model/uses.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import { realNames } from '../campaign/real-names.ts'
import { startAzurite } from '../targets/azurite.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { type Driver, restDriver } from './rest.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const START_MS = Date.UTC(2030, 0, 1)
const VERSION = '2025-11-05'

const LEASE_STATUS: Readonly<Record<LeaseAction, number>> = {
  acquire: 201,
  renew: 200,
  change: 200,
  release: 200,
  break: 202,
}
/** What a lease action carries once A holds the lease. */
const LEASED: Readonly<Record<LeaseAction, OperationHeaders>> = {
  acquire: { duration: '-1', proposedLeaseId: A },
  renew: { leaseId: A },
  change: { leaseId: A, proposedLeaseId: B },
  release: { leaseId: A },
  break: {},
}

/** Statuses that are no success on a fresh resource, on any server: no copy is under way that could be aborted. */
const NOT_ON_A_FRESH_ONE: Partial<Record<OperationName, number>> = { abortCopyBlob: 409, abortCopyFile: 409 }
/** Azurite does not implement these, and takes a lease request for a container without an action for Create Container. */
const AZURITE: Partial<Record<OperationName, number>> = {
  appendBlockFromUrl: 501,
  putPageFromUrl: 501,
  putBlobFromUrl: 501,
  undeleteBlob: 501,
  leaseContainer: 409,
}

/** The world in which an operation can succeed. */
function worldFor(name: OperationName, kind: ResourceKind): string {
  if (isLeaseAction(name)) return kind
  const { class: useClass, needsSource, blobType = 'block' } = describeUse(name)
  if (useClass === 'make') return `${kind}-absent`
  const type = kind === 'blob' && blobType !== 'block' ? `${blobType}-` : ''
  return `${type}${kind}${needsSource === undefined ? '' : '-and-source'}`
}

function casesOf(kinds: readonly ResourceKind[], exceptions: Partial<Record<OperationName, number>>) {
  const cases = kinds.flatMap((kind) => operationsOf(kind).map((name) => [kind, name] as const))
  return cases
    .filter(([kind, name]) => !isLeaseAction(name) || isLeasable(kind, name))
    .map(([kind, name]) => {
      const success = isLeaseAction(name) ? LEASE_STATUS[name] : successOf(name)
      return [kind, name, exceptions[name] ?? NOT_ON_A_FRESH_ONE[name] ?? success] as const
    })
}

/** Snapshots of blobs have no lease, and that of a file cannot be renewed. */
function isLeasable(kind: ResourceKind, action: LeaseAction): boolean {
  return kind !== 'blob-snapshot' && !(kind === 'file' && action === 'renew')
}

async function statusOf(driver: Driver, name: OperationName, kind: ResourceKind, base: string) {
  const world = WORLDS[worldFor(name, kind)]!
  const on = world.at(-1)!.name
  const { names, requests } = await driver.prepare(world, realNames(world, base), START_MS)
  expect(requests).toBe(world.filter(({ condition }) => condition !== 'absent').length)
  const send = (each: OperationName, headers: OperationHeaders) =>
    driver.perform(operation(each, on, headers, VERSION), kind, names, START_MS + 1_000)
  if (isLeaseAction(name) && name !== 'acquire') await send('acquire', LEASED.acquire)
  const source = world.some((each) => each.name === 'source') ? { source: 'source' } : {}
  const { answer } = await send(name, isLeaseAction(name) ? LEASED[name] : source)
  return answer
}

describe.each([
  ['Azurite', () => startAzurite({ processes: 1 }), casesOf(['blob', 'blob-snapshot', 'container'], AZURITE)],
  ['the reference server', () => startReference({ processes: 1 }), casesOf(RESOURCE_KINDS, {})],
] as const)('on %s', (_, start, cases) => {
  let target: Target
  let driver: Driver
  let scenarios = 0
  beforeAll(async () => {
    target = await start()
    driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: VERSION })
  })
  afterAll(async () => {
    await driver.close()
    await target.close()
  })

  test.each(cases)('%s %s gives %i', async (kind, name, status) => {
    const answer = await statusOf(driver, name, kind, `rest-${scenarios++}`)
    expect(answer).toMatchObject({ status })
    if (status < 300) expect(answer).not.toHaveProperty('code')
  })
})
