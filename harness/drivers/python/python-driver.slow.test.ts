import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeClient } from '../../../model/client/judge-client.ts'
import { type OperationHeaders, type OperationName, operation } from '../../../model/operation.ts'
import { KINDS } from '../../../model/resource.ts'
import { USES, type Use } from '../../../model/uses.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { subjectOf } from '../../../model/world.ts'
import type { Told } from '../../../reports/driver-protocol.ts'
import { realNames } from '../../campaign/real-names.ts'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import { clientDriver } from '../clients/client-driver.ts'
import type { ClientLibrary } from '../clients/client-library.ts'
import { worldForUse } from '../clients/world-for-use.ts'
import type { Driver } from '../driver.ts'
import { lineLibrary } from '../protocol/line-library.ts'
import { pythonCommand } from './python-set-up.ts'

const HAS_SDK = process.env.LEASECHECK_PYTHON !== undefined
const WITHOUT = HAS_SDK ? '' : ', without LEASECHECK_PYTHON'
const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const START_MS = Date.UTC(2030, 0, 1)
const METADATA_OF = {
  blob: 'setBlobMetadata',
  container: 'setContainerMetadata',
  share: 'setShareMetadata',
  file: 'setFileMetadata',
} as const
const LEASED_KINDS = Object.keys(METADATA_OF) as (keyof typeof METADATA_OF)[]

/** What the SDK has no method for: metadata alone, a lease request without a known action. */
const NOT_THERE: readonly Use[] = [
  ...(['getBlobMetadata', 'getContainerMetadata', 'getShareMetadata', 'getFileMetadata'] as const),
  ...(['leaseBlob', 'leaseContainer', 'leaseShare', 'leaseFile'] as const),
]
const CALLS = (Object.keys(USES) as Use[]).filter((use) => !NOT_THERE.includes(use))

