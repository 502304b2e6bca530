import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importRecording } from './import-recording.ts'
import type { RecordedExchange } from './recorded-exchange.ts'
import { WRITERS, withoutType } from './testing/written-recording.ts'

const NAME = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
/** Values as lease headers have them, and what YAML could take for a number, a date, a truth, nothing or a structure. */
const VALUE = fc.oneof(
  fc.uuid(),
  fc.constantFrom(
    '60',
    '-1',
    'true',
    'null',
    '~',
    'no',
    '',
    '*',
    '"0x8D1"',
    "it's",
    '2019-02-02',
    '0x1F',
    '1e3',
    '1:30',
  ),
  fc.constantFrom(
    '# no comment',
    'a: b',
    'a #b',
    '- a',
    '[a]',
    '{a: b}',
    '!tag',
    '&a',
    '*a',
    '? a',
    '| a',
    'a:',
    "'",
    '%a',
  ),
  fc.constantFrom('Fri, 02 Aug 2019 03:00:04 GMT', 'a  b', `long ${'words and '.repeat(20)}end`, 'é ß 日本'),
  fc.stringMatching(/^[ -~]{0,12}$/).map((text) => text.replaceAll(', ', ',').trim()),
)
const HEADERS = fc
  .dictionary(
    NAME.map((name) => `x-ms-${name}`),
    VALUE,
    { maxKeys: 5 },
  )
  .map((headers) => ({ 'x-ms-version': '2019-02-02', ...headers }))
const BODY = fc.oneof(
  fc.constant(''),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '<', '&', '"', "'", '\\', 'é', ':', '#', '- ') }),
  fc.constant('\ufeff<?xml version="1.0"?><Error><Code>LeaseIdMissing</Code>\nTime: now</Error>'),
)

const EXCHANGE: fc.Arbitrary<RecordedExchange> = fc.record({
  place: fc.constant('0'),
  method: fc.constantFrom('GET', 'PUT', 'DELETE', 'HEAD', 'POST', 'PATCH'),
  url: fc
    .tuple(NAME, NAME, fc.constantFrom('', '?comp=lease', '?comp=lease&restype=container', '?a=%20b#c'))
    .map(([account, path, query]) => `https://${account}.blob.core.example/${path}${query}`),
  requestHeaders: fc.option(HEADERS, { nil: undefined }),
  status: fc.integer({ min: 100, max: 599 }),
  responseHeaders: HEADERS.map((headers) => ({ ...headers, 'content-type': 'application/xml' })),
  responseBody: BODY,
})
const EXCHANGES = fc
  .array(EXCHANGE, { maxLength: 4 })
  .map((exchanges) => exchanges.map((exchange, place) => ({ ...exchange, place: String(place) })))

describe('what was written is read', () => {
  test.each(Object.entries(WRITERS))('%s', (name, write) => {
    fc.assert(
      fc.property(EXCHANGES, fc.boolean(), (exchanges, asBytes) => {
        const text = write(exchanges)
        const read = importRecording(asBytes ? Buffer.from(text) : text, 'file')
        const expected = name === 'test proxy, base64' ? exchanges.map(withoutType) : exchanges
        expect('recordings' in read && read.recordings.map((recording) => recording.exchanges)).toEqual([expected])
      }),
    )
  })
})
