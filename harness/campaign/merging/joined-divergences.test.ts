import { expect, test } from 'vitest'
import { asked } from '../../../reports/cell-results.ts'
import { cellResultsFile } from '../../../reports/cell-tally.ts'
import type { BaselineEntryEvent, Bucket, ResultEvent, ScenarioVerdict } from '../../../reports/results.ts'
import {
  SAMPLE_ENTRIES,
  SAMPLE_FOOTER,
  SAMPLE_HEADER,
  SAMPLE_KNOWN,
  SAMPLE_NEW,
} from '../../../reports/sample-events.ts'
import { joinedDivergences } from './joined-divergences.ts'
import type { EndedShard } from './shard-results.ts'

const CELLS = asked(
  cellResultsFile({ leasecheck: '', target: '', targetVersion: '', driver: '', apiVersion: '', runs: [] }, new Map()),
)

function shards(...each: readonly (readonly ResultEvent[])[]): readonly EndedShard[] {
  const common = { random: 0, thorough: false, hostile: true, failOnGone: false, planDigest: '', baselineDigest: null }
  return each.map((events, place) => {
    const shard = { number: place + 1, of: each.length, whole: SAMPLE_HEADER.plan, ...common }
    return { file: '', header: { ...SAMPLE_HEADER, shard }, events, end: { footer: SAMPLE_FOOTER, cells: CELLS } }
  })
}

const AGREED: BaselineEntryEvent = { ...SAMPLE_ENTRIES[0]!, state: 'agreed here' }
const SEEN: Bucket = { ...SAMPLE_KNOWN, rule: AGREED.rule, field: AGREED.field, observed: AGREED.observed }

test('what agrees in its shard is gone, unless another shard has seen it', () => {
  expect(joinedDivergences(shards([AGREED], [])).entries).toEqual([{ ...AGREED, state: 'gone' }])
  expect(joinedDivergences(shards([AGREED], [SEEN])).entries).toEqual([])
  expect(joinedDivergences(shards([SEEN], [AGREED])).entries).toEqual([])
})

test('what was not checked stays so, in a fixed order', () => {
  const [, notChecked] = SAMPLE_ENTRIES
  const entries = joinedDivergences(shards([notChecked!], [AGREED])).entries
  expect(entries.map(({ state }) => state)).toEqual(['gone', 'not checked'])
})

test('a divergence that several shards have seen is one, counted together, and shown by the shortest scenario', () => {
  const longer: Bucket = { ...SAMPLE_NEW, count: 5, operations: 7, scenario: 'lc1/blob/a-long-way' }
  const { buckets } = joinedDivergences(shards([longer], [SAMPLE_NEW], [longer]))
  expect(buckets).toEqual([{ ...SAMPLE_NEW, count: SAMPLE_NEW.count + 10 }])
})

test('what is known is shown by the scenario of the baseline, where it was played', () => {
  const shown: Bucket = { ...SAMPLE_KNOWN, operations: 9, scenario: 'lc1/blob/acquire,proposed=A,duration=-1/break' }
  const played: ScenarioVerdict = {
    event: 'verdict',
    scenario: `${shown.scenario}/getBlob`,
    origin: 'baseline',
    end: 'complete',
    requests: 3,
    divergences: [],
    durationMs: 1,
  }
  const { buckets } = joinedDivergences(shards([SAMPLE_KNOWN], [played, shown]))
  expect(buckets).toEqual([{ ...shown, count: SAMPLE_KNOWN.count * 2 }])
})

test('what is new in one shard is new, and comes first', () => {
  const excused: Bucket = { ...SAMPLE_NEW, state: 'known', fails: false }
  const { buckets } = joinedDivergences(shards([excused, SAMPLE_KNOWN], [SAMPLE_NEW]))
  expect(buckets.map(({ rule, state, fails }) => ({ rule, state, fails }))).toEqual([
    { rule: SAMPLE_NEW.rule, state: 'new', fails: true },
    { rule: SAMPLE_KNOWN.rule, state: 'known', fails: false },
  ])
})

test('findings are counted together', () => {
  const finding = { event: 'finding', rule: 'r', field: 'f', observed: 'o', count: 2 } as const
  const other = { ...finding, observed: 'a' }
  expect(joinedDivergences(shards([finding], [finding, other])).findings).toEqual([other, { ...finding, count: 4 }])
})
