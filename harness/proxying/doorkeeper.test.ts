import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { canonicalQuery, sharedKeySigner } from '../drivers/shared-key.ts'
import type { Credential } from '../targets/credentials/credential.ts'
import { readSas } from '../targets/credentials/sas.ts'
import { environmentFor } from './command-environment.ts'
import { Proxied } from './testing/proxied.ts'

const ACCOUNT = 'mine'
const KEY = Buffer.from('a key of an account').toString('base64')

/** Requests as a service sees them that has the account in its host. */
const seen: { readonly request: IncomingMessage; readonly isSigned: boolean }[] = []
const server = createServer((request, response) => {
  seen.push({ request, isSigned: isSigned(request) })
  response
    .writeHead(request.headers['x-ms-copy-source'] === undefined ? 201 : 202, {
      etag: '"1"',
      'last-modified': new Date(0).toUTCString(),
    })
    .end()
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => void seen.splice(0))
afterAll(() => void server.close())

function isSigned({ method = '', url: target = '', rawHeaders, headers }: IncomingMessage): boolean {
  const { pathname, searchParams } = new URL(target, 'http://host')
  const named = rawHeaders.map((each, place) => (place % 2 === 0 ? each.toLowerCase() : each))
  const query = canonicalQuery([...searchParams])
  const contentLength = Number(headers['content-length'] ?? 0)
  const sign = sharedKeySigner(ACCOUNT, KEY)
  return headers.authorization === sign({ method, path: pathname, query, contentLength, headers: named })
}

async function through(credential: Credential, use: (connectionString: string, proxied: Proxied) => Promise<void>) {
  const endpoint = { url, account: ACCOUNT, credential }
  const proxied = await Proxied.before(endpoint)
  const { proxy } = proxied
  const reached = { endpoint, blobUrl: proxy.urlOf('blob'), fileUrl: undefined, key: proxy.clientKey }
  try {
    await use(environmentFor(reached).AZURE_STORAGE_CONNECTION_STRING!, proxied)
  } finally {
    await proxied.end()
  }
}

test('what a client signed for the proxy is signed anew for a server with the account in its host', () =>
  through({ by: 'key', key: KEY }, async (connectionString, proxied) => {
    const box = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('box')
    await box.create()
    const blob = box.getBlockBlobClient('some blob')
    await blob.upload('text', 4, { metadata: { a_b: '1', ab: '2' }, tags: { 'a b': 'c+d' } })
    await box.getBlockBlobClient('copy').syncCopyFromURL(blob.url)
    expect(seen.map(({ request, isSigned: is }) => [request.method, request.url, is])).toEqual([
      ['PUT', '/box?restype=container', true],
      ['PUT', '/box/some%20blob', true],
      ['PUT', '/box/copy', true],
    ])
    const copied = seen.at(-1)!.request.headers
    expect(copied['x-ms-copy-source']).toBe(`${url}/box/some%20blob`)
    expect(copied.host).toBe(new URL(url).host)
    expect(proxied.lines()).toEqual([
      '0 PUT /box?restype=container 201 explained',
      '1 PUT /box/some%20blob 201 explained',
      expect.stringContaining('2 PUT /box/copy 202'),
    ])
    const [, , { exchange }] = proxied.verdicts as [unknown, unknown, (typeof proxied.verdicts)[number]]
    expect(exchange.requestHeaders).toMatchObject({
      'x-ms-copy-source': `http://${ACCOUNT}.blob.localhost/box/some%20blob`,
    })
  }))

test('what was signed with another key is not signed for its sender', () =>
  through({ by: 'key', key: KEY }, async (_, { proxy }) => {
    const stranger = new StorageSharedKeyCredential(ACCOUNT, Buffer.from('another').toString('base64'))
    await new BlobServiceClient(proxy.urlOf('blob')!, stranger).getContainerClient('box').create()
    expect(seen).toMatchObject([{ isSigned: false, request: { url: '/box?restype=container' } }])
  }))

test('who has a token lends it to those who have the key of this session alone', () => {
  const tokens = { getToken: async () => ({ token: 't0ken', expiresOnTimestamp: Date.now() + 3_600_000 }) }
  return through({ by: 'token', tokens }, async (connectionString, { proxy }) => {
    await BlobServiceClient.fromConnectionString(connectionString).getContainerClient('box').create()
    const stranger = new StorageSharedKeyCredential(ACCOUNT, KEY)
    await new BlobServiceClient(proxy.urlOf('blob')!, stranger).getContainerClient('box').create()
    const [own, other] = seen.map(({ request }) => request.headers.authorization)
    expect(own).toBe('Bearer t0ken')
    expect(other).toMatch(/^SharedKey mine:/)
  })
})

test('a shared access signature goes along in the connection string, and passes as it is', () => {
  const sas = readSas(`sv=2023-11-03&ss=b&srt=sco&sp=rwdlac&se=2100-01-01T00%3A00%3A00Z&sig=s3cret`, Date.now())
  return through({ by: 'sas', sas }, async (connectionString, proxied) => {
    await BlobServiceClient.fromConnectionString(connectionString).getContainerClient('box').create()
    expect(seen[0]!.request.url).toMatch(/^\/box\?sv=.*&sig=s3cret&restype=container$/)
    expect(JSON.stringify(proxied.verdicts)).not.toContain('s3cret')
  })
})