describe.skipIf(!HAS_SDK).each(['python', 'python-aio'])(`the driver %s${WITHOUT}`, (name) => {
  let server: EmptyServer
  let library: ClientLibrary
  let driver: Driver
  let scenarios = 0
  beforeAll(async () => {
    server = await emptyServer()
    library = await lineLibrary(await command(name))
    driver = clientDriver({ endpoint: server, apiVersion: '2023-11-03' }, library)
  })
  afterAll(async () => {
    await driver.close()
    await library.close()
    await server.close()
  })

  /** Steps on the subject of a world, and what is wrong with what the client did. */
  async function scene(world: string) {
    const setting = WORLDS[world]!
    const { name: on, kind } = subjectOf(setting)
    const { names } = await driver.prepare(setting, realNames(setting, `${name}-${scenarios++}`), START_MS)
    return async (asked: OperationName, headers: OperationHeaders = {}, way?: string) => {
      const performed = await driver.performStep(operation(asked, on, headers), kind, names, START_MS, way)
      const { divergences } = judgeClient(performed.client!, performed.exchanges, kind)
      const [exchange, ...others] = performed.exchanges
      expect(others).toEqual([])
      const wrong = divergences.map(({ rule, observed }) => `${rule}: ${observed}`)
      return { answer: exchange?.answer, operation: exchange?.operation, client: performed.client!, wrong }
    }
  }

  test('tells all that the judge asks for, and nothing that it does not know', () => {
    const actions = ['acquire', 'renew', 'change', 'release', 'break']
    const leases = Object.keys(KINDS).flatMap((kind) => actions.map((action) => `${kind}.${action}`))
    expect(new Set(Object.keys(library.calls))).toEqual(new Set([...leases, ...CALLS]))
    expect(library.versions).toMatch(/^azure-storage-blob [\d.]+, azure-storage-file-share [\d.]+, Python 3\.[\d.]+$/)
  })

  describe('every call sends one request, which is what it was asked for, in every way', () => {
    test.each(CALLS)('%s', async (use) => {
      const { ways = [], source, leaseId } = library.calls[use]!
      for (const way of [undefined, ...ways]) {
        const step = await scene(worldForUse(use))
        const headers: OperationHeaders = {
          ...(source === undefined ? {} : { source: 'source' }),
          ...(leaseId === undefined || way !== 'lease-client' ? {} : { leaseId: A }),
        }
        const { operation: sent, client, wrong } = await step(use, headers, way)
        expect([way, sent?.name, client.otherRequests, wrong]).toEqual([way, use, undefined, []])
        if (headers.leaseId !== undefined) expect(sent?.leaseId).toMatchObject({ text: A })
      }
    })
  })

  describe.each(LEASED_KINDS)('a lease of a %s', (kind) => {
    test('from its beginning to its end', async () => {
      const step = await scene(kind)
      const acquired = await step('acquire', { proposedLeaseId: A, duration: '-1' })
      expect(acquired.client.remembered).toEqual({ before: A, after: A })
      expect(acquired.client.returned).toMatchObject({
        kind: 'returned',
        headers: { 'x-ms-lease-id': A, etag: acquired.answer?.headers.etag },
      })
      const changed = await step('change', { leaseId: A, proposedLeaseId: B })
      expect(changed.client.remembered).toEqual({ before: A, after: B })
      const broken = await step('break')
      expect(broken.client.returned).toMatchObject({ headers: { 'x-ms-lease-time': '0' } })
      const released = await step('release', { leaseId: B })
      expect([acquired, changed, broken].flatMap(({ wrong }) => wrong)).toEqual([])
      expect(released.client.returned.kind).toBe('returned')
    })

    test('by the shortcut is kept, and is released by the context manager, also if its body raises', async () => {
      const step = await scene(kind)
      for (const way of ['context-manager', 'context-manager-raising']) {
        const acquired = await step('acquire', { proposedLeaseId: A }, 'shortcut')
        expect([acquired.operation?.duration?.text, acquired.wrong]).toEqual(['-1', []])
        const released = await step('release', { leaseId: A }, way)
        expect(released.operation).toMatchObject({ name: 'release', leaseId: { text: A } })
        expect([released.answer?.status, released.client.returned.kind]).toEqual([200, 'returned'])
      }
    })

    test('is given to a use as the lease client that holds it', async () => {
      const step = await scene(kind)
      await step('acquire', { proposedLeaseId: A, duration: '-1' })
      await step('change', { leaseId: A, proposedLeaseId: B })
      const use = METADATA_OF[kind]
      const { answer, wrong } = await step(use, { leaseId: B }, 'lease-client')
      expect([answer?.status, wrong]).toEqual([200, []])
      // Nobody holds it any more, so it is a lease client made for the purpose.
      const stale = await step(use, { leaseId: A }, 'lease-client')
      expect([stale.operation?.leaseId, stale.answer?.status]).toMatchObject([{ text: A }, 412])
    })

    test('that is refused is an exception with status and code', async () => {
      const step = await scene(kind)
      await step('acquire', { proposedLeaseId: A, duration: '-1' })
      const { client, wrong } = await step('acquire', { proposedLeaseId: B, duration: '-1' })
      expect(client.returned).toEqual({
        kind: 'threw',
        because: 'service',
        errorName: 'ResourceExistsError',
        status: 409,
        code: 'LeaseAlreadyPresent',
      })
      expect(wrong).toEqual([])
    })
  })

  test('the lease of a file is not renewed, and the library says so itself', async () => {
    const step = await scene('file')
    await step('acquire', { proposedLeaseId: A, duration: '-1' })
    const { client, operation: sent } = await step('renew', { leaseId: A })
    expect(sent).toBeUndefined()
    expect(client.returned).toEqual({ kind: 'threw', because: 'client', errorName: 'TypeError' })
  })

  test.each([
    ['if-match', '"0x1"', 412],
    ['if-match', '*', 200],
    ['if-none-match', '"0x1"', 200],
    ['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT', 304],
    ['if-unmodified-since', 'Sat, 01 Jan 2000 00:00:00 GMT', 412],
    ['x-ms-if-tags', `"leasecheck" = 'yes'`, 200],
  ] as const)('condition %s: %s', async (header, value, status) => {
    const step = await scene('blob')
    const { operation: sent, answer, client } = await step('getBlobProperties', { condition: { header, value } })
    expect([sent?.condition, answer?.status]).toEqual([{ header, value }, status])
    expect(client.returned.kind).toBe(status < 300 ? 'returned' : 'threw')
  })

  test('what a listing says is what it says of the one resource', async () => {
    const step = await scene('share')
    await step('acquire', { proposedLeaseId: A, duration: '60' })
    const { client } = await step('listShares')
    const told: Partial<Record<Told, string>> = { 'x-ms-lease-state': 'leased', 'x-ms-lease-duration': 'fixed' }
    expect(client.returned).toMatchObject({ kind: 'returned', headers: told })
  })
})

async function command(name: string) {
  return pythonCommand({ aio: name === 'python-aio', offline: true, onProgress: () => {} })
}
