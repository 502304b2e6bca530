/** For tests: requests that nobody sends on purpose. */
import fc from 'fast-check'

/** A request that HTTP can carry, whatever it means. */
export interface OddRequest {
  readonly method: string
  /** Below the account, percent-encoded. */
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Names in lower case, each once. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

const words = (text: string) => text.trim().split(/\s+/)

const METHODS = words('GET HEAD PUT DELETE POST PATCH OPTIONS MERGE TRACE')
const COMPS =
  words(`list lease metadata properties acl tags tier snapshot undelete copy block blocklist appendblock seal
  page pagelist range rangelist rename stats filepermission batch`)
const RESTYPES = ['', ...words('container share directory service account blob')]
const PARAMETERS = words(
  'snapshot sharesnapshot blockid maxresults marker prefix include delimiter sv sig blocklisttype',
)
const HEADERS = words(`
  x-ms-lease-action x-ms-lease-id x-ms-proposed-lease-id x-ms-lease-duration x-ms-lease-break-period x-ms-version
  x-ms-date x-leasecheck-now x-ms-blob-type x-ms-blob-content-length x-ms-content-length x-ms-copy-source range
  x-ms-source-range x-ms-requires-sync x-ms-page-write x-ms-write x-ms-range if-match if-none-match if-modified-since
  if-unmodified-since x-ms-if-tags x-ms-tags x-ms-meta-a x-ms-meta- x-ms-delete-snapshots x-ms-access-tier content-md5
  x-ms-blob-content-md5 content-type x-ms-sequence-number-action x-ms-blob-sequence-number x-ms-blob-public-access
  x-ms-type x-ms-share-quota x-ms-file-rename-source x-ms-file-attributes x-ms-file-creation-time expect
  x-ms-client-request-id`)
const VALUES = [
  ...words(`acquire renew change release break ACQUIRE -1 15 60 0 61 999999999999999 1e3 512 bytes=0-511 bytes=511-0 bytes=-
    11111111-2222-4333-8444-555555555555 {11111111222243338444555555555555} BlockBlob PageBlob AppendBlob update clear true
    * "0x1" include only b25l 2023-11-03 2012-02-12 2009-09-19 9999-99-99 1700000000000 file http://[ application/xml
    http://127.0.0.1/devstoreaccount1/scratch/blob 100-continue preserve now`),
  ...['', 'Sat, 01 Jan 2000 00:00:00 GMT', `"a" = 'b'`],
]
const BODIES = [
  ...[
    '',
    'x',
    '&#0;',
    '<a><b></a>',
    '<Tags>',
    '<SignedIdentifiers/>',
    '<StorageServiceProperties/>',
    '{"permission":1}',
  ],
  '<?xml version="1.0"?><BlockList><Latest>b25l</Latest></BlockList>',
  '<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<__proto__><constructor/></__proto__>',
]
/** Everything that authorised garbage may touch begins with this. */
export const SCRATCH = 'scratch'
const PATHS = [
  '',
  ...words('# #/blob #/dir/file #2 #/%F0%9F%94%92 #/../x #//').map((path) => path.replace('#', SCRATCH)),
]
const UNREADABLE_PATHS = ['%', '%zz', '%ff%fe', '//', '$root', '?', 'a'.repeat(3000)]

const odd = fc.string({ unit: 'grapheme-ascii', maxLength: 20 })
const value = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...VALUES) }, odd)

/** Requests that make sense, to be spoilt: method, path, parameters, headers, and after the last bar the body. */
const SENSIBLE = [
  ...['PUT scratch restype=container', 'GET scratch restype=container', 'GET scratch restype=container&comp=list'],
  ...['PUT scratch restype=share', 'GET scratch restype=share', 'GET scratch restype=directory&comp=list'],
  ...[
    'PUT scratch/dir restype=directory',
    'DELETE scratch/dir restype=directory',
    'GET  comp=list',
    'DELETE scratch/blob',
  ],
  'PUT scratch restype=container&comp=lease x-ms-lease-action:acquire x-ms-lease-duration:15',
  'PUT scratch restype=share&comp=lease x-ms-lease-action:acquire x-ms-lease-duration:60',
  'PUT scratch restype=container&comp=lease x-ms-lease-action:break',
  'PUT scratch restype=container&comp=acl x-ms-blob-public-access:blob |<SignedIdentifiers/>',
  'PUT scratch restype=share&comp=metadata x-ms-meta-a:b',
  'PUT scratch restype=share&comp=snapshot',
  'PUT scratch/blob  x-ms-blob-type:BlockBlob |content',
  'PUT scratch/blob  x-ms-blob-type:PageBlob x-ms-blob-content-length:1024',
  'PUT scratch/blob  x-ms-blob-type:AppendBlob',
  'PUT scratch/blob  x-ms-type:file x-ms-content-length:1024',
  'PUT scratch/blob comp=range x-ms-write:update x-ms-range:bytes=0-6 |content',
  'PUT scratch/blob comp=page x-ms-page-write:clear x-ms-range:bytes=0-511',
  'PUT scratch/blob comp=appendblock |content',
  'PUT scratch/blob comp=block&blockid=b25l |content',
  'PUT scratch/blob comp=blocklist |<BlockList><Latest>b25l</Latest></BlockList>',
  'PUT scratch/blob comp=lease x-ms-lease-action:acquire x-ms-lease-duration:15',
  'PUT scratch/blob comp=lease x-ms-lease-action:acquire x-ms-lease-duration:-1',
  'PUT scratch/blob comp=lease x-ms-lease-action:renew x-ms-lease-id:11111111-2222-4333-8444-555555555555',
  'PUT scratch/blob comp=lease x-ms-lease-action:break x-ms-lease-break-period:0',
  'PUT scratch/blob comp=metadata x-ms-meta-a:b',
  'PUT scratch/blob comp=tags |<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>',
  'PUT scratch/blob comp=snapshot',
  'PUT scratch/copy  x-ms-copy-source:http://127.0.0.1/devstoreaccount1/scratch/blob',
  'PUT scratch/moved comp=rename x-ms-file-rename-source:http://127.0.0.1/devstoreaccount1/scratch/blob',
  ...['GET scratch/blob', 'HEAD scratch/blob', 'GET scratch/blob comp=rangelist', 'GET scratch/blob comp=blocklist'],
].map(parsed)

