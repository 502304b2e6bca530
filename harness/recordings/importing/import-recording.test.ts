import { describe, expect, test } from 'vitest'
import { importRecording } from './import-recording.ts'
import type { RecordedExchange, Recording } from './recorded-exchange.ts'

const ACQUIRED: RecordedExchange = {
  place: '0',
  method: 'PUT',
  url: 'https://account.blob.core.windows.net/box/a?comp=lease',
  requestHeaders: { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '15' },
  status: 201,
  responseHeaders: { date: 'Fri, 02 Aug 2019 03:00:03 GMT', 'x-ms-lease-id': 'a2f02126-0000-456a-86d5-ec0e29037610' },
  responseBody: '',
}

function recordingsOf(content: Uint8Array | string): readonly Recording[] {
  const read = importRecording(content, 'the-file')
  if ('error' in read) throw new Error(read.error)
  return read.recordings
}

function exchangesOf(content: Uint8Array | string): readonly RecordedExchange[] {
  return recordingsOf(content).flatMap(({ exchanges }) => exchanges)
}

describe('test-proxy JSON', () => {
  const ENTRY = {
    RequestUri: ACQUIRED.url,
    RequestMethod: 'PUT',
    RequestHeaders: { 'x-ms-lease-action': 'acquire', 'X-Ms-Lease-Duration': ['15'] },
    RequestBody: null,
    StatusCode: 201,
    ResponseHeaders: {
      Date: ACQUIRED.responseHeaders.date,
      'x-ms-lease-id': ACQUIRED.responseHeaders['x-ms-lease-id'],
    },
    ResponseBody: null,
  }
  const entries = (...changes: readonly object[]) =>
    JSON.stringify({ Entries: changes.map((change) => ({ ...ENTRY, ...change })), Variables: {} }, null, 2)
  const bodyOf = (ResponseBody: unknown, type?: string) =>
    exchangesOf(entries({ ResponseBody, ResponseHeaders: type === undefined ? {} : { 'Content-Type': type } }))[0]!
      .responseBody

  test('is read with the names of headers in lower case', () => {
    expect(recordingsOf(entries({}))).toEqual([
      { source: 'the-file', format: 'test-proxy', count: 1, exchanges: [ACQUIRED] },
    ])
  })

  test('joins the values of a header', () => {
    const [{ responseHeaders }] = exchangesOf(entries({ ResponseHeaders: { Server: ['A/1', 'B/2'] } })) as [
      RecordedExchange,
    ]
    expect(responseHeaders).toEqual({ server: 'A/1, B/2' })
  })

  test('does not know what was sent where there are no request headers', () => {
    expect(
      exchangesOf(entries({ RequestHeaders: {} }, { RequestHeaders: null })).map((each) => each.requestHeaders),
    ).toEqual([undefined, undefined])
  })

  test.each([
    ['lines', ['<Code>A</Code>\n', 'B'], 'application/xml', '<Code>A</Code>\nB'],
    ['a string', '<Code>A</Code>', 'application/xml', '<Code>A</Code>'],
    ['JSON', { error: { code: 'A' } }, 'application/json;charset=utf-8', '{"error":{"code":"A"}}'],
    ['base64, where no type tells', Buffer.from('<Code>A</Code>').toString('base64'), undefined, '<Code>A</Code>'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x80]).toString('base64'), 'application/octet-stream', ''],
    ['nothing', null, 'application/xml', ''],
  ])('has a body of %s', (_, body, type, text) => {
    expect(bodyOf(body, type)).toBe(text)
  })

  test('may begin with a byte order mark, in UTF-8 and UTF-16', () => {
    const text = `\ufeff${entries({})}`
    const swapped = Buffer.from(text, 'utf16le').swap16()
    for (const bytes of [text, Buffer.from(text), Buffer.from(text, 'utf16le'), swapped]) {
      expect(exchangesOf(bytes)).toEqual([ACQUIRED])
    }
  })

  test('that was appended to is several recordings, whose entries are counted through', () => {
    const recordings = recordingsOf(`${entries({}, {})}\n${entries({})}\n`)
    expect(recordings.map(({ source, exchanges }) => [source, exchanges.map(({ place }) => place)])).toEqual([
      ['the-file (document 1)', ['0', '1']],
      ['the-file (document 2)', ['2']],
    ])
    const inLines = [entries({}), entries({})].map((text) => JSON.stringify(JSON.parse(text))).join('\n')
    expect(recordingsOf(inLines).map(({ exchanges }) => exchanges.length)).toEqual([1, 1])
  })

  test('leaves out what was never answered, and keeps the places', () => {
    expect(exchangesOf(entries({}, { StatusCode: 0 }, {})).map(({ place }) => place)).toEqual(['0', '2'])
  })

  test('that names its host in any way is read', () => {
    const [{ url }] = exchangesOf(entries({ RequestUri: 'https://Sanitized.blob.core.windows.net/c' })) as [
      RecordedExchange,
    ]
    expect(url).toBe('https://Sanitized.blob.core.windows.net/c')
  })
})

