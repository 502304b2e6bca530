import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeClient } from '../../../model/client/judge-client.ts'
import { type OperationHeaders, type OperationName, operation } from '../../../model/operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../../model/resource.ts'
import { USES } from '../../../model/uses.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { subjectOf } from '../../../model/world.ts'
import { realNames } from '../../campaign/real-names.ts'
import { startReference } from '../../targets/reference.ts'
import type { Target } from '../../targets/target.ts'
import { clientDriver } from '../clients/client-driver.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { worldForUse } from '../clients/world-for-use.ts'
import type { Driver } from '../driver.ts'
import { lineLibrary } from '../protocol/line-library.ts'
import { goCommand } from './go-set-up.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const START_MS = Date.UTC(2030, 0, 1)
const MINUTES = 60_000

const hasGo = spawnSync('go', ['version']).status === 0

let target: Target
let library: ClientLibrary
let driver: Driver
let scenarios = 0
beforeAll(async () => {
  if (!hasGo) return
  target = await startReference({ processes: 1 })
  library = await lineLibrary(await goCommand({ sdkVersion: undefined, offline: false, onProgress: () => {} }))
  driver = clientDriver({ endpoint: target.endpoints[0]!, apiVersion: library.apiVersion }, library)
}, 10 * MINUTES)
afterAll(async () => {
  await driver?.close()
  await library?.close()
  await target?.close()
})

/** Steps on the subject of a world, and what is wrong with what the client did. */
async function scene(world: string) {
  const setting = WORLDS[world]!
  const { name: on, kind } = subjectOf(setting)
  const { names } = await driver.prepare(setting, realNames(setting, `go-${scenarios++}`), START_MS)
  return async (name: OperationName, headers: OperationHeaders = {}, atMs = 0, way?: string) => {
    const performed = await driver.performStep(operation(name, on, headers), kind, names, START_MS + atMs, way)
    return { ...performed, wrong: judgeClient(performed.client!, performed.exchanges, kind).divergences }
  }
}

const USE_NAMES = Object.keys(USES) as (keyof typeof USES)[]
const NO_CALLS = USE_NAMES.filter((use) => /^lease|^get(?!Share)\w*Metadata$|^getShareMetadata$/.test(use))

describe.skipIf(!hasGo)('every call, in every way', () => {
  test.each(USE_NAMES.filter((use) => !NO_CALLS.includes(use)))(
    '%s sends one request, which is what it was asked for',
    async (use) => {
      const world = worldForUse(use)
      const source = world.endsWith('-and-source') ? { source: 'source' } : {}
      for (const way of [undefined, ...(library.calls[use]?.ways ?? [])]) {
        const step = await scene(world)
        const { exchanges, client, wrong } = await step(use, source, 0, way)
        expect(wrong).toEqual([])
        expect(exchanges).toMatchObject([{ operation: { name: use }, window: { earliestMs: START_MS } }])
        // There is no copy to abort.
        expect(exchanges[0]?.answer?.status).toBe(USES[use].class === 'abort' ? 409 : USES[use].success)
        expect(client?.otherRequests).toBeUndefined()
      }
    },
  )

  test.each([
    ['getBlob', ['etag', 'last-modified', 'x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration']],
    ['blob.acquire', ['etag', 'last-modified', 'x-ms-lease-id']],
    ['share.break', ['etag', 'last-modified', 'x-ms-lease-id', 'x-ms-lease-time']],
    ['deleteBlob', []],
  ])('the result of %s is documented to hold what its type has fields for', (call, tells) => {
    expect(library.calls[call]?.tells).toEqual(tells)
  })

  test('what the SDK has no call for is not in the table, and nothing else is missing', () => {
    expect(USE_NAMES.filter((use) => !(use in library.calls))).toEqual(NO_CALLS)
    const actions = Object.keys(library.calls).filter((key) => /\.\w+$/.test(key))
    // The lease of a file is never renewed.
    expect(actions.length).toBe(5 * RESOURCE_KINDS.length - 1)
  })
})

describe.skipIf(!hasGo)('a lease from its beginning to its end', () => {
  test.each(['blob', 'container', 'share', 'share-snapshot', 'file'] as const satisfies ResourceKind[])(
    '%s',
    async (kind) => {
      for (const way of [undefined, ...(library.calls[`${kind}.acquire`]?.ways ?? [])]) {
        const step = await scene(kind)
        const acquired = await step('acquire', { proposedLeaseId: A, duration: '-1' }, 0, way)
        expect(acquired.client?.returned).toMatchObject({ kind: 'returned', headers: { 'x-ms-lease-id': A } })
        const changed = await step('change', { leaseId: A, proposedLeaseId: B })
        expect(changed.client?.remembered).toEqual({ before: A, after: B })
        // The lease client goes on with the id that it remembers, also where a way makes it anew.
        const again = await step('acquire', { proposedLeaseId: B, duration: '-1' }, 0, way)
        const stale = await step('release', { leaseId: A })
        expect(stale.client?.returned).toMatchObject({
          kind: 'threw',
          because: 'service',
          errorName: 'ResponseError',
          status: 409,
        })
        const renewed = kind === 'file' ? [] : [await step('renew', { leaseId: B })]
        const broken = await step('break')
        const released = await step('release', { leaseId: B })
        const all = [acquired, changed, again, stale, ...renewed, broken, released]
        expect(all.flatMap(({ exchanges }) => exchanges.length)).toEqual(all.map(() => 1))
        expect(all.flatMap(({ wrong }) => wrong)).toEqual([])
      }
    },
  )

  test('an acquire without an id is a proposal of the SDK, and it remembers the id', async () => {
    const step = await scene('blob')
    const { exchanges, client, wrong } = await step('acquire', { duration: '15' })
    expect(wrong).toEqual([])
    expect(exchanges[0]?.answer?.headers['x-ms-lease-id']).toBe(client!.remembered!.after)
    const released = await step('release', { leaseId: client!.remembered!.after })
    expect(released.exchanges[0]?.answer?.status).toBe(200)
  })
})

describe.skipIf(!hasGo)('credentials, retries and errors', () => {
  const port = 1
  const calling = (call: 'getContainerProperties' | 'listContainers') =>
    library.perform({ port, kind: 'container', call, place: { container: 'nothing' }, arguments: {} })

  test.each(['key', 'connection-string'] as const)('by %s', async (by) => {
    const { url, account, credential } = target.endpoints[0]!
    const key = (credential as { key: string }).key
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${url};`
    const given = by === 'key' ? { by, key } : { by, connectionString }
    await library.connect({ port, service: 'blob', url, account, credential: given, retry: 'none' })
    expect(await calling('listContainers')).toMatchObject({ returned: {} })
    expect(await calling('getContainerProperties')).toEqual({
      raised: { error: 'ResponseError', because: 'service', status: 404, code: 'ContainerNotFound' },
    })
  })

  test('nobody is there: an error of the connection', async () => {
    const connection = {
      service: 'blob',
      url: 'http://127.0.0.1:9/account',
      account: 'account',
      retry: 'none',
    } as const
    await library.connect({ port, ...connection, credential: { by: 'none' } })
    expect(await calling('listContainers')).toMatchObject({ raised: { because: 'connection' } })
  })
})
