import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAzurite } from '../targets/azurite.ts'
import { EMULATOR_KEY } from '../targets/emulator-account.ts'
import type { Endpoint, Target } from '../targets/target.ts'
import { canonicalQuery, sharedKeySigner, stringToSign } from './shared-key.ts'

describe('the text that is signed', () => {
  test('is the one of the documentation', () => {
    // Source: "Authorize with Shared Key", the example for Get Container Metadata.
    const text = stringToSign('myaccount', {
      method: 'GET',
      path: '/mycontainer',
      query: canonicalQuery([
        ['restype', 'container'],
        ['comp', 'metadata'],
        ['timeout', '20'],
      ]),
      contentLength: 0,
      headers: ['x-ms-version', '2015-02-21', 'x-ms-date', 'Fri, 26 Jun 2015 23:39:12 GMT'],
    })
    expect(text).toBe(
      'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n' +
        '/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20',
    )
  })

  test('has placed headers in their places, other headers not at all, and names in order of name', () => {
    const headers = ['range', 'bytes=0-1', 'x-ms-meta-a1', 'q', 'x-ms-meta-a', ' p ', 'if-match', '*', 'accept', 'x']
    const text = stringToSign('acc', { method: 'PUT', path: '/acc/c/b', query: '', contentLength: 10, headers })
    expect(text).toBe('PUT\n\n\n10\n\n\n\n\n*\n\n\nbytes=0-1\nx-ms-meta-a:p\nx-ms-meta-a1:q\n/acc/acc/c/b')
  })
})

test('a header that was sent twice stands once, its texts joined in their order; an empty one stands empty', () => {
  const headers = ['x-ms-lease-id', 'b', 'x-ms-meta-a', '', 'x-ms-lease-id', 'a', 'x-ms-lease-action', 'renew']
  const text = stringToSign('acc', { method: 'PUT', path: '/c', query: '', contentLength: 0, headers })
  expect(text.split('\n').slice(12)).toEqual([
    'x-ms-lease-action:renew',
    'x-ms-lease-id:b, a',
    'x-ms-meta-a:',
    '/acc/c',
  ])
})

describe('Azurite', () => {
  let target: Target
  beforeAll(async () => {
    target = await startAzurite({ processes: 1 })
  })
  afterAll(() => target.close())

  async function createContainer(endpoint: Endpoint, key = EMULATOR_KEY): Promise<number> {
    const url = new URL(`${endpoint.url}/signed?restype=container`)
    const headers = [
      'x-ms-date',
      new Date().toUTCString(),
      'x-ms-meta-note',
      'two  words',
      'x-ms-version',
      '2025-11-05',
    ]
    const query = canonicalQuery([['restype', 'container']])
    const sign = sharedKeySigner(endpoint.account, key)
    const authorization = sign({ method: 'PUT', path: url.pathname, query, contentLength: 0, headers })
    const pairs = Array.from({ length: headers.length / 2 }, (_, i) => [headers[2 * i]!, headers[2 * i + 1]!] as const)
    const response = await fetch(url, { method: 'PUT', headers: { ...Object.fromEntries(pairs), authorization } })
    await response.text()
    return response.status
  }

  test('accepts the signature, and answers 403 to another key', async () => {
    const endpoint = target.endpoints[0]!
    expect(await createContainer(endpoint, Buffer.from('another key').toString('base64'))).toBe(403)
    expect(await createContainer(endpoint)).toBe(201)
  })

  test('accepts the signature of an address with the account in its host name', async () => {
    const [endpoint] = target.endpoints
    // The name resolves to loopback nowhere but here, so the request goes to the address and names the host.
    const { port } = new URL(endpoint!.url)
    const headers = ['x-ms-date', new Date().toUTCString(), 'x-ms-version', '2025-11-05']
    const sign = sharedKeySigner(endpoint!.account, EMULATOR_KEY)
    const query = canonicalQuery([['restype', 'container']])
    const authorization = sign({ method: 'PUT', path: '/hosted', query, contentLength: 0, headers })
    const { request } = await import('undici')
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/hosted?restype=container`, {
      method: 'PUT',
      headers: [...headers, 'authorization', authorization, 'host', `${endpoint!.account}.blob.localhost:${port}`],
    })
    await body.dump()
    expect(statusCode).toBe(201)
  })
})
