import { expect, test } from 'vitest'
import { NEVER_LEASED } from '../../model/lease.ts'
import { readCondition } from './conditions.ts'
import { requestFor } from './testing/request.ts'

const RESOURCE = {
  name: 'c/b',
  kind: 'blob',
  existence: 'present',
  lease: NEVER_LEASED,
  etag: '"0x1"',
  lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
} as const
const BEFORE = 'Sun, 31 Dec 2023 00:00:00 GMT'
const AFTER = 'Tue, 02 Jan 2024 00:00:00 GMT'

function conditionOf(headers: Record<string, string>, method = 'PUT') {
  return readCondition(requestFor({ headers, method }), RESOURCE, new Map([['a', 'b']])) as
    | { readonly header: string }
    | undefined
}

test('one header is the condition, with its ETag in quotes', () => {
  expect(conditionOf({})).toBeUndefined()
  expect(conditionOf({ 'if-match': '0x1' })).toEqual({ header: 'if-match', value: '"0x1"' })
  expect(conditionOf({ 'if-none-match': '*' })).toEqual({ header: 'if-none-match', value: '*' })
})

test('an ETag decides over the date that belongs to it', () => {
  expect(conditionOf({ 'if-match': '"0x1"', 'if-unmodified-since': BEFORE })?.header).toBe('if-match')
  expect(conditionOf({ 'if-none-match': '"0x2"', 'if-modified-since': AFTER })?.header).toBe('if-none-match')
})

test('of several the one that is not met speaks for all, but a write may not have several', () => {
  const both = { 'if-match': '"0x1"', 'if-modified-since': AFTER }
  expect(conditionOf(both, 'GET')).toEqual({ header: 'if-modified-since', value: AFTER })
  expect(conditionOf(both)).toMatchObject({ status: 400, code: 'MultipleConditionHeadersNotSupported' })
})

test('tags are compared here, and the model hears the result', () => {
  const tagged = (expression: string) => conditionOf({ 'x-ms-if-tags': expression, 'if-match': '"0x1"' })
  expect(tagged(`"a" = 'b'`)?.header).toBe('if-match')
  expect(tagged(`"a" = 'c'`)).toMatchObject({ header: 'x-ms-if-tags', value: expect.stringContaining("'no'") })
  expect(tagged('nonsense')).toMatchObject({ status: 400, code: 'InvalidHeaderValue' })
})

test('what is no date is refused', () => {
  expect(conditionOf({ 'if-modified-since': 'never' })).toMatchObject({ status: 400, code: 'InvalidHeaderValue' })
})
