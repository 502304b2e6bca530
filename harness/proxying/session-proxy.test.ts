import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NOW_HEADER } from '../clock/headers.ts'
import { type EmptyServer, emptyServer } from '../reference/testing/empty-server.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { Proxied } from './testing/proxied.ts'

const HOLDER = 'aaaaaaaa-0000-4000-8000-00000000000a'
const STRANGER = 'bbbbbbbb-0000-4000-8000-00000000000b'

describe('before the reference server', () => {
  let server: EmptyServer
  let proxied: Proxied
  let number = 0
  let container = ''
  beforeAll(async () => {
    server = await emptyServer()
  })
  beforeEach(async () => {
    proxied = await Proxied.before(server)
    container = `/box${number++}`
    const made = await proxied.send({ method: 'PUT', target: `${container}?restype=container` })
    expect(made.status).toBe(201)
  })
  /** Whatever a test did, its recording gets the same verdict, exchange by exchange. */
  afterEach(async () => {
    const again = await proxied.end()
    expect([...again].sort()).toEqual([...proxied.lines()].sort())
    expect(proxied.lines().filter((line) => / (blob|container)\./.test(line))).toEqual([])
  })
  afterAll(() => server.close())

  const put = (blob: string, text: string, headers = {}) =>
    proxied.send({
      method: 'PUT',
      target: `${container}/${blob}`,
      headers: { 'x-ms-blob-type': 'BlockBlob', ...headers },
      body: Buffer.from(text),
    })
  const lease = (blob: string, action: string, headers = {}) =>
    proxied.send({
      method: 'PUT',
      target: `${container}/${blob}?comp=lease`,
      headers: { 'x-ms-lease-action': action, ...headers },
    })
  const acquire = (blob: string, id = HOLDER) =>
    lease(blob, 'acquire', { 'x-ms-lease-duration': '15', 'x-ms-proposed-lease-id': id })

  test('a session is judged exchange by exchange', async () => {
    await put('a', 'text')
    await acquire('a')
    expect((await put('a', 'other')).status).toBe(412)
    expect((await lease('a', 'renew', { 'x-ms-lease-id': STRANGER })).status).toBe(409)
    expect((await lease('a', 'release', { 'x-ms-lease-id': HOLDER })).status).toBe(200)
    expect(proxied.lines()).toEqual([
      expect.stringContaining('?restype=container 201 explained'),
      expect.stringContaining('/a 201 explained'),
      expect.stringContaining('acquire 201 explained'),
      expect.stringContaining('/a 412 explained'),
      expect.stringContaining('renew 409 explained'),
      expect.stringContaining('release 200 explained'),
    ])
  })

  test('bodies pass as they are, large ones and those of unknown length too', async () => {
    const large = Buffer.alloc(12 * 1024 * 1024, Buffer.from([0, 255, 13, 10, 128]))
    const chunked = Readable.from(
      (async function* () {
        for (let from = 0; from < large.length; from += 1 << 20) yield large.subarray(from, from + (1 << 20))
      })(),
    )
    const type = { 'x-ms-blob-type': 'BlockBlob' }
    const written = await proxied.send({ method: 'PUT', target: `${container}/large`, headers: type, body: large })
    expect(written.status).toBe(201)
    const read = await proxied.send({ method: 'GET', target: `${container}/large` })
    expect(read.bytes.equals(large)).toBe(true)
    // The reference server wants a length, and says so itself.
    const refused = await proxied.send({ method: 'PUT', target: `${container}/chunked`, headers: type, body: chunked })
    expect([201, 411]).toContain(refused.status)
  })

  test('HEAD, 304 and part of a blob', async () => {
    const { headers } = await put('a', 'some text')
    const head = await proxied.send({ method: 'HEAD', target: `${container}/a` })
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '9', 'x-ms-lease-state': 'available' } })
    const known = { 'if-none-match': String(headers.etag) }
    expect((await proxied.send({ method: 'GET', target: `${container}/a`, headers: known })).status).toBe(304)
    const part = await proxied.send({ method: 'GET', target: `${container}/a`, headers: { 'x-ms-range': 'bytes=5-8' } })
    expect(part).toMatchObject({ status: 206, bytes: Buffer.from('text') })
  })

  test('a wrong key is refused by the server itself', async () => {
    const key = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, 'd3Jvbmc=')
    const service = new BlobServiceClient(proxied.proxy.urlOf('blob')!, key, { retryOptions: { maxTries: 1 } })
    await expect(service.getContainerClient(container.slice(1)).getProperties()).rejects.toMatchObject({
      statusCode: 403,
    })
    expect(proxied.lines().at(-1)).toContain('403 not authorized')
  })

  test('requests about blobs beside each other are judged, although they overlap', async () => {
    const key = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
    const client = new BlobServiceClient(proxied.proxy.urlOf('blob')!, key).getContainerClient(container.slice(1))
    await Promise.all(
      Array.from({ length: 16 }, async (_, at) => {
        const blob = client.getBlockBlobClient(`${at}`)
        await blob.upload('text', 4)
        await blob.getBlobLeaseClient().acquireLease(15)
        await expect(blob.delete()).rejects.toMatchObject({ code: 'LeaseIdMissing' })
      }),
    )
    const listed: string[] = []
    for await (const { properties } of client.listBlobsFlat()) listed.push(properties.leaseState!)
    expect(listed).toEqual(Array.from({ length: 16 }, () => 'leased'))
    expect(proxied.lines().filter((line) => !line.endsWith('explained'))).toEqual([])
    expect(proxied.lines()).toHaveLength(16 * 3 + 2)
  })

  test('nobody tells the server another time than the real one', async () => {
    await put('a', 'text')
    await acquire('a')
    const later = { [NOW_HEADER]: String(Date.now() + 3_600_000) }
    const { headers } = await proxied.send({ method: 'HEAD', target: `${container}/a`, headers: later })
    expect(headers).toMatchObject({ 'x-ms-lease-state': 'leased' })
  })

  test('a client that goes away in the middle of its body leaves the outcome open', async () => {
    await put('a', 'text')
    const stop = new AbortController()
    const body = Readable.from(
      (async function* () {
        yield Buffer.alloc(1024)
        stop.abort()
        await sleep(50)
      })(),
    )
    const type = { 'x-ms-blob-type': 'BlockBlob' }
    const asked = { target: `${container}/a`, headers: type, body, contentLength: 4096, signal: stop.signal }
    await expect(proxied.send({ method: 'PUT', ...asked })).rejects.toThrow()
    await sleep(50)
    await proxied.send({ method: 'HEAD', target: `${container}/a` })
    expect(proxied.lines().at(-1)).toContain('explained')
  })

  test('what is no request of the service, or of the account, passes and is not judged', async () => {
    const origin = new URL(proxied.proxy.urlOf('blob')!)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(origin.port), '127.0.0.1', () =>
        socket.write('GET /somebody/else HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n'),
      )
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 40[0134] /)
    expect(proxied.lines().at(-1)).toContain('beside')
  })
})

