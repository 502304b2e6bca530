import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { conditionOf } from '../../model/condition.ts'
import { operation } from '../../model/operation.ts'
import type { ResourceSetting } from '../../model/world.ts'
import { ClockError, TargetError, UsageError } from '../errors.ts'
import { startAzurite } from '../targets/azurite.ts'
import type { Endpoint, Target } from '../targets/target.ts'
import { type Driver, type DriverOptions, restDriver } from './rest.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const START_MS = Date.UTC(2030, 0, 1)
const API_VERSION = '2025-11-05'
const WORLD: readonly ResourceSetting[] = [
  { name: 'box', kind: 'container', condition: 'present' },
  { name: 'leaf', kind: 'blob', parent: 'box', condition: 'present' },
  { name: 'gap', kind: 'blob', parent: 'box', condition: 'absent' },
]
const opened: { close(): unknown }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()))
})

function open(endpoint: Endpoint, options: Partial<DriverOptions> = {}): Driver {
  const driver = restDriver({ endpoint, apiVersion: API_VERSION, ...options })
  opened.push(driver)
  return driver
}

/** A server on loopback that is anything but a storage server. */
async function impostor(listener: RequestListener): Promise<Endpoint> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  opened.push({ close: () => server.closeAllConnections() ?? server.close() })
  await once(server, 'listening')
  return endpointAt((server.address() as AddressInfo).port)
}

function endpointAt(port: number): Endpoint {
  return { url: `http://127.0.0.1:${port}`, account: 'acc', credential: { by: 'key', key: 'a2V5' } }
}

