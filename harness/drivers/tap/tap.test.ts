import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { request } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CLOCK_HEADER, NOW_HEADER } from '../../clock/headers.ts'
import { ClockError, TargetError } from '../../errors.ts'
import { startAzurite } from '../../targets/azurite.ts'
import { EMULATOR_KEY } from '../../targets/emulator-account.ts'
import type { Target } from '../../targets/target.ts'
import { canonicalQuery, sharedKeySigner } from '../shared-key.ts'
import { Tap } from './tap.ts'
import type { TapPort } from './tap-port.ts'

const START_MS = Date.UTC(2030, 0, 1)
const opened: { close(): unknown }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()))
})

function tapBefore(origin: string): Tap {
  const tap = new Tap({ origin, maxConnections: 4, timeoutMs: 5000 })
  opened.push(tap)
  return tap
}

/** A server on loopback that does as a test says. */
async function serverThat(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  opened.push({ close: () => server.closeAllConnections() ?? server.close() })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** All that comes back for a request, as it stands. */
function bytesFor(origin: string, head: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.write(head)
  return text(socket)
}

/** Keeps the virtual clock, and says back what it was sent. */
const echo: RequestListener = async (incoming, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const now = incoming.headers[NOW_HEADER]
  if (now !== undefined) response.setHeader(CLOCK_HEADER, now)
  response.setHeader('x-seen', JSON.stringify([incoming.method, incoming.url, incoming.headers.host, now ?? null]))
  response.end(Buffer.concat(chunks))
}

describe('before Azurite', () => {
  let target: Target
  let tap: Tap
  let port: TapPort
  let number = 0
  beforeAll(async () => {
    target = await startAzurite({ processes: 1 })
    tap = new Tap({ origin: new URL(target.endpoints[0]!.url).origin, maxConnections: 4, timeoutMs: 5000 })
    port = await tap.lease()
  })
  afterAll(async () => {
    await tap.close()
    await target.close()
  })

  async function signed(method: 'PUT' | 'GET', container: string, key = EMULATOR_KEY) {
    const { url, account } = target.endpoints[0]!
    const path = `${new URL(url).pathname}/${container}`
    const query = canonicalQuery([['restype', 'container']])
    const headers = ['x-ms-date', new Date().toUTCString(), 'x-ms-version', '2025-11-05']
    const authorization = sharedKeySigner(account, key)({ method, path, query, contentLength: 0, headers })
    const { statusCode, body } = await request(`${port.origin}${path}?restype=container`, {
      method,
      headers: [...headers, 'authorization', authorization],
    })
    await body.dump()
    return statusCode
  }

  test('a signature stays valid, the server acts at the instant, and the exchange is recorded', async () => {
    port.arm({ instant: START_MS })
    const container = `tapped-${number++}`
    expect(await signed('PUT', container, 'd3Jvbmc=')).toBe(403)
    expect(await signed('PUT', container)).toBe(201)
    const [refused, created] = await port.take()
    expect(refused).toMatchObject({ answer: { status: 403 } })
    expect(created).toMatchObject({
      request: { method: 'PUT', path: `/devstoreaccount1/${container}`, headers: { 'x-ms-version': '2025-11-05' } },
      answer: { status: 201, headers: { 'last-modified': new Date(START_MS).toUTCString() } },
    })
    expect(created!.request.query.get('restype')).toBe('container')
    expect(created!.sentMs).toBeLessThanOrEqual(created!.answeredMs)
    expect(await port.take()).toEqual([])
  })

  test('a lost request never reaches the server, a lost answer comes too late', async () => {
    const container = `tapped-${number++}`
    const lost = async (part: 'request' | 'answer') => {
      port.arm({ instant: START_MS, lose: { part, times: 1 } })
      await expect(signed('PUT', container)).rejects.toThrow(/closed|socket/)
      const unheard = part === 'request' ? {} : { unheard: { status: 201 } }
      expect(await port.take()).toMatchObject([
        { request: { method: 'PUT' }, lost: part, answer: undefined, ...unheard },
      ])
      port.arm({ instant: START_MS })
      const status = await signed('GET', container)
      await port.take()
      return status
    }
    expect(await lost('request')).toBe(404)
    expect(await lost('answer')).toBe(200)
  })

  test('so many requests lose something, and those behind them get through', async () => {
    const container = `tapped-${number++}`
    port.arm({ instant: START_MS, lose: { part: 'answer', times: 2 } })
    await expect(signed('PUT', container)).rejects.toThrow()
    await expect(signed('PUT', container)).rejects.toThrow()
    expect(await signed('PUT', container)).toBe(409)
    const tapped = await port.take()
    expect(tapped.map(({ lost, unheard, answer }) => [lost, unheard?.status, answer?.status])).toEqual([
      ['answer', 201, undefined],
      ['answer', 409, undefined],
      [undefined, undefined, 409],
    ])
  })
})

describe('before a server that does as told', () => {
  test('bytes, paths and hosts arrive as they were meant, and nobody else sets the instant', async () => {
    const origin = await serverThat(echo)
    const port = await tapBefore(origin).lease()
    port.arm({ instant: START_MS })
    const body = Buffer.from([0, 255, 128, 10, 13])
    const headers = { [NOW_HEADER]: '5' }
    const answer = await request(`${port.origin}/a%20b//c?x=%2F&y`, { method: 'POST', body, headers })
    expect(Buffer.from(await answer.body.arrayBuffer())).toEqual(body)
    const seen = ['POST', '/a%20b//c?x=%2F&y', new URL(origin).host, String(START_MS)]
    expect(JSON.parse(String(answer.headers['x-seen']))).toEqual(seen)
  })

  test('an answer to HEAD keeps its length', async () => {
    const origin = await serverThat((_, response) => response.writeHead(200, { 'content-length': '42' }).end())
    const port = await tapBefore(origin).lease()
    expect((await request(port.origin, { method: 'HEAD' })).headers['content-length']).toBe('42')
  })

  test('of half an answer without a body the client gets half the headers, of another one half the body', async () => {
    const origin = await serverThat(({ method }, response) => {
      for (const each of ['a', 'b', 'c', 'd']) response.setHeader(`x-${each}`, each)
      response.end(method === 'PUT' ? '' : 'whole')
    })
    const port = await tapBefore(origin).lease()
    const half = async (method: string) => {
      port.arm({ instant: undefined, lose: { part: 'half', times: 1 } })
      const received = await bytesFor(port.origin, `${method} / HTTP/1.1\r\nHost: it\r\n\r\n`)
      expect(await port.take()).toMatchObject([{ lost: 'half', answer: undefined, unheard: { status: 200 } }])
      return received
    }
    expect(await half('PUT')).toMatch(/^HTTP\/1.1 200 OK\r\nx-a: a\r\nx-b: b\r\n(?:[\w-]+: .*\r\n)?$/)
    const got = await half('GET')
    expect(got).toMatch(/\r\nx-d: d\r\n/)
    expect(got).toMatch(/\r\ncontent-length: 5\r\n\r\nwh$/)
  })

  test('a server that ignores the instant stops whoever takes the exchanges', async () => {
    const port = await tapBefore(await serverThat((_, response) => response.end())).lease()
    port.arm({ instant: START_MS })
    await expect(request(port.origin)).rejects.toThrow()
    await expect(port.take()).rejects.toThrow(ClockError)
  })

  test('a server that is not there does too, and the next call begins anew', async () => {
    const origin = await serverThat(echo)
    await opened.splice(0)[0]!.close()
    const port = await tapBefore(origin).lease()
    await expect(request(port.origin)).rejects.toThrow()
    await expect(port.take()).rejects.toThrow(TargetError)
    expect(await port.take()).toEqual([])
  })

  test('a connection that the server breaks is an unknown outcome', async () => {
    const port = await tapBefore(await serverThat((incoming) => incoming.socket.destroy())).lease()
    await expect(request(port.origin)).rejects.toThrow()
    expect(await port.take()).toMatchObject([{ answer: undefined }])
  })

  test('a port is of one holder at a time, and what one sent is not told to the next', async () => {
    const tap = tapBefore(await serverThat(echo))
    const [first, second] = await Promise.all([tap.lease(), tap.lease()])
    expect(first.origin).not.toBe(second.origin)
    await (await request(`${first.origin}/first`)).body.dump()
    expect(await second.take()).toEqual([])
    await tap.giveBack(first)
    const third = await tap.lease()
    expect(third.origin).toBe(first.origin)
    expect(await third.take()).toEqual([])
  })

  test('requests that are still under way are waited for', async () => {
    const answers: (() => void)[] = []
    const origin = await serverThat((_, response) => void answers.push(() => response.end()))
    const port = await tapBefore(origin).lease()
    const asking = request(port.origin).then(({ body }) => body.dump())
    await expect.poll(() => answers.length).toBe(1)
    const taking = port.take()
    answers[0]!()
    expect(await taking).toMatchObject([{ answer: { status: 200 } }])
    await asking
  })
})