function parsed(text: string): OddRequest {
  const [head = '', body = ''] = text.split(' |')
  const [method = '', path = '', query = '', ...headers] = head.split(' ')
  const pair = (separator: string) => (each: string) => {
    const cut = each.indexOf(separator)
    return [each.slice(0, cut), each.slice(cut + 1)] as const
  }
  const parameters = query === '' ? [] : query.split('&').map(pair('='))
  return { method, path, query: parameters, headers: [['x-ms-version', '2023-11-03'], ...headers.map(pair(':'))], body }
}

const senseless: fc.Arbitrary<OddRequest> = fc.record({
  method: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('PUT', 'GET', 'HEAD', 'DELETE') },
    fc.constantFrom(...METHODS),
  ),
  path: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PATHS) }, fc.constantFrom(...UNREADABLE_PATHS)),
  query: fc
    .tuple(
      fc.option(fc.oneof(fc.constantFrom(...COMPS), odd), { nil: undefined, freq: 4 }),
      fc.option(fc.oneof(fc.constantFrom(...RESTYPES), odd), { nil: undefined }),
      fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), value), { maxLength: 2 }),
    )
    .map(([comp, restype, more]) => {
      const named = [
        ...(comp === undefined ? [] : [['comp', comp]]),
        ...(restype === undefined ? [] : [['restype', restype]]),
      ]
      return [...new Map([...named, ...more] as [string, string][])]
    }),
  headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), value), { maxLength: 6 }).map((all) => [...new Map(all)]),
  body: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...BODIES) }, odd),
})

/** A sensible request with up to three things changed. */
const spoilt: fc.Arbitrary<OddRequest> = fc
  .record({
    request: fc.constantFrom(...SENSIBLE),
    headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), value), { maxLength: 2 }),
    query: fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), value), { maxLength: 1 }),
    body: fc.option(fc.constantFrom(...BODIES), { nil: undefined, freq: 3 }),
  })
  .map(({ request, headers, query, body }) => ({
    ...request,
    headers: [...new Map([...request.headers, ...headers])],
    query: [...new Map([...request.query, ...query])],
    body: body ?? request.body,
  }))

export const oddRequests: fc.Arbitrary<OddRequest> = fc.oneof(senseless, { weight: 2, arbitrary: spoilt })

/** Bytes for a socket: noise, pieces of HTTP in any order, and requests that were damaged on the way. */
export const oddBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.constantFrom(
        ...[
          'GET ',
          'PUT /devstoreaccount1/kept',
          ' HTTP/1.1',
          '\r\n',
          '\n',
          'Host: x',
          'Content-Length: 5',
          '\r\n\r\n',
        ],
        ...[
          'Transfer-Encoding: chunked',
          '5\r\nhello\r\n',
          '0\r\n\r\n',
          'ffffffffffffffff\r\n',
          'Content-Length: -1',
          '\0',
        ],
        ...[
          'x-ms-version: 2023-11-03',
          ': ',
          'Expect: 100-continue',
          'Connection: upgrade\r\nUpgrade: h2c',
          'CONNECT a:1',
          ' ',
        ],
      ),
      { maxLength: 14 },
    )
    .map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
  fc.tuple(oddRequests, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean()).map(([request, place, byte, cut]) => {
    const bytes = Buffer.from(asText(request), 'latin1')
    if (cut) return bytes.subarray(0, place % bytes.length)
    bytes[place % bytes.length] = byte
    return bytes
  }),
)

function asText({ method, path, query, headers, body }: OddRequest): string {
  const lines = headers.map(([name, text]) => `${name}: ${text}\r\n`).join('')
  return `${method} /devstoreaccount1/${path}${queryText(query)} HTTP/1.1\r\nhost: x\r\n${lines}content-length: ${body.length}\r\n\r\n${body}`
}

/** With its question mark. */
export function queryText(query: OddRequest['query']): string {
  return query.map(([name, text], i) => `${i === 0 ? '?' : '&'}${name}=${encodeURIComponent(text)}`).join('')
}
