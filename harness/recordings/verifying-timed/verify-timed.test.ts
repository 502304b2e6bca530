import { describe, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { RecordedHeaders } from '../importing/recorded-exchange.ts'
import type { TimedExchange } from './timed-session.ts'
import { verifyTimed } from './verify-timed.ts'

const rules = compile(RULES)

const A = '1ea5e1d5-0000-4000-8000-00000000000a'
const B = '1ea5e1d5-0000-4000-8000-00000000000b'
const ACCOUNT = 'http://ours.blob.localhost'
const BOX = '/box?restype=container'
const BLOB = '/box/b'
const TAGS = { etag: '"1"', 'last-modified': 'Tue, 01 Jan 2030 00:00:00 GMT' }

interface More {
  readonly sent?: RecordedHeaders
  readonly answered?: RecordedHeaders
  readonly body?: string
}

/** @param at when it was sent and answered, in seconds */
function told(at: readonly [number, number], asked: string, status: number, more: More = {}): TimedExchange {
  const [method, target] = asked.split(' ') as [string, string]
  const [earliestMs, latestMs] = at.map((seconds) => Date.UTC(2030, 0, 1) + seconds * 1000) as [number, number]
  return {
    place: '',
    method,
    url: target.startsWith('http') ? target : ACCOUNT + target,
    requestHeaders: { 'x-ms-version': '2023-11-03', ...more.sent },
    status,
    responseHeaders: { ...TAGS, ...more.answered },
    responseBody: more.body ?? '',
    window: { earliestMs, latestMs },
  }
}

const refused = (code: string, sent: RecordedHeaders = {}): More => ({ sent, answered: { 'x-ms-error-code': code } })
const put = (at: readonly [number, number], status = 201, more: More = {}) =>
  told(at, `PUT ${BLOB}`, status, { ...more, sent: { 'x-ms-blob-type': 'BlockBlob', ...more.sent } })
const acquire = (at: readonly [number, number], seconds = '15', id = A) =>
  told(at, `PUT ${BLOB}?comp=lease`, 201, {
    sent: { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': seconds, 'x-ms-proposed-lease-id': id },
    answered: { 'x-ms-lease-id': id },
  })
const renew = (at: readonly [number, number], id: string, status: number, code?: string) =>
  told(at, `PUT ${BLOB}?comp=lease`, status, {
    sent: { 'x-ms-lease-action': 'renew', 'x-ms-lease-id': id },
    answered: code === undefined ? { 'x-ms-lease-id': id } : { 'x-ms-error-code': code },
  })
const head = (at: readonly [number, number], state: string, status = 'unlocked', duration?: string) =>
  told(at, `HEAD ${BLOB}`, 200, {
    answered: {
      'x-ms-lease-state': state,
      'x-ms-lease-status': status,
      ...(duration === undefined ? {} : { 'x-ms-lease-duration': duration }),
    },
  })
const leased = (at: readonly [number, number]) => head(at, 'leased', 'locked', 'fixed')
const MADE = [told([0, 0.1], `PUT ${BOX}`, 201), put([0.2, 0.3])]

/** Each verdict in a word or two. */
function results(...exchanges: readonly TimedExchange[]): readonly string[] {
  return verifyTimed(rules, exchanges).map((verdict) => {
    if (verdict.result === 'not judgeable') return verdict.why.name
    if (verdict.result !== 'unexplained') return verdict.result
    return verdict.divergences.map(({ field, observed }) => `${field}: ${observed}`).join('; ')
  })
}

const OVERLAPS = 'overlaps with another request'

describe('what the order of requests is known by', () => {
  test('reads beside each other are judged in any order, also across a deadline', () => {
    const long = head([14, 18], 'expired')
    const short = leased([14.5, 14.8])
    for (const reads of [
      [long, short],
      [short, long],
    ])
      expect(results(...MADE, acquire([1, 1.1]), ...reads).slice(3)).toEqual(['explained', 'explained'])
    expect(results(...MADE, acquire([1, 1.1]), leased([19, 20]), head([19.5, 19.6], 'expired')).slice(3)).toEqual([
      expect.stringContaining('x-ms-lease-state: leased'),
      'explained',
    ])
  })

  test('a read beside a change is not judged, and the change is', () => {
    const after = [renew([4, 4.1], B, 409, 'LeaseIdMismatchWithLeaseOperation')]
    expect(results(...MADE, acquire([1, 3]), head([2, 2.1], 'available'), ...after).slice(2)).toEqual([
      'explained',
      OVERLAPS,
      'explained',
    ])
    expect(results(...MADE, acquire([1, 3]), head([2, 2.1], 'available'), renew([4, 4.1], B, 200)).at(-1)).toBe(
      'status: 200',
    )
  })

  test('of two changes beside each other neither is judged, and what they changed is forgotten', () => {
    const both = [acquire([1, 3]), told([2, 4], `DELETE ${BLOB}`, 202)]
    expect(results(...MADE, ...both, put([5, 5.1], 412, refused('LeaseIdMissing'))).slice(2)).toEqual([
      OVERLAPS,
      OVERLAPS,
      'explained',
    ])
  })

  test('what ends in the moment in which something else begins overlaps with it', () => {
    expect(results(...MADE, acquire([1, 2]), told([2, 3], `DELETE ${BLOB}`, 202)).slice(2)).toEqual([
      OVERLAPS,
      OVERLAPS,
    ])
  })

  test('blobs beside each other have nothing to do with each other, unless their container is made or deleted', () => {
    const other = (at: readonly [number, number]) =>
      told(at, 'PUT /box/other', 201, { sent: { 'x-ms-blob-type': 'BlockBlob' } })
    expect(results(...MADE, acquire([1, 3]), other([2, 4])).slice(2)).toEqual(['explained', 'explained'])
    const gone = told([2, 4], `DELETE ${BOX}`, 202)
    expect(results(...MADE, other([1, 3]), gone).slice(2)).toEqual([OVERLAPS, 'explained'])
  })
})

describe('what is known', () => {
  test('an id that is met later may be that of a lease that was seen before', () => {
    const seen = head([1, 1.1], 'leased', 'locked', 'infinite')
    expect(results(seen, renew([2, 2.1], A, 200), renew([3, 3.1], B, 200))).toEqual([
      'explained',
      'explained',
      'status: 200',
    ])
  })

  test('what was never answered may be done at any time from then on', () => {
    const lost = { ...told([1, 2], `DELETE ${BLOB}`, 0), responseHeaders: {} }
    const missing = told([9, 9.1], `HEAD ${BLOB}`, 404, refused('BlobNotFound'))
    expect(results(...MADE, lost, head([5, 5.1], 'available'), missing)).toEqual([
      'explained',
      'explained',
      'no answer',
      'explained',
      'explained',
    ])
    expect(results(...MADE, head([5, 5.1], 'available'), missing).at(-1)).toBe('status: 404 BlobNotFound')
  })

  test('what nobody understands and was never answered makes everything possible', () => {
    const lost = { ...told([1, 2], `PUT ${BLOB}?comp=expiry`, 0), responseHeaders: {} }
    expect(results(...MADE, lost, head([5, 5.1], 'available')).slice(2)).toEqual(['no answer', 'no answer'])
  })

  test.each([
    ['a batch', 'POST /?comp=batch'],
    ['a batch in the container', 'POST /box?restype=container&comp=batch'],
    ['something else that the model does not know', `PUT ${BLOB}?comp=expiry`],
  ])('after %s nothing is known of what it may have changed', (_, asked) => {
    const gone = told([9, 9.1], `HEAD ${BLOB}`, 404, refused('BlobNotFound'))
    expect(results(...MADE, told([1, 2], asked, 202), gone).slice(2)).toEqual(['operation not known', 'explained'])
    expect(results(...MADE, told([1, 2], asked, 400), gone).at(-1)).toBe('status: 404 BlobNotFound')
  })

  test('a directory that is renamed takes its files along', () => {
    const files = 'http://ours.file.localhost'
    const share = told([0, 0.1], `PUT ${files}/box?restype=share`, 201)
    const file = told([0.2, 0.3], `PUT ${files}/box/d/f`, 201, { sent: { 'x-ms-type': 'file' } })
    const gone = told([2, 2.1], `HEAD ${files}/box/d/f`, 404, refused('ResourceNotFound'))
    const renamed = told([1, 1.1], `PUT ${files}/box/e?restype=directory&comp=rename`, 200, {
      sent: { 'x-ms-file-rename-source': `${files}/box/d` },
    })
    expect(results(share, file, gone).at(-1)).toContain('status: 404')
    expect(results(share, file, renamed, gone).at(-1)).toBe('explained')
  })

  test('a blob in the container $root is no container', () => {
    expect(results(told([0, 1], 'PUT /name', 201), told([2, 3], 'GET /name', 200))).toEqual([
      'operation not known',
      'operation not known',
    ])
  })

  test('of a resource that is used very often the latest is known', () => {
    const often = Array.from({ length: 700 }, (_, at) => renew([2 + at, 2.1 + at], A, 200))
    const first = [...MADE, acquire([1, 1.1], '15')]
    const last = [renew([702, 702.1], B, 409, 'LeaseIdMismatchWithLeaseOperation'), leased([703, 703.1])]
    expect(new Set(results(...first, ...often, ...last))).toEqual(new Set(['explained']))
    expect(results(...first, ...often, head([703, 703.1], 'expired')).at(-1)).toContain('x-ms-lease-state: expired')
  })
})

test('a listing shows what nothing else was done with meanwhile', () => {
  const blob = (name: string, state: string) =>
    `<Blob><Name>${name}</Name><Properties><LeaseStatus>unlocked</LeaseStatus><LeaseState>${state}</LeaseState></Properties></Blob>`
  const listing = (at: readonly [number, number], ...blobs: readonly string[]) =>
    told(at, `GET ${BOX}&comp=list`, 200, {
      body: `<EnumerationResults><Blobs>${blobs.join('')}</Blobs></EnumerationResults>`,
    })
  expect(results(...MADE, listing([1, 2], blob('b', 'available'))).at(-1)).toBe('explained')
  expect(results(...MADE, listing([1, 2], blob('b', 'broken'))).at(-1)).toContain('x-ms-lease-state: broken')
  expect(results(...MADE, listing([1, 5], blob('b', 'available')), acquire([2, 3])).slice(2)).toEqual([
    OVERLAPS,
    'explained',
  ])
  expect(results(...MADE, listing([1, 5], blob('unheard-of', 'broken'))).at(-1)).toBe('beside')
})