describe('VCR YAML', () => {
  const HEADERS = `
    headers:
      x-ms-lease-action: [acquire]
      x-ms-lease-duration: ['15']
    method: PUT
    uri: https://account.blob.core.windows.net/box/a?comp=lease`

  test('of aiohttp has header names that are Python objects, and other objects; none is made', () => {
    const exchanges = exchangesOf(`interactions:
- request:
    body: !!python/object/new:_io.BytesIO
      state: !!python/tuple
      - !!binary |
        AAECAw==
      - 0
      - null${HEADERS}
  response:
    body: {string: !!python/unicode ''}
    headers:
      ? !!python/object/new:multidict._istr.istr
      - Date
      : Fri, 02 Aug 2019 03:00:03 GMT
      ? !!python/object/apply:multidict._multidict.istr [X-Ms-Lease-Id]
      : a2f02126-0000-456a-86d5-ec0e29037610
    status: {code: 201, message: Created}
    url: !!python/object/new:yarl.URL
      state: !!python/tuple
      - !!python/object/new:urllib.parse.SplitResult
        - https
        - account.blob.core.windows.net
version: 1
`)
    expect(exchanges).toEqual([ACQUIRED])
  })

  test.each([
    ['of a scalar', 'extra: !!python/name:os.system ""'],
    ['of a sequence', 'extra: !!python/object/apply:os.system ["false"]'],
    ['of a mapping', 'extra: !!python/object/apply:subprocess.check_call {args: ["false"]}'],
    ['of another language', 'extra: !ruby/object:Net::HTTPOK {}'],
    ['of anybody', 'extra: !<tag:example.org,2020:thing> [a]'],
    ['that YAML knows, on something else', 'extra: !!int [a, {b: !!set c}]'],
    ['an anchor used twice', 'extra: &id001 [a]\n  more: *id001'],
    ['an anchor that holds itself', 'extra: &id001 [*id001]'],
    ['a key that stands twice', 'extra: 1\n  extra: 2'],
  ])('may have a tag %s', (_, line) => {
    const exchanges = exchangesOf(`interactions:
- request:
    body: null${HEADERS}
  response:
    headers:
      Date: ['Fri, 02 Aug 2019 03:00:03 GMT']
      x-ms-lease-id: a2f02126-0000-456a-86d5-ec0e29037610
    status: {code: 201}
  ${line}
`)
    expect(exchanges).toEqual([ACQUIRED])
  })

  test.each([
    ['a string', '"\\uFEFF<Code>A</Code>"', '\ufeff<Code>A</Code>'],
    ['an object with a string', '{string: "<Code>A</Code>"}', '<Code>A</Code>'],
    ['an object with base64', '{base64_string: PENvZGU+QTwvQ29kZT4=}', '<Code>A</Code>'],
    ['bytes', '!!binary PENvZGU+QTwvQ29kZT4=', '<Code>A</Code>'],
    ['an object with bytes', '{string: !!binary PENvZGU+QTwvQ29kZT4=}', '<Code>A</Code>'],
    ['bytes that are no text', '{string: !!binary //79}', ''],
    ['bytes that are damaged', '{string: !!binary "!"}', ''],
    ['nothing', 'null', ''],
  ])('has a body that is %s', (_, body, text) => {
    const [exchange] = exchangesOf(`interactions:
- request: {method: GET, uri: 'https://a/b'}
  response: {status: {code: 200}, body: ${body}}
`)
    expect(exchange?.responseBody).toBe(text)
  })

  test('of Go has several documents, which are recordings of their own', () => {
    const document = `---
version: 1
interactions:
- request:
    body: ""
    form: {}
    headers:
      X-Ms-Lease-Action:
      - acquire
      X-Ms-Lease-Duration:
      - "15"
    url: https://account.blob.core.windows.net/box/a?comp=lease
    method: PUT
  response:
    body: ""
    headers:
      Date:
      - Fri, 02 Aug 2019 03:00:03 GMT
      X-Ms-Lease-Id:
      - a2f02126-0000-456a-86d5-ec0e29037610
    status: 201 Created
    code: 201
    duration: 58.33ms
`
    expect(exchangesOf(document)).toEqual([ACQUIRED])
    expect(recordingsOf(document + document).map(({ source, exchanges }) => [source, exchanges])).toEqual([
      ['the-file (document 1)', [ACQUIRED]],
      ['the-file (document 2)', [{ ...ACQUIRED, place: '1' }]],
    ])
  })
})

