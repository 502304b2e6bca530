import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'
import { type Exchanged, OddSender } from './testing/odd-sender.ts'

const START_MS = Date.UTC(2024, 0, 1)
let server: EmptyServer
let sender: OddSender
let blob: string
let number = 0

beforeAll(async () => {
  server = await emptyServer()
  sender = new OddSender(server.url, server, 1)
  await at(0, 'PUT', 'container', { restype: 'container' })
})
afterAll(async () => {
  await sender.close()
  await server.close()
})
beforeEach(async () => {
  number += 1
  blob = `container/blob-${number}`
  await at(0, 'PUT', blob, {}, { 'x-ms-blob-type': 'PageBlob', 'x-ms-blob-content-length': '512' })
})

/** Sends a signed request so many seconds after the start. */
function at(
  second: number,
  method: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchanged> {
  const timed = { 'x-ms-version': '2023-11-03', 'x-leasecheck-now': String(START_MS + second * 1000), ...headers }
  return sender.exchange({ method, path, query: Object.entries(query), headers: Object.entries(timed), body: '' }, true)
}

const stateAt = async (second: number) => (await at(second, 'HEAD', blob)).headers['x-ms-lease-state']
const ACQUIRE = { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '15' }

describe('a write that the model lets pass', () => {
  const clear = (range: string) => ({ 'x-ms-page-write': 'clear', 'x-ms-range': range })

  test('and that fails for its content leaves the lease as it was', async () => {
    await at(0, 'PUT', blob, { comp: 'lease' }, ACQUIRE)
    expect(await at(16, 'PUT', blob, { comp: 'page' }, clear('bytes=512-1023'))).toMatchObject({ status: 416 })
    expect(await stateAt(17)).toBe('expired')
    expect(await at(18, 'PUT', blob, { comp: 'page' }, clear('bytes=0-511'))).toMatchObject({ status: 201 })
    expect(await stateAt(19)).toBe('available')
  })

  test('gives the content a new ETag and the date of that moment, which a lease operation does not', async () => {
    const seen = async (second: number) => {
      const { etag, 'last-modified': lastModified } = (await at(second, 'HEAD', blob)).headers
      return { etag, lastModified }
    }
    const first = await seen(1)
    expect(first).toMatchObject({ lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT' })
    const { headers } = await at(10, 'PUT', blob, { comp: 'lease' }, { ...ACQUIRE, 'x-ms-lease-duration': '-1' })
    expect({ etag: headers.etag, lastModified: headers['last-modified'] }).toEqual(first)
    expect(await seen(11)).toEqual(first)
    const leaseId = { 'x-ms-lease-id': String(headers['x-ms-lease-id']) }
    const written = await at(20, 'PUT', blob, { comp: 'metadata' }, leaseId)
    const second = await seen(21)
    expect(second).toEqual({ etag: written.headers.etag, lastModified: 'Mon, 01 Jan 2024 00:00:20 GMT' })
    expect(second.etag).not.toBe(first.etag)
    const stale = { ...leaseId, 'if-match': String(first.etag) }
    expect(await at(22, 'PUT', blob, { comp: 'metadata' }, stale)).toMatchObject({ status: 412 })
    const fresh = { ...leaseId, 'if-match': String(second.etag) }
    expect(await at(23, 'PUT', blob, { comp: 'metadata' }, fresh)).toMatchObject({ status: 200 })
  })
})
