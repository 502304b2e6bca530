import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedKeySigner } from '../drivers/shared-key.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'

let server: EmptyServer
let origin: string

beforeAll(async () => {
  server = await emptyServer()
  origin = `http://127.0.0.1:${server.port}`
  await send('PUT', '/kept', 'restype=container')
})
afterAll(() => server.close())

/** Sends a signed request. */
async function send(method: string, path: string, query = '', headers: Record<string, string> = {}, body = '') {
  const all = { 'x-ms-version': '2023-11-03', 'x-ms-date': new Date().toUTCString(), ...headers }
  const flat = Object.entries(all).flatMap(([name, value]) => [name.toLowerCase(), value])
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `\n${name}:${value}`).sort()
  const fullPath = `/${EMULATOR_ACCOUNT}${path}`
  const covered = { method, path: fullPath, query: parameters.join(''), contentLength: body.length, headers: flat }
  const authorization = sharedKeySigner(EMULATOR_ACCOUNT, EMULATOR_KEY)(covered)
  const sent = body === '' ? {} : { body }
  const url = `${origin}${fullPath}${query === '' ? '' : `?${query}`}`
  const answer = await fetch(url, { method, headers: { ...all, authorization }, ...sent })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

describe('every answer', () => {
  test('says who answers, to which request, in which version, and repeats the id of the client', async () => {
    const { headers } = await send('GET', '/kept', 'restype=container', { 'x-ms-client-request-id': 'mine' })
    expect(headers.get('server')).toMatch(/^Leasecheck-Reference\/\d/)
    expect(headers.get('x-ms-version')).toBe('2023-11-03')
    expect(headers.get('x-ms-client-request-id')).toBe('mine')
    const again = await send('GET', '/kept', 'restype=container')
    expect(again.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(again.headers.get('x-ms-request-id')).not.toBe(headers.get('x-ms-request-id'))
  })

  test('that refuses has the code in its body, and from 2017-07-29 on in a header too', async () => {
    for (const [version, header] of [
      ['2017-04-17', null],
      ['2017-07-29', 'BlobNotFound'],
    ] as const) {
      const { status, headers, body } = await send('GET', '/kept/none', '', { 'x-ms-version': version })
      expect([status, headers.get('x-ms-error-code')]).toEqual([404, header])
      expect(body).toContain('<Code>BlobNotFound</Code>')
    }
  })
})

describe('time', () => {
  test('is what the request says, and the answer says so', async () => {
    const nowMs = Date.UTC(2030, 5, 1)
    const lease = { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '15' }
    const at = (ms: number) => ({ 'x-leasecheck-now': String(nowMs + ms) })
    const { headers } = await send('PUT', '/kept', 'comp=lease&restype=container', { ...lease, ...at(0) })
    expect(headers.get('x-leasecheck-clock')).toBe(String(nowMs))
    expect(headers.get('date')).toBe('Sat, 01 Jun 2030 00:00:00 GMT')
    const stateAt = async (ms: number) =>
      (await send('GET', '/kept', 'restype=container', at(ms))).headers.get('x-ms-lease-state')
    expect([await stateAt(14_999), await stateAt(15_000)]).toEqual(['leased', 'expired'])
  })

  test('is real where it says nothing, and refused where it says nonsense', async () => {
    expect((await send('GET', '/kept', 'restype=container')).headers.get('x-leasecheck-clock')).toBeNull()
    for (const text of ['', 'soon', '-1', '1.5', '1e9', '999999999999999']) {
      const { status, body } = await send('GET', '/kept', 'restype=container', { 'x-leasecheck-now': text })
      expect([text, status]).toEqual([text, 400])
      expect(body).toContain('<HeaderName>x-leasecheck-now</HeaderName>')
    }
  })
})

describe('what is no request of the service is refused', () => {
  test.each([
    ['POST', '/kept/blob', '', 405, 'UnsupportedHttpVerb'],
    ['PUT', '/kept', 'restype=container&comp=list', 405, 'UnsupportedHttpVerb'],
    ['GET', '/kept', 'restype=container&comp=dance', 400, 'InvalidQueryParameterValue'],
    ['DELETE', '/kept/blob', 'restype=container', 400, 'InvalidQueryParameterValue'],
    ['PUT', '/kept/blob', '', 400, 'MissingRequiredHeader'],
    ['GET', '/kept/%ff', '', 400, 'InvalidUri'],
  ])('%s %s %s', async (method, path, query, status, code) => {
    const answer = await send(method, path, query)
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(`<Code>${code}</Code>`)
  })

  test.each(['', 'newest', '2023-13-45', '1999-01-01', '2023-11-3'])('version %j', async (version) => {
    const { status, body } = await send('GET', '/kept', 'restype=container', { 'x-ms-version': version })
    expect(status).toBe(400)
    expect(body).toContain('<HeaderName>x-ms-version</HeaderName>')
  })
})

describe('on the wire', () => {
  /** What comes back for bytes, until the server closes the connection. */
  function exchange(text: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
      let received = ''
      socket.on('data', (chunk) => {
        received += chunk
      })
      socket.on('close', () => resolve(received))
      socket.on('error', () => {})
    })
  }

  test('a body that would be too large is refused before it is sent', async () => {
    const head = `PUT /${EMULATOR_ACCOUNT}/kept/blob HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n`
    expect(await exchange(head)).toMatch(/^HTTP\/1\.1 413 .*connection: close.*RequestBodyTooLarge/s)
  })

  test('headers that never end, and a body that never comes, are not waited for', async () => {
    const [head, body, many] = await Promise.all([
      exchange('GET / HTTP/1.1\r\nhost: x\r\n'),
      exchange(`PUT /${EMULATOR_ACCOUNT}/kept/blob HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab`),
      exchange(`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(40_000)}\r\n\r\n`),
    ])
    expect(head).toMatch(/^HTTP\/1\.1 408 /)
    expect(body).toBe('')
    expect(many).toMatch(/^HTTP\/1\.1 431 /)
  })
})
