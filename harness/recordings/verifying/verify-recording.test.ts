import { describe, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { RecordedExchange, RecordedHeaders } from '../importing/recorded-exchange.ts'
import { type ExchangeVerdict, verifyRecording } from './verify-recording.ts'

const rules = compile(RULES)

const A = '1ea5e1d5-0000-4000-8000-00000000000a'
const B = '1ea5e1d5-0000-4000-8000-00000000000b'
const CONTAINER = 'https://ours.blob.core.windows.net/c'
const BLOB = `${CONTAINER}/b`
const SHARE = 'https://ours.file.core.windows.net/s'

interface More {
  readonly headers?: RecordedHeaders
  readonly answer?: RecordedHeaders
  readonly body?: string
  /** Seconds since the first request. */
  readonly at?: number
}

function told(
  asked: string,
  status: number,
  { headers = {}, answer = {}, body = '', at = 0 }: More = {},
): RecordedExchange {
  const [method, url] = asked.split(' ') as [string, string]
  const date = new Date(Date.UTC(2030, 0, 1) + at * 1000).toUTCString()
  return {
    place: '',
    method,
    url,
    requestHeaders: { 'x-ms-version': '2023-11-03', ...headers },
    status,
    responseHeaders: { date, ...answer },
    responseBody: body,
  }
}

const tagged = (value: string) => ({ etag: `"${value}"`, 'last-modified': 'Tue, 01 Jan 2030 00:00:00 GMT' })
const lease = (on: string, action: string, status: number, more: More = {}) =>
  told(`PUT ${on}${on.includes('?') ? '&' : '?'}comp=lease`, status, {
    ...more,
    headers: { 'x-ms-lease-action': action, ...more.headers },
    answer: { ...tagged(on === BLOB ? '1' : '0'), ...more.answer },
  })
const acquire = (on: string, seconds: string, more: More = {}) =>
  lease(on, 'acquire', 201, {
    ...more,
    headers: { 'x-ms-lease-duration': seconds, 'x-ms-proposed-lease-id': A },
    answer: { 'x-ms-lease-id': A, ...more.answer },
  })
const refusedWith = (code: string, at = 0): More => ({ at, answer: { 'x-ms-error-code': code } })
const CREATED = told(`PUT ${CONTAINER}?restype=container`, 201, { answer: tagged('0') })
const PUT_BLOB = told(`PUT ${BLOB}`, 201, { headers: { 'x-ms-blob-type': 'BlockBlob' }, answer: tagged('1') })

function verified(...exchanges: readonly RecordedExchange[]): readonly ExchangeVerdict[] {
  const placed = exchanges.map((each, place) => ({ ...each, place: String(place) }))
  return verifyRecording(rules, { source: 'a test', format: 'har', count: 1, exchanges: placed })
}

/** Each verdict in a word or two. */
function results(...exchanges: readonly RecordedExchange[]): readonly string[] {
  return verified(...exchanges).map((verdict) => {
    if (verdict.result === 'not judgeable') return verdict.why.name
    if (verdict.result !== 'unexplained') return verdict.result
    return verdict.divergences.map(({ field, observed }) => `${field}: ${observed}`).join('; ')
  })
}

describe('what is recorded is judged', () => {
  test('a session from the creation on', () => {
    const session = [
      CREATED,
      PUT_BLOB,
      acquire(BLOB, '15'),
      told(`DELETE ${BLOB}`, 412, refusedWith('LeaseIdMissing')),
      lease(BLOB, 'break', 202, { answer: { 'x-ms-lease-time': '14' } }),
    ]
    expect(results(...session)).toEqual(session.map(() => 'explained'))
    expect(verified(...session).map(({ onLease }) => onLease)).toEqual([false, false, true, false, true])
  })

  test.each<[string, readonly RecordedExchange[], string]>([
    ['a status', [acquire(BLOB, '15'), told(`DELETE ${BLOB}`, 202)], 'status: 202'],
    ['a code', [acquire(BLOB, '15'), told(`DELETE ${BLOB}`, 412, refusedWith('LeaseLost'))], 'code: LeaseLost'],
    ['a lease id', [acquire(BLOB, '15', { answer: { 'x-ms-lease-id': B } })], 'x-ms-lease-id: another lease id'],
    [
      'a lease time',
      [acquire(BLOB, '15'), lease(BLOB, 'break', 202, { at: 1, answer: { 'x-ms-lease-time': '29' } })],
      'x-ms-lease-time: another time',
    ],
    [
      'a state',
      [
        acquire(BLOB, '-1'),
        told(`HEAD ${BLOB}`, 200, {
          answer: {
            ...tagged('1'),
            'x-ms-lease-state': 'broken',
            'x-ms-lease-status': 'locked',
            'x-ms-lease-duration': 'infinite',
          },
        }),
      ],
      'x-ms-lease-state: broken',
    ],
  ])('%s that cannot be is found', (_, exchanges, found) => {
    expect(results(CREATED, PUT_BLOB, ...exchanges).at(-1)).toContain(found)
  })

  test('after an answer that nothing explains, what follows is judged as if nothing were known', () => {
    const broken = [acquire(BLOB, '-1'), lease(BLOB, 'release', 201, { headers: { 'x-ms-lease-id': A } })]
    const after = told(`DELETE ${BLOB}`, 412, refusedWith('LeaseIdMissing'))
    expect(results(CREATED, PUT_BLOB, ...broken, after).slice(-2)).toEqual(['status: 201', 'explained'])
  })

  test('a lease that ran out by the dates of the answers can be acquired', () => {
    const again = (at: number) =>
      lease(BLOB, 'acquire', 201, {
        at,
        headers: { 'x-ms-lease-duration': '15' },
        answer: { 'x-ms-lease-id': B },
      })
    expect(results(CREATED, PUT_BLOB, acquire(BLOB, '15'), again(19)).at(-1)).toBe('explained')
    expect(results(CREATED, PUT_BLOB, acquire(BLOB, '15'), again(9)).at(-1)).toBe('status: 201')
  })

  test('a listing shows the leases of what the recording is about, and of nothing else', () => {
    const listing = (state: string) =>
      told(`GET ${CONTAINER}?restype=container&comp=list`, 200, {
        body: `<EnumerationResults><Blobs>
          <Blob><Name>b</Name><Snapshot>2030</Snapshot><Properties/></Blob>
          <Blob><Name>b</Name><Properties><LeaseStatus>locked</LeaseStatus><LeaseState>${state}</LeaseState><LeaseDuration>infinite</LeaseDuration></Properties></Blob>
          <Blob><Name>another</Name><Properties><LeaseStatus>locked</LeaseStatus><LeaseState>odd</LeaseState></Properties></Blob>
        </Blobs></EnumerationResults>`,
      })
    const before = [CREATED, PUT_BLOB, acquire(BLOB, '-1')]
    expect(results(...before, listing('leased')).at(-1)).toBe('explained')
    expect(results(...before, listing('breaking')).at(-1)).toContain('x-ms-lease-state: breaking')
    expect(results(listing('leased'))).toEqual(['beside'])
  })
})

describe('a recording may begin in the middle', () => {
  test('the first answers show in which state it began, and later ones have to fit', () => {
    const held = told(`PUT ${BLOB}?comp=metadata`, 200, { headers: { 'x-ms-lease-id': A }, answer: tagged('2') })
    const refused = told(`PUT ${BLOB}?comp=metadata`, 412, {
      ...refusedWith('LeaseIdMismatchWithBlobOperation'),
      headers: { 'x-ms-lease-id': B },
    })
    const renewed = lease(BLOB, 'renew', 200, {
      headers: { 'x-ms-lease-id': B },
      answer: { ...tagged('2'), 'x-ms-lease-id': B },
    })
    expect(results(held, refused)).toEqual(['explained', 'explained'])
    expect(results(held, renewed).at(-1)).toBe('status: 200')
  })

  test('files hold several runs, and every run begins anew', () => {
    const run = [CREATED, acquire(`${CONTAINER}?restype=container`, '-1')]
    expect(results(...run, ...run)).toEqual(['explained', 'explained', 'explained', 'explained'])
    const later = run
      .slice(1)
      .map((each) => ({ ...each, responseHeaders: { ...each.responseHeaders, date: 'Sun, 01 Dec 2030 00:00:00 GMT' } }))
    const other = {
      ...later[0]!,
      requestHeaders: { ...later[0]!.requestHeaders, 'x-ms-proposed-lease-id': B },
      responseHeaders: { ...later[0]!.responseHeaders, 'x-ms-lease-id': B },
    }
    expect(results(...run, other).at(-1)).toBe('explained')
  })

  test('resources of one name in two services are two', () => {
    const share = told(`PUT ${SHARE}?restype=share`, 201, { answer: tagged('0') })
    const container = told('PUT https://ours.blob.core.windows.net/s?restype=container', 201, { answer: tagged('0') })
    expect(results(share, container)).toEqual(['explained', 'explained'])
  })
})

describe('what cannot be judged is said, with the reason', () => {
  const taken = { 'x-ms-lease-id': A }
  test.each<[string, readonly RecordedExchange[], string]>([
    [
      'an operation that the model does not know',
      [told(`PUT ${BLOB}?comp=incrementalcopy`, 202)],
      'operation not known',
    ],
    ['a renamed directory', [told(`PUT ${SHARE}/d?restype=directory&comp=rename`, 200)], 'operation not known'],
    ['no request headers', [{ ...lease(BLOB, 'renew', 200), requestHeaders: undefined }], 'no request headers'],
    ['an id that was taken out', [lease(BLOB, 'renew', 200, { answer: taken })], 'lease headers taken out'],
    [
      'an id that was replaced',
      [lease(BLOB, 'renew', 409, { headers: { 'x-ms-lease-id': 'Sanitized' } })],
      'value replaced',
    ],
    [
      'the secondary endpoint',
      [told('HEAD https://ours-secondary.blob.core.windows.net/c/b', 200)],
      'secondary endpoint',
    ],
    [
      'a path of Data Lake',
      [told('PUT https://ours.dfs.core.windows.net/c/b?resource=file', 201)],
      'hierarchical namespace',
    ],
    ['an old version', [told(`DELETE ${BLOB}?versionid=2030-01-01T00:00:00.0000000Z`, 202)], 'old version of a blob'],
    ['missing permission', [lease(BLOB, 'break', 403, refusedWith('AuthorizationFailure'))], 'not authorized'],
    ['a busy service', [lease(BLOB, 'break', 503, refusedWith('ServerBusy'))], 'throttled'],
    [
      'a refusal for another reason',
      [told(`PUT ${BLOB}`, 400, refusedWith('Md5Mismatch'))],
      'refused for another reason',
    ],
    [
      'several conditions',
      [
        told(`DELETE ${BLOB}`, 202, {
          headers: { 'if-match': '"1"', 'if-unmodified-since': 'Tue, 01 Jan 2030 00:00:00 GMT' },
        }),
      ],
      'several conditions',
    ],
  ])('%s', (_, exchanges, why) => {
    expect(results(...exchanges).at(-1)).toBe(why)
  })

  test('what was done by an operation that nobody knows may have been anything', () => {
    const unknown = told(`PUT ${BLOB}?comp=incrementalcopy`, 202)
    const free = lease(BLOB, 'acquire', 201, {
      headers: { 'x-ms-lease-duration': '-1' },
      answer: { 'x-ms-lease-id': B },
    })
    expect(results(CREATED, PUT_BLOB, acquire(BLOB, '-1'), free).at(-1)).toBe('status: 201')
    expect(results(CREATED, PUT_BLOB, acquire(BLOB, '-1'), unknown, free).at(-1)).toBe('explained')
  })

  test('a container in an account with a hierarchical namespace is judged like any other', () => {
    const path = told('PUT https://ours.dfs.core.windows.net/c/b?resource=file', 201)
    expect(results(CREATED, path, acquire(`${CONTAINER}?restype=container`, '-1'), acquire(BLOB, '-1'))).toEqual([
      'explained',
      'hierarchical namespace',
      'explained',
      'hierarchical namespace',
    ])
  })

  test('directories and properties of a service have no lease', () => {
    const requests = [
      told(`PUT ${SHARE}/d?restype=directory`, 201),
      told(`GET ${CONTAINER}?restype=service&comp=properties`, 200),
    ]
    expect(results(...requests)).toEqual(['beside', 'beside'])
  })
})

describe('where a recording is incomplete or early, what is missing is not held against it', () => {
  test('a refusal without a code, and ETags that were left out', () => {
    expect(results(CREATED, PUT_BLOB, acquire(BLOB, '-1'), told(`DELETE ${BLOB}`, 412)).at(-1)).toBe('explained')
    const { etag: _etag, 'last-modified': _date, ...rest } = acquire(BLOB, '-1').responseHeaders
    const bare = { ...acquire(BLOB, '-1'), responseHeaders: rest }
    expect(results(CREATED, PUT_BLOB, bare).at(-1)).toContain('etag')
    expect(results(CREATED, PUT_BLOB, { ...bare, leftOut: ['etags'] }).at(-1)).toBe('explained')
  })

  test('the code is in the body where there was no header for it yet', () => {
    const body = '\uFEFF<?xml version="1.0"?><Error><Code>LeaseIdMissing</Code></Error>'
    const early = (each: RecordedExchange) => ({
      ...each,
      requestHeaders: { ...each.requestHeaders, 'x-ms-version': '2015-12-11' },
    })
    const session = [CREATED, PUT_BLOB, acquire(BLOB, '-1'), told(`DELETE ${BLOB}`, 412, { body })].map(early)
    expect(results(...session).at(-1)).toBe('explained')
    expect(
      results(...session.slice(0, 3), { ...session[3]!, responseBody: body.replace('LeaseIdMissing', 'LeaseLost') }).at(
        -1,
      ),
    ).toContain('code')
  })
})