describe('against Azurite', () => {
  let target: Target
  let scenarios = 0
  beforeAll(async () => {
    target = await startAzurite({ processes: 1 })
  })
  afterAll(() => target.close())

  /** Names of its own for each scenario, awkward ones. */
  function names(): Map<string, string> {
    const container = `rest-${scenarios++}`
    const real = { box: container, leaf: `${container}/a dir/<l&af>+é%`, gap: `${container}/gap` }
    return new Map(Object.entries(real))
  }

  test('an operation is one request, at its instant, of its version', async () => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    const { requests } = await driver.prepare(WORLD, real, START_MS)
    expect([requests, driver.requestsSent]).toEqual([2, 2])
    const asked = operation('getBlob', 'leaf', {}, '2019-02-02')
    const exchange = await driver.perform(asked, 'blob', real, START_MS + 1_000)
    expect(exchange.operation).toBe(asked)
    expect(exchange.window).toEqual({ earliestMs: START_MS + 1_000, latestMs: START_MS + 1_000 })
    expect(exchange.answer).toMatchObject({ status: 200 })
    expect(driver.requestsSent).toBe(3)
  })

  test.each([
    ['getBlobProperties', 'blob', 'leaf'],
    ['getBlob', 'blob', 'leaf'],
    ['listBlobs', 'blob', 'leaf'],
    ['getContainerProperties', 'container', 'box'],
    ['listContainers', 'container', 'box'],
  ] as const)('%s shows a lease', async (name, kind, on) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    await driver.perform(operation('acquire', on, { duration: '-1' }), kind, real, START_MS)
    const { answer } = await driver.perform(operation(name, on), kind, real, START_MS)
    expect(answer?.headers).toMatchObject({
      'x-ms-lease-state': 'leased',
      'x-ms-lease-status': 'locked',
      'x-ms-lease-duration': 'infinite',
    })
  })

  test('the ETags of what was prepared are those that are read later', async () => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    const { etags } = await driver.prepare(WORLD, real, START_MS)
    const { answer } = await driver.perform(operation('getBlobProperties', 'leaf'), 'blob', real, START_MS)
    expect(answer?.headers.etag).toBe(etags.get('leaf'))
    expect([...etags.keys()]).toEqual(['box', 'leaf'])
  })

  test.each([
    ['present', { getBlockList: 200, getPageRanges: 409, appendBlock: 409 }],
    ['append', { getBlockList: 409, appendBlock: 201 }],
    ['page', { getPageRanges: 200, appendBlock: 409 }],
    ['uncommitted', { getBlob: 404, getBlockList: 200, putBlockList: 201 }],
  ] as const)('a blob that is %s is made so', async (condition, statuses) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    const world = WORLD.map((each) => (each.name === 'leaf' ? { ...each, condition } : each))
    await driver.prepare(world, real, START_MS)
    for (const [name, status] of Object.entries(statuses) as [keyof typeof statuses, number][]) {
      const { answer } = await driver.perform(operation(name, 'leaf'), 'blob', real, START_MS)
      expect.soft(answer?.status, name).toBe(status)
    }
  })

  test.each([
    ['present', 3, 200, /\?snapshot=2030-01-01T/],
    ['absent', 2, 404, /\?snapshot=2001-01-01T/],
  ] as const)('a snapshot that is %s: its name is the one that the server gave it, if any', async (...row) => {
    const [condition, requestsNeeded, status, name] = row
    const driver = open(target.endpoints[0]!)
    const given = names()
    given.set('picture', `${given.get('leaf')}?snapshot=2001-01-01T00:00:00.0000000Z`)
    const picture: ResourceSetting = { name: 'picture', kind: 'blob-snapshot', parent: 'leaf', condition }
    const { names: real, requests } = await driver.prepare([...WORLD, picture], given, START_MS)
    expect(real.get('picture')).toMatch(name)
    expect(requests).toBe(requestsNeeded)
    const read = operation('getBlobSnapshot', 'picture')
    expect((await driver.perform(read, 'blob-snapshot', real, START_MS)).answer).toMatchObject({ status })
  })

  test.each([
    ['doubled', `${A}\n${A}`],
    ['doubled and empty', '\n'],
    ['empty', ''],
  ])('a request with a %s lease id is signed as the server signs it', async (_, leaseId) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const { answer } = await driver.perform(operation('renew', 'leaf', { leaseId }), 'blob', real, START_MS)
    expect(answer?.status).not.toBe(403)
    expect(answer?.code).toMatch(/Lease|Header/)
  })

  test('a blob can be asked for by the tag that it carries from its creation on', async () => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const statuses = []
    for (const symbol of ['x-ms-if-tags:met', 'x-ms-if-tags:unmet'] as const) {
      const acquire = operation('acquire', 'leaf', {
        duration: '15',
        proposedLeaseId: A,
        condition: conditionOf(symbol, undefined),
      })
      statuses.push((await driver.perform(acquire, 'blob', real, START_MS)).answer?.status)
    }
    expect(statuses).toEqual([201, 412])
  })

  test('a target without a file service is told to be one', async () => {
    const share: readonly ResourceSetting[] = [{ name: 'share', kind: 'share', condition: 'present' }]
    const attempt = open(target.endpoints[0]!).prepare(share, new Map([['share', 'share']]), START_MS)
    await expect(attempt).rejects.toThrow(UsageError)
    await expect(attempt).rejects.toThrow('no file service')
  })

  test('a listing shows nothing of an absent blob, nor of one whose name begins alike', async () => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const list = operation('listBlobs', 'gap')
    expect((await driver.perform(list, 'blob', real, START_MS)).answer).toEqual({
      status: 200,
      headers: {},
      requestId: expect.any(String),
    })
    await driver.perform(operation('putBlob', 'longer'), 'blob', new Map([['longer', `${real.get('gap')}s`]]), START_MS)
    expect((await driver.perform(list, 'blob', real, START_MS)).answer).toEqual({
      status: 200,
      headers: {},
      requestId: expect.any(String),
    })
  })

  test.each(['getBlob', 'getBlobProperties', 'renew'] as const)('%s of an absent blob has a code', async (name) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const { answer } = await driver.perform(operation(name, 'gap', { leaseId: A }), 'blob', real, START_MS)
    expect(answer).toEqual({ status: 404, code: 'BlobNotFound', headers: {}, requestId: expect.any(String) })
  })

  test('a wrong key stops the run and says what to check', async () => {
    const driver = open({ ...target.endpoints[0]!, credential: { by: 'key', key: 'd3Jvbmc=' } })
    const attempt = driver.prepare(WORLD, names(), START_MS)
    await expect(attempt).rejects.toThrow(TargetError)
    await expect(attempt).rejects.toThrow(/status 403, .*check the account and the credential/)
  })
})

