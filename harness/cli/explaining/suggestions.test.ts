import { expect, test } from 'vitest'
import { findingsFor, isEmpty } from './findings.ts'
import { questionOf } from './question.ts'
import { suggestionsFor } from './suggestions.ts'

test.each([
  ['blob renw expired', 'blob renew expired'],
  ['LeaseIdMisssing', 'LeaseIdMissing'],
  ['contianer', 'container'],
  ['container xyzzy', 'container'],
  ['blob.renew.expird.held', 'blob.renew.expired.held'],
])('%s: did you mean %s?', (said, meant) => {
  expect(suggestionsFor(questionOf([said]))[0]!.startsWith(meant)).toBe(true)
})

test('of what is like nothing that we know nothing is suggested', () => {
  expect(suggestionsFor(questionOf(['xyzzy']))).toEqual([])
})

test.each(['file renew snapshot tags', 'share list breakin', 'blobs.renew'])(
  'what is suggested for %s has an answer',
  (said) => {
    const suggested = suggestionsFor(questionOf([said]))
    expect(suggested.length).toBeGreaterThan(0)
    expect(suggested.filter((each) => isEmpty(findingsFor(questionOf([each]))))).toEqual([])
  },
)
