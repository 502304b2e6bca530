import { expect, test } from 'vitest'
import { isTagged } from './tag-expression.ts'

const TAGS = new Map([
  ['status', 'open'],
  ['year', '2021'],
])

test.each([
  [`"status" = 'open'`, true],
  [`status = 'open'`, true],
  [`"status"='closed'`, false],
  [`"status" <> 'closed' AND "year" >= '2020'`, true],
  [`"status" = 'closed' OR "year" < '2022'`, true],
  // AND binds closer than OR.
  [`"status" = 'open' OR "year" = '1' AND "year" = '2'`, true],
  [`"status" = 'closed' AND "year" = '2021' OR "none" = 'x'`, false],
  [`"none" <> 'x'`, true],
  [`"none" = ''`, false],
  ['', undefined],
  ['status', undefined],
  [`"status" = 'open' AND`, undefined],
  [`"status" = 'open' XOR "year" = '2021'`, undefined],
  [`"status" = 'open`, undefined],
])('%s is %s', (expression, expected) => {
  expect(isTagged(expression, TAGS)).toBe(expected)
})
