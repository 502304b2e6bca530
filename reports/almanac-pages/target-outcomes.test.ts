import { expect, test } from 'vitest'
import type { CellOutcome } from '../cell-outcome.ts'
import type { KnownTarget } from './almanac-data.ts'
import { namesText, otherwiseAt } from './target-outcomes.ts'

const KNOWN = ['azurite 3.28.0', 'azurite 3.31.0', 'azurite 3.33.0', 'azurite 3.37.0', 'azurite+js 3.37.0', 'other 1.0']

test('versions that follow one another are told as a range, and all of them by the name alone', () => {
  expect(namesText(KNOWN.slice(0, 4), KNOWN)).toBe('azurite')
  expect(namesText(KNOWN.slice(0, 3), KNOWN)).toBe('azurite 3.28.0 to 3.33.0')
  expect(namesText([KNOWN[0]!, KNOWN[1]!, KNOWN[3]!], KNOWN)).toBe('azurite 3.28.0, 3.31.0, 3.37.0')
  expect(namesText([KNOWN[3]!, KNOWN[4]!], KNOWN)).toBe('azurite 3.37.0 and azurite+js')
})

const DIVERGED: CellOutcome = {
  outcome: 'diverged',
  divergences: [
    { rule: 'r', field: 'status', observed: '409', expected: '200' },
    { rule: 'r', field: 'code', observed: 'none', expected: 'X' },
  ],
  alsoAgreed: true,
}

test('who agrees is not named, nor who was not asked about the kind; who does the same stands together', () => {
  const target = (name: string, outcome: CellOutcome, families = ['blob']): KnownTarget => ({
    name,
    sentBy: 'a test',
    families,
    apiVersion: '2023-11-03',
    counts: {},
    outcomeAt: () => outcome,
  })
  const targets = [
    target('a 1', { outcome: 'agreed' }),
    target('a 2', DIVERGED),
    target('b 1', DIVERGED),
    target('c 1', { outcome: 'not expressible' }),
    target('d 1', DIVERGED, ['share']),
  ]
  expect(otherwiseAt(targets, { cell: 'a cell', kind: 'blob-snapshot' })).toBe(
    'a 2 and b: 409, code none (not always); c: no call',
  )
})