describe('against what is no storage server', () => {
  const names = new Map([
    ['box', 'box'],
    ['leaf', 'box/leaf'],
  ])
  const read = operation('getBlobProperties', 'leaf')

  test('header texts go out as they stand', async () => {
    let seen: IncomingMessage | undefined
    const endpoint = await impostor((request, response) => {
      seen = request
      response.setHeader('x-leasecheck-clock', request.headers['x-leasecheck-now']!).end()
    })
    const texts = { leaseId: '', proposedLeaseId: '{not a guid}', duration: '1e1', breakPeriod: '-0' }
    await open(endpoint).perform(operation('break', 'leaf', texts, '2012-02-12'), 'blob', names, START_MS)
    expect(`${seen?.method} ${seen?.url}`).toBe('PUT /box/leaf?comp=lease')
    expect(seen?.headers).toMatchObject({
      'x-ms-lease-action': 'break',
      'x-ms-lease-id': '',
      'x-ms-proposed-lease-id': '{not a guid}',
      'x-ms-lease-duration': '1e1',
      'x-ms-lease-break-period': '-0',
      'x-ms-version': '2012-02-12',
      'x-leasecheck-now': String(START_MS),
      authorization: expect.stringMatching(/^SharedKey acc:.{44}$/),
    })
  })

  test('a page of HTML stops the run', async () => {
    const page: RequestListener = (_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>no</html>')
    }
    const attempt = open(await impostor(page)).prepare(WORLD, names, undefined)
    await expect(attempt).rejects.toThrow(TargetError)
    await expect(attempt).rejects.toThrow('not a storage server')
  })

  test.each([
    ['no clock', undefined],
    ['another instant', '5'],
  ])('an answer with %s is not taken for virtual time', async (_, clock) => {
    const endpoint = await impostor((_request, response) => {
      if (clock !== undefined) response.setHeader('x-leasecheck-clock', clock)
      response.end()
    })
    await expect(open(endpoint).perform(read, 'blob', names, START_MS)).rejects.toThrow(ClockError)
  })

  test('a refused connection stops the run, and counts as no request', async () => {
    const endpoint = await impostor(() => {})
    await opened.splice(0)[0]?.close()
    const driver = open(endpoint)
    const attempt = driver.perform(read, 'blob', names, undefined)
    await expect(attempt).rejects.toThrow(TargetError)
    await expect(attempt).rejects.toThrow(`${endpoint.url} cannot be reached`)
    expect(driver.requestsSent).toBe(0)
  })

  const losses: [string, RequestListener][] = [
    ['the connection dies', (request) => request.socket.destroy()],
    [
      'the answer breaks off',
      (request, response) =>
        response.writeHead(200, { 'content-length': 9 }).write('part', () => request.socket.destroy()),
    ],
    ['no answer comes in time', () => {}],
  ]
  test.each(losses)('when %s the outcome is unknown, and nothing is sent again', async (_, listener) => {
    let served = 0
    const endpoint = await impostor((request, response) => {
      served += 1
      listener(request, response)
    })
    const driver = open(endpoint, { timeoutMs: 200 })
    const get = operation('getBlob', 'leaf')
    const exchange = await driver.perform(get, 'blob', names, undefined)
    expect(exchange.answer).toBeUndefined()
    expect(exchange.window.earliestMs).toBeGreaterThan(Date.now() - 10_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(served).toBe(1)
    expect(driver.requestsSent).toBe(1)
  })

  test('a code that stands only in the body is found', async () => {
    const endpoint = await impostor((_, response) => {
      response
        .writeHead(409)
        .end('<?xml version="1.0"?><Error><Code>LeaseAlreadyPresent</Code><Message>no</Message></Error>')
    })
    const { answer } = await open(endpoint).perform(operation('acquire', 'leaf'), 'blob', names, undefined)
    expect(answer).toEqual({ status: 409, code: 'LeaseAlreadyPresent', headers: {} })
  })
})
