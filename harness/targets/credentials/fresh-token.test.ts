import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TargetError, UsageError } from '../../errors.ts'
import { FreshToken } from './fresh-token.ts'

const MINUTE_MS = 60_000
beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

/** Gives tokens that are good for so long, numbered. */
function source(lastsMs: number) {
  let given = 0
  return {
    get given() {
      return given
    },
    getToken: async () => ({ token: `token ${++given}`, expiresOnTimestamp: Date.now() + lastsMs }),
  }
}

test('a token is fetched once for all who wait, and anew some minutes before it runs out', async () => {
  const tokens = source(60 * MINUTE_MS)
  const token = new FreshToken(tokens)
  await Promise.all([token.prepare(), token.prepare()])
  expect([token.text, tokens.given, token.prepare()]).toEqual(['token 1', 1, undefined])
  vi.setSystemTime(54 * MINUTE_MS)
  expect(token.prepare()).toBeUndefined()
  vi.setSystemTime(56 * MINUTE_MS)
  await token.prepare()
  expect(token.text).toBe('token 2')
})

test('tokens that are almost spent are not fetched for each request', async () => {
  const tokens = source(MINUTE_MS)
  const token = new FreshToken(tokens)
  await token.prepare()
  expect(token.prepare()).toBeUndefined()
  vi.setSystemTime(11_000)
  await token.prepare()
  expect(tokens.given).toBe(2)
})

test('what goes wrong is one line; a missing package stays wrong usage', async () => {
  const failing = (error: Error) => new FreshToken({ getToken: () => Promise.reject(error) }).prepare()
  await expect(failing(new Error('no sign-in\nsecond line'))).rejects.toThrow(
    /^Microsoft Entra ID gave no token: no sign-in; sign in/,
  )
  await expect(failing(new Error('no sign-in'))).rejects.toThrow(TargetError)
  await expect(failing(new UsageError('not installed'))).rejects.toThrow(UsageError)
  await expect(new FreshToken({ getToken: async () => null }).prepare()).rejects.toThrow(TargetError)
})
