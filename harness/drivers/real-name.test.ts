import { expect, test } from 'vitest'
import { baseAndTime, containerAndBlob, isSnapshot, pathOf, realNameIn, snapshotOf, urlOf } from './real-name.ts'

const TIME = '2030-01-01T00:00:00.0000000Z'
const ACCOUNT = 'http://127.0.0.1:1/acc'

test('the name of a snapshot comes apart again, whatever is in the name of its blob', () => {
  const blob = 'c/what?snapshot=none'
  expect(isSnapshot(blob)).toBe(false)
  expect(isSnapshot(snapshotOf(blob, TIME))).toBe(true)
  expect(baseAndTime(snapshotOf(blob, TIME))).toEqual([blob, TIME])
})

test('the name of a blob may hold slashes', () => {
  expect(containerAndBlob('c/a/b')).toEqual(['c', 'a/b'])
})

test('paths and URLs are percent-encoded', () => {
  expect(pathOf('c/a b/é?')).toBe('/c/a%20b/%C3%A9%3F')
  expect(pathOf('$root/a.b_c-d')).toBe('/$root/a.b_c-d')
  expect(urlOf(ACCOUNT, 'c/a b')).toBe(`${ACCOUNT}/c/a%20b`)
  expect(urlOf(ACCOUNT, snapshotOf('c/a b', TIME))).toBe(`${ACCOUNT}/c/a%20b?snapshot=2030-01-01T00%3A00%3A00.0000000Z`)
})

test('a resource without a real name is our own mistake, and said to be', () => {
  expect(() => realNameIn(new Map([['leaf', 'c/leaf']]), 'box')).toThrow(
    'no real name was given for box; given are leaf',
  )
})
