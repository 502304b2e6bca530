import { describe, expect, test } from 'vitest'
import { isRealService, whereIs } from './real-service.ts'

const at = (url: string, more = {}) => ({
  embedded: false,
  clock: 'wall' as const,
  endpoints: [{ url, account: 'account', credential: { by: 'nobody' } as const }],
  ...more,
})

describe('only the real service is evidence', () => {
  test.each([
    'https://account.blob.core.windows.net',
    'https://account.z12.blob.storage.azure.net',
    'https://account.blob.core.usgovcloudapi.net',
    'https://account.blob.core.chinacloudapi.cn',
  ])('%s', (url) => expect(isRealService(at(url))).toBe(true))

  test.each([
    'http://127.0.0.1:10000/devstoreaccount1',
    'https://core.windows.net.example.org/account',
    'https://example.org/blob.core.windows.net',
    'https://notcore.windows.net.evil',
  ])('not %s', (url) => expect(isRealService(at(url))).toBe(false))

  test('not a server that is told the time, and none that we started', () => {
    expect(isRealService(at('https://account.blob.core.windows.net', { clock: 'virtual' }))).toBe(false)
    expect(isRealService(at('https://account.blob.core.windows.net', { embedded: true }))).toBe(false)
  })
})

test('the name of the account is left out, the address of another server is not', () => {
  expect(whereIs(at('https://account.blob.core.windows.net'))).toBe('*.blob.core.windows.net')
  expect(whereIs(at('http://127.0.0.1:10000/devstoreaccount1'))).toBe('127.0.0.1:10000')
  expect(whereIs(at('http://127.0.0.1:10000/devstoreaccount1', { embedded: true }))).toBeUndefined()
})
