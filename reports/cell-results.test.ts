import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergedCellResults, mergedOutcome } from './cell-merge.ts'
import type { CellDivergence, CellOutcome } from './cell-outcome.ts'
import {
  asked,
  type CellResults,
  type CellResultsHeader,
  cellResultsIn,
  cellResultsName,
  outcomeAt,
  parseCellResults,
} from './cell-results.ts'
import { cellResultsFile, renderCellResults } from './cell-tally.ts'

const COMMITTED = join(import.meta.dirname, 'almanac', 'results')
const NEVER_HEARD_OF = 'blob juggle | airborne'

const SAMPLE_HEADER: CellResultsHeader = {
  leasecheck: '0.1.0',
  target: 'azurite',
  targetVersion: '3.37.0',
  driver: 'rest',
  apiVersion: '2023-11-03',
  runs: [{ kinds: ['blob'], only: [], seed: 1, random: 40, thorough: false, baseline: null, complete: true }],
}

const SAMPLE = {
  agreed: { outcome: 'agreed' },
  notReached: { outcome: 'not reached', because: 'nothing led there' },
} as const satisfies Record<string, CellOutcome>

/** In the order in which a file lists them. */
const DIVERGENCES: readonly CellDivergence[] = [
  { rule: 'blob.renew.expired', field: 'code', observed: 'LeaseLost', expected: 'LeaseNotPresentWithLeaseOperation' },
  { rule: 'blob.renew.expired', field: 'status', observed: '409', expected: '200' },
  { rule: 'blob.renew.expired', field: 'status', observed: '409', expected: '200 or 201' },
  { rule: 'container.read', field: 'x-ms-lease-state', observed: 'present', expected: 'absent' },
]
const UNKNOWN = { rule: 'blob.implements.undeleteBlob', field: 'status', observed: '501' }

const cell = fc
  .tuple(
    fc.constantFrom('blob', 'blob-snapshot', 'container'),
    fc.constantFrom('renew', 'read blocks'),
    fc.constantFrom('available', 'leased, shortest, full', 'expired, first look'),
    fc.constantFrom('leaseId: none', 'leaseId: held', 'leaseId: held, spelt otherwise'),
  )
  .map(([kind, of, state, input]) => `${kind} ${of} | ${state} | ${input}`)

const outcome: fc.Arbitrary<CellOutcome> = fc.oneof(
  fc.constantFrom<CellOutcome>(
    SAMPLE.agreed,
    SAMPLE.notReached,
    { outcome: 'not expressible' },
    { outcome: 'not implemented', by: UNKNOWN },
    { outcome: 'masked', by: { rule: 'blob.renew.expired', field: 'status', observed: '409 | odd' } },
  ),
  fc
    .record({ divergences: fc.subarray([...DIVERGENCES], { minLength: 1 }), alsoAgreed: fc.boolean() })
    .map((shown): CellOutcome => ({ outcome: 'diverged', ...shown })),
)

const cellOutcomes: fc.Arbitrary<ReadonlyMap<string, CellOutcome>> = fc
  .array(fc.tuple(cell, outcome), { maxLength: 30 })
  .map((entries) => new Map(entries))

test('a file tells of each cell what it was written for, and of every other cell that it was not looked for', () => {
  fc.assert(
    fc.property(cellOutcomes, (outcomes) => {
      const text = renderCellResults(cellResultsFile(SAMPLE_HEADER, outcomes))
      const parsed = parseCellResults(text, 'cells.json')
      if ('error' in parsed) throw new Error(parsed.error)
      for (const [cell, outcome] of outcomes) expect(outcomeAt(parsed.results, cell), cell).toEqual(outcome)
      expect(outcomeAt(parsed.results, NEVER_HEARD_OF)).toEqual({
        outcome: 'not reached',
        because: 'it was not looked for',
      })
    }),
  )
})

test('the bytes of a file do not depend on the order in which cells were met', () => {
  fc.assert(
    fc.property(cellOutcomes, (outcomes) => {
      const backwards = new Map([...outcomes].reverse())
      const texts = [outcomes, backwards].map((each) => renderCellResults(cellResultsFile(SAMPLE_HEADER, each)))
      expect(texts[0]).toBe(texts[1])
    }),
  )
})

