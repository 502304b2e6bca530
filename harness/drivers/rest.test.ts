import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  isLeaseAction,
  type OperationHeaders,
  type OperationName,
  operation,
  operationsOf,
  RESOURCE_KINDS,
  type ResourceKind,
  type ResourceSetting,
  USES,
} from '../../model/index.ts'
import { ClockError, TargetError } from '../errors.ts'
import { startAzurite } from '../targets/azurite.ts'
import type { Endpoint, Target } from '../targets/target.ts'
import { type Driver, type DriverOptions, restDriver } from './rest.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const START_MS = Date.UTC(2030, 0, 1)
const API_VERSION = '2025-11-05'
const WORLD: readonly ResourceSetting[] = [
  { name: 'box', kind: 'container', condition: 'present' },
  { name: 'leaf', kind: 'blob', parent: 'box', condition: 'present' },
  { name: 'gap', kind: 'blob', parent: 'box', condition: 'absent' },
]
const LEASED: Partial<Record<OperationName, OperationHeaders>> = {
  renew: { leaseId: A },
  change: { leaseId: A, proposedLeaseId: B },
  release: { leaseId: A },
  break: { breakPeriod: '5' },
}
const LEASE_STATUS = { acquire: 201, renew: 200, change: 200, release: 200, break: 202 }
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
  return { url: `http://127.0.0.1:${port}`, account: 'acc', key: 'a2V5' }
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

  const cases = RESOURCE_KINDS.flatMap((kind) => operationsOf(kind).map((name) => [kind, name] as const))

  test.each(cases)('%s %s succeeds as its page says', async (kind: ResourceKind, name: OperationName) => {
    const driver = open(target.endpoints[0]!)
    const on = kind === 'blob' ? 'leaf' : 'box'
    const real = names()
    expect(await driver.prepare(WORLD, real, START_MS)).toBe(2)
    const acquire = operation('acquire', on, { duration: '15', proposedLeaseId: A })
    const asked = name === 'acquire' ? acquire : operation(name, on, LEASED[name])
    if (name in LEASED) await driver.perform(acquire, kind, real, START_MS)
    const exchange = await driver.perform(asked, kind, real, START_MS + 1_000)
    expect(exchange.operation).toBe(asked)
    expect(exchange.window).toEqual({ earliestMs: START_MS + 1_000, latestMs: START_MS + 1_000 })
    expect(exchange.answer).toMatchObject({ status: isLeaseAction(name) ? LEASE_STATUS[name] : USES[name].success })
    expect(exchange.answer).not.toHaveProperty('code')
    expect(driver.requestsSent).toBe(name in LEASED ? 4 : 3)
  })

  test.each(['getBlobProperties', 'getBlob', 'listBlobs'] as const)('%s shows a lease', async (name) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    await driver.perform(operation('acquire', 'leaf', { duration: '-1' }), 'blob', real, START_MS)
    const { answer } = await driver.perform(operation(name, 'leaf'), 'blob', real, START_MS)
    expect(answer?.headers).toMatchObject({
      'x-ms-lease-state': 'leased',
      'x-ms-lease-status': 'locked',
      'x-ms-lease-duration': 'infinite',
    })
  })

  test('a listing shows nothing of an absent blob, nor of one whose name begins alike', async () => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const list = operation('listBlobs', 'gap')
    expect((await driver.perform(list, 'blob', real, START_MS)).answer).toEqual({ status: 200, headers: {} })
    await driver.perform(operation('putBlob', 'longer'), 'blob', new Map([['longer', `${real.get('gap')}s`]]), START_MS)
    expect((await driver.perform(list, 'blob', real, START_MS)).answer).toEqual({ status: 200, headers: {} })
  })

  test.each(['getBlob', 'getBlobProperties', 'renew'] as const)('%s of an absent blob has a code', async (name) => {
    const driver = open(target.endpoints[0]!)
    const real = names()
    await driver.prepare(WORLD, real, START_MS)
    const { answer } = await driver.perform(operation(name, 'gap', { leaseId: A }), 'blob', real, START_MS)
    expect(answer).toEqual({ status: 404, code: 'BlobNotFound', headers: {} })
  })

  test('a wrong key stops the run and says what to check', async () => {
    const driver = open({ ...target.endpoints[0]!, key: 'd3Jvbmc=' })
    const attempt = driver.prepare(WORLD, names(), START_MS)
    await expect(attempt).rejects.toThrow(TargetError)
    await expect(attempt).rejects.toThrow(/status 403, .*check the account and the key/)
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
    await open(endpoint).perform(operation('break', 'leaf', texts), 'blob', names, START_MS)
    expect(`${seen?.method} ${seen?.url}`).toBe('PUT /box/leaf?comp=lease')
    expect(seen?.headers).toMatchObject({
      'x-ms-lease-action': 'break',
      'x-ms-lease-id': '',
      'x-ms-proposed-lease-id': '{not a guid}',
      'x-ms-lease-duration': '1e1',
      'x-ms-lease-break-period': '-0',
      'x-ms-version': API_VERSION,
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
