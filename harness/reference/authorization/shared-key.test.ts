import { createHmac, createSecretKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { requestFor } from '../testing/request.ts'
import { verifySharedKey } from './shared-key.ts'

const KEY = createSecretKey(Buffer.from('the key'))
const CREDENTIAL = { account: 'acc', key: KEY }
const NOW = Date.UTC(2024, 0, 1)
const DATE = new Date(NOW).toUTCString()

const signatureOf = (text: string) => createHmac('sha256', KEY).update(text).digest('base64')

function verify(scheme: string, text: string, headers: Record<string, string>, more: object = {}) {
  const authorization = `${scheme} acc:${signatureOf(text)}`
  return verifySharedKey(requestFor({ headers: { ...headers, authorization }, nowMs: NOW, ...more }), CREDENTIAL)
}

describe('Shared Key', () => {
  // Source: "Authorize with Shared Key": placed headers, then x-ms- headers by name, then the resource with its parameters.
  test('covers placed headers, own headers and the resource with its parameters', () => {
    const headers = {
      'content-length': '5',
      'content-type': 'a/b',
      'x-ms-meta-b': '2',
      'x-ms-date': DATE,
      range: 'bytes=0-1',
    }
    const text = `PUT\n\n\n5\n\na/b\n\n\n\n\n\nbytes=0-1\nx-ms-date:${DATE}\nx-ms-meta-b:2\n/acc/acc/c/b%20c\ncomp:block\ntimeout:1 0`
    const more = {
      path: '/acc/c/b%20c',
      query: new Map([
        ['timeout', '1 0'],
        ['comp', 'block'],
      ]),
    }
    expect(verify('SharedKey', text, headers, more)).toBeUndefined()
    expect(verify('SharedKey', text, { ...headers, 'x-ms-meta-b': '3' }, more)?.code).toBe('AuthenticationFailed')
  })

  test('takes no date by place where there is one in x-ms-date, and a length of nothing as nothing, or as 0', () => {
    const headers = { date: 'whatever', 'x-ms-date': DATE, 'content-length': '0' }
    for (const length of ['', '0']) {
      const text = `PUT\n\n\n${length}\n\n\n\n\n\n\n\n\nx-ms-date:${DATE}\n/acc/acc/c`
      expect(verify('SharedKey', text, headers)).toBeUndefined()
    }
  })

  test('knows the order of the official clients, in which underscores come before digits', () => {
    const headers = { 'x-ms-meta-a1': '1', 'x-ms-meta-a_': '2', 'x-ms-date': DATE }
    const text = (own: string) => `PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:${DATE}\n${own}/acc/acc/c`
    expect(verify('SharedKey', text('x-ms-meta-a_:2\nx-ms-meta-a1:1\n'), headers)).toBeUndefined()
    expect(verify('SharedKey', text('x-ms-meta-a1:1\nx-ms-meta-a_:2\n'), headers)).toBeUndefined()
  })
})

test('Shared Key Lite covers less', () => {
  const headers = { 'content-type': 'a/b', 'x-ms-date': DATE, range: 'bytes=0-1' }
  const query = new Map([
    ['comp', 'metadata'],
    ['timeout', '10'],
  ])
  expect(
    verify('SharedKeyLite', `PUT\n\na/b\n\nx-ms-date:${DATE}\n/acc/acc/c?comp=metadata`, headers, { query }),
  ).toBeUndefined()
})

describe('a signature is not enough', () => {
  const text = (date: string) => `PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:${date}\n/acc/acc/c`
  const at = (ms: number) => new Date(NOW + ms).toUTCString()

  test('if it is older or newer than a quarter of an hour', () => {
    for (const [ms, code] of [
      [899_000, undefined],
      [901_000, 'AuthenticationFailed'],
      [-901_000, 'AuthenticationFailed'],
    ] as const)
      expect(verify('SharedKey', text(at(ms)), { 'x-ms-date': at(ms) })?.code).toBe(code)
    expect(verify('SharedKey', text('never'), { 'x-ms-date': 'never' })?.code).toBe('AuthenticationFailed')
  })

  test('unless the request names its instant itself', () => {
    expect(verify('SharedKey', text(at(9e9)), { 'x-ms-date': at(9e9) }, { isVirtual: true })).toBeUndefined()
  })

  test('if it is for another account, or by another scheme', () => {
    const headers = { 'x-ms-date': DATE, authorization: `SharedKey other:${signatureOf(text(DATE))}` }
    expect(verifySharedKey(requestFor({ headers, nowMs: NOW }), CREDENTIAL)?.code).toBe('AuthenticationFailed')
    const bearer = { ...headers, authorization: 'Bearer token' }
    expect(verifySharedKey(requestFor({ headers: bearer, nowMs: NOW }), CREDENTIAL)?.status).toBe(401)
  })
})
