import { describe, expect, test } from 'vitest'
import { expandedBatch, isBatch } from './batch.ts'
import { importRecording } from './import-recording.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

const REQUEST = [
  '--batch_1',
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  'Content-ID: 0',
  '',
  'DELETE /box/a HTTP/1.1',
  'x-ms-lease-id: 11111111-2222-4333-8444-555555555555',
  'Content-Length: 0',
  '',
  '--batch_1',
  'Content-Type: application/http',
  'Content-ID: 1',
  '',
  'PUT https://account.blob.core.windows.net/box/b?comp=tier HTTP/1.1',
  'x-ms-access-tier: Cool',
  'x-ms-version: 2019-12-12',
  '',
  '',
  '--batch_1--',
  '',
]
const REFUSED = [
  'HTTP/1.1 412 The lease ID specified did not match.',
  'x-ms-error-code: LeaseIdMismatchWithBlobOperation',
  'Content-Type: application/xml',
  '',
  '<?xml version="1.0"?>',
  '<Error><Code>LeaseIdMismatchWithBlobOperation</Code></Error>',
]
const ACCEPTED = ['HTTP/1.1 200 OK', 'x-ms-version: 2019-12-12', '']
const part = (id: string | undefined, lines: readonly string[]) => [
  '--batchresponse_1',
  'Content-Type: application/http',
  ...(id === undefined ? [] : [`Content-ID: ${id}`]),
  '',
  ...lines,
]
/** The service need not answer in the order of the requests. */
const ANSWER = [...part('1', ACCEPTED), ...part('0', REFUSED), '--batchresponse_1--']

function batch(lines: readonly string[] = ANSWER, end = '\r\n'): RecordedExchange {
  return {
    place: '7',
    method: 'POST',
    url: 'https://account.blob.core.windows.net/?comp=batch',
    requestHeaders: { 'x-ms-version': '2019-02-02', 'content-type': 'multipart/mixed; boundary=REDACTED' },
    status: 202,
    responseHeaders: { date: 'Fri, 02 Aug 2019 03:00:03 GMT', 'content-type': 'multipart/mixed; boundary=REDACTED' },
    responseBody: lines.join(end),
  }
}

const DELETED = {
  place: '7.0',
  method: 'DELETE',
  url: 'https://account.blob.core.windows.net/box/a',
  requestHeaders: {
    'x-ms-version': '2019-02-02',
    'x-ms-lease-id': '11111111-2222-4333-8444-555555555555',
    'content-length': '0',
  },
  status: 412,
  responseHeaders: {
    date: 'Fri, 02 Aug 2019 03:00:03 GMT',
    'x-ms-error-code': 'LeaseIdMismatchWithBlobOperation',
    'content-type': 'application/xml',
  },
  responseBody: '<?xml version="1.0"?>\n<Error><Code>LeaseIdMismatchWithBlobOperation</Code></Error>',
}
const TIER = {
  place: '7.1',
  method: 'PUT',
  url: 'https://account.blob.core.windows.net/box/b?comp=tier',
  requestHeaders: { 'x-ms-version': '2019-12-12', 'x-ms-access-tier': 'Cool' },
  status: 200,
  responseHeaders: { date: 'Fri, 02 Aug 2019 03:00:03 GMT', 'x-ms-version': '2019-12-12' },
  responseBody: '',
}

test.each(['\r\n', '\n'])('each request in a batch is an exchange of its own (%j)', (end) => {
  expect(expandedBatch(batch(ANSWER, end), REQUEST.join(end))).toEqual([DELETED, TIER])
})

test('answers without a number are in the order of the requests', () => {
  const answer = [...part(undefined, REFUSED), ...part(undefined, ACCEPTED), '--batchresponse_1--']
  expect(expandedBatch(batch(answer), REQUEST.join('\r\n'))).toEqual([DELETED, TIER])
})

test('a request that was not answered is left out', () => {
  const answer = [...part('1', ACCEPTED), '--batchresponse_1--']
  expect(expandedBatch(batch(answer), REQUEST.join('\r\n'))).toEqual([TIER])
})

describe('a batch stays one exchange', () => {
  const refusedAtAll = [...part(undefined, REFUSED), '--batchresponse_1--']
  test.each([
    ['its request was not recorded', batch(), ''],
    ['its answer was not recorded', batch([]), REQUEST.join('\r\n')],
    ['it was refused as a whole', batch(refusedAtAll), REQUEST.join('\r\n')],
    ['it is no batch inside', batch(['--batchresponse_1', 'nonsense']), '--batch_1\r\nnonsense'],
  ])('if %s', (_, exchange, request) => {
    expect(expandedBatch(exchange, request)).toEqual([exchange])
  })
})

test('a batch is known by method and query', () => {
  const url = 'https://account.blob.core.windows.net/box?restype=container&comp=batch'
  expect(isBatch({ ...batch(), url })).toBe(true)
  expect(isBatch({ ...batch(), url, method: 'PUT' })).toBe(false)
  expect(isBatch({ ...batch(), url: 'https://account.blob.core.windows.net/box?comp=batches' })).toBe(false)
})

test.each([
  ['lines', (text: string) => text.split(/(?<=\n)/)],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
])('a batch in a recording has bodies of %s', (_, written) => {
  const { url, requestHeaders, responseHeaders, responseBody } = batch()
  const entry = (changes: object) => ({
    RequestUri: url,
    RequestMethod: 'POST',
    RequestHeaders: requestHeaders,
    StatusCode: 202,
    ResponseHeaders: responseHeaders,
    ...changes,
  })
  const Entries = [
    entry({ RequestMethod: 'GET' }),
    entry({ RequestBody: written(REQUEST.join('\r\n')), ResponseBody: written(responseBody) }),
  ]
  const read = importRecording(JSON.stringify({ Entries }), 'a.json')
  const found = 'recordings' in read ? read.recordings[0]!.exchanges.map(({ place, status }) => [place, status]) : read
  expect(found).toEqual([
    ['0', 202],
    ['1.0', 412],
    ['1.1', 200],
  ])
})