test('every cell is counted once, under its kind', () => {
  fc.assert(
    fc.property(cellOutcomes, (outcomes) => {
      const { counts } = cellResultsFile(SAMPLE_HEADER, outcomes)
      const counted = Object.values(counts).flatMap((each) => Object.values(each))
      expect(counted.reduce((sum, each) => sum + each, 0)).toBe(outcomes.size)
      const kinds = new Set([...outcomes.keys()].map((cell) => cell.split(' ')[0]))
      expect(new Set(Object.keys(counts))).toEqual(kinds)
    }),
  )
})

test.each([
  ['nonsense', 'cells.json is not JSON ('],
  ['{}', 'cells.json: format is missing'],
  ['{"format":"leasecheck-cells","version":2}', 'cells.json: version is 2; expected 1'],
])('what is no file of cell results is refused in one sentence: %s', (text, start) => {
  const parsed = parseCellResults(text, 'cells.json')
  expect('error' in parsed && parsed.error).toContain(start)
})

test('a cell that was agreed to is told from one that was not reached', () => {
  const outcomes = new Map<string, CellOutcome>([
    ['blob renew | expired', SAMPLE.agreed],
    ['blob renew | broken', SAMPLE.notReached],
  ])
  const results = asked(cellResultsFile(SAMPLE_HEADER, outcomes))
  expect(outcomeAt(results, 'blob renew | expired').outcome).toBe('agreed')
  expect(outcomeAt(results, 'blob renew | broken').outcome).toBe('not reached')
})

const resultsOf = (outcomes: ReadonlyMap<string, CellOutcome>): CellResults =>
  asked(cellResultsFile(SAMPLE_HEADER, outcomes))
const merged = (one: CellResults, two: CellResults) => asked(mergedCellResults(one, two))

test('the merged results tell of every cell what both tell of it together', () => {
  fc.assert(
    fc.property(cellOutcomes, cellOutcomes, (a, b) => {
      const [one, two] = [resultsOf(a), resultsOf(b)]
      const both = merged(one, two)
      for (const cell of [...a.keys(), ...b.keys()])
        expect(outcomeAt(both, cell), cell).toEqual(mergedOutcome(outcomeAt(one, cell), outcomeAt(two, cell)))
      const { counts } = both.file
      const counted = Object.values(counts).flatMap((each) => Object.values(each))
      expect(counted.reduce((sum, each) => sum + each, 0)).toBe(new Set([...a.keys(), ...b.keys()]).size)
    }),
  )
})

test('merging has no order, and merging the same again adds nothing', () => {
  fc.assert(
    fc.property(cellOutcomes, cellOutcomes, (a, b) => {
      const [one, two] = [resultsOf(a), resultsOf(b)]
      const both = merged(one, two)
      const text = ({ file }: CellResults) => renderCellResults({ ...file, runs: SAMPLE_HEADER.runs })
      expect(text(merged(two, one))).toBe(text(both))
      expect(text(merged(both, one))).toBe(text(both))
    }),
  )
})

test('no look at a cell is forgotten: what agreed once and diverged once did both', () => {
  fc.assert(
    fc.property(outcome, outcome, (one, two) => {
      const both = mergedOutcome(one, two)
      const looks = [one, two].map(({ outcome }) => outcome)
      expect(both.outcome === 'diverged').toBe(looks.includes('diverged'))
      if (both.outcome !== 'diverged') return
      const agreedToo = [one, two].some((each) => each.outcome === 'diverged' && each.alsoAgreed)
      expect(both.alsoAgreed).toBe(agreedToo || looks.includes('agreed'))
      for (const each of [one, two])
        if (each.outcome === 'diverged') expect(both.divergences).toEqual(expect.arrayContaining([...each.divergences]))
    }),
  )
})

test('results of different versions are not merged', () => {
  const other = asked(cellResultsFile({ ...SAMPLE_HEADER, targetVersion: '3.36.0' }, new Map()))
  expect(() => merged(resultsOf(new Map()), other)).toThrow('the targetVersion of one is 3.37.0')
})

describe('the committed results', () => {
  const all = cellResultsIn(COMMITTED)

  test('are of complete runs without a baseline, each under the name of its target', () => {
    expect(all.map(({ file }) => cellResultsName(file))).toEqual(readdirSync(COMMITTED).sort())
    for (const { runs } of all.map(({ file }) => file))
      for (const { complete, baseline } of runs) expect([complete, baseline]).toEqual([true, null])
  })

  test('are written as they would be written again', () => {
    for (const { file } of all)
      expect(readFileSync(join(COMMITTED, cellResultsName(file)), 'utf8')).toBe(renderCellResults(file))
  })
})
