import { describe, expect, test } from 'vitest'
import { type Baseline, entryFor, isExpired, parseBaseline, renderBaseline } from './baseline.ts'

const ENTRY = {
  rule: 'blob.renew.expired.held',
  field: 'status',
  observed: '409',
  sentence: 'It forgets.',
  scenario: 'lc1/blob/renew',
}
const BASELINE: Baseline = {
  format: 'leasecheck-baseline',
  version: 1,
  target: 'azurite',
  targetVersion: '3.37.0',
  driver: 'rest',
  apiVersion: '2021-12-02',
  configuration: { skipApiVersionCheck: 'true', loose: 'false' },
  entries: [
    { ...ENTRY, until: '2026-12-31', issue: 'https://example.org/1', evidence: 'recorded', notImplemented: true },
    ENTRY,
  ],
}
BASELINE.entries[1] = { ...ENTRY, observed: '404' }

describe('a baseline file', () => {
  test('is read as it was written, with entries and settings in a fixed order', () => {
    const text = renderBaseline(BASELINE)
    expect(parseBaseline(text, 'b.json')).toEqual({
      baseline: { ...BASELINE, entries: [BASELINE.entries[1], BASELINE.entries[0]] },
    })
    expect(
      renderBaseline({
        ...BASELINE,
        entries: [...BASELINE.entries].reverse(),
        configuration: { loose: 'false', skipApiVersionCheck: 'true' },
      }),
    ).toBe(text)
    expect(text).toMatch(/^\{\n {2}"format": "leasecheck-baseline",\n {2}"version": 1,[\s\S]*\n\}\n$/)
  })

  test.each([
    ['no JSON', '{ "format": ', /^b\.json is not JSON \(.+\); correct it, or .* --update-baseline$/],
    ['a list', '[]', /^b\.json: it is \[\]; expected an object$/],
    ['another format', { ...BASELINE, format: 'x' }, /^b\.json: format is "x"; expected "leasecheck-baseline"$/],
    ['a later version', { ...BASELINE, version: 2 }, /^b\.json: version is 2; expected 1$/],
    [
      'a missing sentence',
      withEntry({ sentence: undefined }),
      /^b\.json: entries\[0\]\.sentence is missing; expected a string$/,
    ],
    ['an empty rule', withEntry({ rule: '' }), /^b\.json: entries\[0\]\.rule is ""; expected some text$/],
    [
      'a misspelt key',
      withEntry({ isue: 'x' }),
      /^b\.json: entries\[0\] has the unknown key "isue"; remove it or correct its spelling$/,
    ],
    [
      'a day that is none',
      withEntry({ until: '2026-02-30' }),
      /^b\.json: entries\[0\]\.until is "2026-02-30"; expected a date like 2026-12-31$/,
    ],
    [
      'a setting that is no text',
      { ...BASELINE, configuration: { loose: true } },
      /^b\.json: configuration\.loose is true; expected a string$/,
    ],
    [
      'the same entry twice',
      { ...BASELINE, entries: [ENTRY, ENTRY] },
      /^b\.json: entries\[1\] lists "blob\.renew.*" a second time; remove one of the two$/,
    ],
  ])('with %s is refused by a sentence that names the file, the place and the fix', (_, data, error) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    expect(parseBaseline(text, 'b.json')).toEqual({ error: expect.stringMatching(error) })
  })
})

test('an entry is found by rule, field and observed value together', () => {
  expect(entryFor(BASELINE, { rule: ENTRY.rule, field: 'status', observed: '404' })).toBe(BASELINE.entries[1])
  expect(entryFor(BASELINE, { rule: ENTRY.rule, field: 'status', observed: '500' })).toBeUndefined()
  expect(entryFor(BASELINE, { rule: ENTRY.rule, field: 'code', observed: '404' })).toBeUndefined()
})

test('an entry excuses up to and including its last day', () => {
  const entry = { ...ENTRY, until: '2026-12-31' }
  expect(isExpired(entry, '2026-12-30')).toBe(false)
  expect(isExpired(entry, '2026-12-31')).toBe(false)
  expect(isExpired(entry, '2027-01-01')).toBe(true)
  expect(isExpired(ENTRY, '9999-12-31')).toBe(false)
})

function withEntry(change: object): unknown {
  return { ...BASELINE, entries: [{ ...ENTRY, ...change }] }
}