describe('HAR', () => {
  const PAIRS = (headers: object) => Object.entries(headers).map(([name, value]) => ({ name, value }))
  const archive = (...changes: readonly object[]) =>
    JSON.stringify({
      log: {
        version: '1.2',
        entries: changes.map((change) => ({
          startedDateTime: '2019-08-02T03:00:03.250Z',
          request: { method: 'PUT', url: ACQUIRED.url, headers: PAIRS(ACQUIRED.requestHeaders!) },
          response: { status: 201, headers: PAIRS(ACQUIRED.responseHeaders), content: { size: 0 }, ...change },
        })),
      },
    })

  test('tells when a request was sent', () => {
    expect(recordingsOf(archive({}))).toEqual([
      { source: 'the-file', format: 'har', count: 1, exchanges: [{ ...ACQUIRED, sentMs: 1564714803250 }] },
    ])
  })

  test('may have a body in base64, and requests without an answer', () => {
    const exchanges = exchangesOf(archive({ status: 0 }, { content: { text: 'PENvZGU+', encoding: 'base64' } }))
    expect(exchanges.map(({ place, responseBody }) => [place, responseBody])).toEqual([['1', '<Code>']])
  })

  test('may have a header several times', () => {
    const headers = PAIRS({ Server: 'A', server: 'B' })
    expect(exchangesOf(archive({ headers }))[0]!.responseHeaders).toEqual({ server: 'A, B' })
  })
})

describe('what the SDKs recorded before the test proxy', () => {
  const EXPECTED = [{ ...ACQUIRED, requestHeaders: undefined }]

  test('for Java and C++ has an answer with everything in it', () => {
    const call = {
      Method: 'PUT',
      Uri: ACQUIRED.url,
      Headers: { 'x-ms-version': '2020-06-12' },
      Response: { ...ACQUIRED.responseHeaders, StatusCode: '201', Body: '' },
      Exception: null,
    }
    expect(exchangesOf(JSON.stringify({ networkCallRecords: [call], variables: [] }))).toEqual(EXPECTED)
  })

  test('for browsers has the query apart', () => {
    const recording = {
      method: 'PUT',
      url: 'https://account.blob.core.windows.net/box/a',
      query: { comp: 'lease' },
      requestBody: null,
      status: 201,
      response: '',
      responseHeaders: ACQUIRED.responseHeaders,
    }
    expect(exchangesOf(JSON.stringify({ recordings: [recording], uniqueTestInfo: {} }))).toEqual(EXPECTED)
  })
})

describe('what is no recording', () => {
  test.each([
    ['an empty file', '', 'it is empty'],
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'it is no text'],
    ['a package', '{"name": "x", "version": "1.0.0"}', 'it holds none of Entries'],
    ['a list', '[1, 2]', 'it holds none of Entries'],
    ['other YAML', 'on: push\njobs: {}\n', 'it holds none of Entries'],
    ['a page', '<!doctype html>', 'it holds none of Entries'],
  ])('is said of %s', (_, content, what) => {
    const read = importRecording(content, 'the-file')
    expect(read).toMatchObject({ reason: 'not a recording' })
    expect('error' in read && read.error).toMatch(
      new RegExp(`^the-file: ${what}.*; name recordings as test-proxy JSON`),
    )
  })
})

describe('what is damaged', () => {
  test.each([
    ['JSON that ends', '{"Entries": [{', 'it is no valid JSON, since it ends too early'],
    ['JSON with something wrong', '{"Entries": [\n{"a": x}]}', 'it is no valid JSON'],
    ['YAML with something wrong', 'interactions:\n- request: {a: b\n', 'it is no valid YAML in line 3'],
    ['an entry without URL', '{"Entries": [{"RequestMethod": "PUT"}]}', 'entry 0, counted from 0, has no absolute URL'],
    ['an entry that is none', 'interactions:\n- 5\n', 'entry 0, counted from 0, has no method'],
    [
      'no answer',
      'interactions:\n- request: {method: GET, uri: "https://a"}\n',
      'entry 0, counted from 0, has no status',
    ],
    ['sessions with something wrong', '{"path": "a", "steps": []}', 'line 1: it is no recorded session'],
  ])('is %s', (_, content, what) => {
    const read = importRecording(content, 'the-file')
    expect(read).toMatchObject({ reason: 'damaged' })
    expect('error' in read && read.error).toContain(`the-file: ${what}`)
    expect('error' in read && read.error).toMatch(/; record it again, or leave it out$/)
  })

  test('is told in one line, and without what is in the file', () => {
    const secret = 'sig=c2VjcmV0'
    for (const content of [`{"Entries": [${secret}]}`, `interactions: [${secret}`, `interactions:\n- *${secret}\n`]) {
      const read = importRecording(content, 'a\nb')
      expect('error' in read && read.error).toMatch(/^a\\u\{a\}b: it is no valid/)
      expect('error' in read && read.error).not.toContain(secret)
    }
  })
})