describe('before a server that does as told', () => {
  const opened: { close(): unknown }[] = []
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })

  async function proxyBefore(listener: RequestListener): Promise<Proxied> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    opened.push({ close: () => server.closeAllConnections() ?? server.close() })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${EMULATOR_ACCOUNT}`
    const proxied = await Proxied.before({
      url,
      account: EMULATOR_ACCOUNT,
      credential: { by: 'key', key: EMULATOR_KEY },
    })
    opened.push({ close: () => proxied.end() })
    return proxied
  }

  /** Answers two requests to acquire a lease once both are there. */
  function race(...statuses: readonly number[]): RequestListener {
    const waiting: (() => void)[] = []
    return (incoming, response) => {
      waiting.push(() => {
        const isTaken = statuses[waiting.indexOf(answer)] === 409
        const id = String(incoming.headers['x-ms-proposed-lease-id'])
        const granted = { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-lease-id': id }
        const told = isTaken ? { 'x-ms-error-code': 'LeaseAlreadyPresent' } : granted
        response.writeHead(isTaken ? 409 : 201, told).end()
      })
      const answer = waiting.at(-1)!
      if (waiting.length === statuses.length) for (const each of waiting) each()
    }
  }

  test.each([
    ['a holder is known by the answer, and whoever came too late is not judged', [201, 409], 1],
    ['of two holders nobody knows who came first, so neither is judged', [201, 201], 2],
  ])('of those who want a lease at the same time: %s', async (_, statuses, notJudged) => {
    const proxied = await proxyBefore(race(...statuses))
    const wanted = [HOLDER, STRANGER].map((id) => ({
      'x-ms-lease-action': 'acquire',
      'x-ms-lease-duration': '15',
      'x-ms-proposed-lease-id': id,
    }))
    await Promise.all(wanted.map((headers) => proxied.send({ method: 'PUT', target: '/box/b?comp=lease', headers })))
    const overlapping = proxied.lines().filter((line) => line.endsWith('overlaps with another request'))
    expect(overlapping).toHaveLength(notJudged)
    expect(proxied.lines()).toHaveLength(2)
  })

  test('headers arrive as they were sent, and come back as they were answered', async () => {
    const proxied = await proxyBefore((incoming, response) => {
      response.sendDate = false
      response.writeHead(200, { 'X-Odd-Case': 'a', 'set-cookie': ['b', 'c'], 'content-length': '2' })
      response.end(incoming.method === 'HEAD' ? undefined : 'ok')
      seen.push([incoming.url, incoming.headers.host, incoming.rawHeaders.includes('X-Mine')])
    })
    const seen: unknown[] = []
    const odd = { 'X-Mine': 'yes', 'x-ms-client-request-id': '1' }
    const { headers } = await proxied.send({ method: 'GET', target: '/a%20b//c?x=%2F&y', headers: odd })
    expect(seen).toEqual([[`/${EMULATOR_ACCOUNT}/a%20b//c?x=%2F&y`, new URL(proxied.proxy.urlOf('blob')!).host, true]])
    expect(headers).toMatchObject({ 'x-odd-case': 'a', 'set-cookie': ['b', 'c'], 'content-length': '2' })
    expect(headers.date).toBeUndefined()
  })

  test('a connection that breaks before the answer breaks at the client, and the outcome is open', async () => {
    const proxied = await proxyBefore((incoming) => void incoming.socket.destroy())
    await expect(proxied.send({ method: 'DELETE', target: '/c/b' })).rejects.toThrow()
    expect(proxied.lines()).toEqual(['0 DELETE /c/b 0 no answer'])
    expect(proxied.unreachable).toEqual([])
  })

  test('a server that is not there is told', async () => {
    const proxied = await proxyBefore(() => {})
    await opened.shift()!.close()
    await expect(proxied.send({ method: 'GET', target: '/c/b' })).rejects.toThrow()
    expect(proxied.unreachable).toMatchObject([{ code: 'ECONNREFUSED' }])
    expect(proxied.lines()).toEqual([])
  })

  test('who has gone before the answer came is answered for by the server all the same', async () => {
    const proxied = await proxyBefore(async (_, response) => {
      await sleep(200)
      response.writeHead(202, { 'x-ms-request-id': 'r' }).end()
    })
    const stop = new AbortController()
    const asked = proxied.send({ method: 'DELETE', target: '/c/b', signal: stop.signal })
    await sleep(50)
    stop.abort()
    await expect(asked).rejects.toThrow()
    expect(proxied.lines()).toEqual([])
    await sleep(300)
    expect(proxied.lines()).toEqual(['0 DELETE /c/b 202 explained'])
  })
})
