import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cellResultsFile, renderCellResults } from '../../reports/cell-tally.ts'
import { serialise } from '../../reports/ndjson.ts'
import { SAMPLE_EVENTS } from '../../reports/sample-events.ts'
import { clientNames, pairsOf } from './pair.ts'
import { type MatrixRun, runMatrix } from './run-matrix.ts'
import { TERMINAL_FILE } from './run-pair.ts'
import { shownIn } from './shown.ts'

let out: string
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'leasecheck-test-'))
})
afterEach(() => rmSync(out, { recursive: true }))

const PAIRS = pairsOf(['reference', 'azurite'], clientNames('rest'))

function matrix(more: Partial<MatrixRun>): MatrixRun {
  const quiet = { began: () => {}, heard: () => {}, ended: () => {} }
  const stop = new AbortController().signal
  return { pairs: PAIRS, out, kindsOn: () => ['blob'], argsFor: ({ target }) => [target], stop, ...quiet, ...more }
}

/** Leaves what a run of another day may have left. */
function leaveResults(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'results.ndjson'), SAMPLE_EVENTS.map(serialise).join(''))
  const run = { kinds: ['blob'], only: [], seed: 1, random: 0, thorough: false, baseline: null, complete: true }
  const about = {
    leasecheck: '0.1.0',
    target: 'azurite',
    targetVersion: '3.37.0',
    driver: 'rest',
    apiVersion: '2023-11-03',
  }
  const cells = cellResultsFile({ ...about, runs: [run] }, new Map([['blob acquire | leased', { outcome: 'agreed' }]]))
  writeFileSync(join(folder, 'cells.json'), renderCellResults(cells))
}

describe('a pair that cannot run', () => {
  test('says why, shows nothing that another run has left, and ends no other', async () => {
    const stale = join(out, PAIRS[0]!.folder)
    leaveResults(stale)
    expect(shownIn(stale)).toBeDefined()
    const heard: string[] = []
    const results = await runMatrix(
      matrix({ argsFor: () => ['nowhere'], heard: (_, line, isRemark) => heard.push(`${isRemark} ${line}`) }),
    )
    for (const pair of results) {
      expect(pair).toMatchObject({ verdict: 'could not run', exitStatus: 2 })
      expect(pair.reason).toMatch(/^there is no target "nowhere": expected/)
      expect(pair.shown).toBeUndefined()
    }
    expect(existsSync(join(stale, 'results.ndjson'))).toBe(false)
    expect(heard.filter((line) => line.startsWith('true there is no target'))).toHaveLength(2)
    expect(readFileSync(join(stale, TERMINAL_FILE), 'utf8')).toBe('')
  })

  test('is told apart from one that is left out and one that was not begun', async () => {
    const stop = AbortSignal.abort()
    const kindsOn = (target: string) => (target === 'reference' ? [] : (['blob'] as const))
    const results = await runMatrix(matrix({ stop, kindsOn }))
    expect(results.map(({ verdict, exitStatus }) => [verdict, exitStatus])).toEqual([
      ['left out', null],
      ['not run', null],
    ])
  })
})

describe('what a folder shows', () => {
  test('is what its reports say, down to the topic of each divergence', () => {
    const folder = join(out, 'pair')
    leaveResults(folder)
    const { shown, incomplete } = shownIn(folder)!
    const buckets = SAMPLE_EVENTS.filter((event) => event.event === 'bucket')
    expect(incomplete).toBeUndefined()
    expect(shown.divergences.map(({ rule }) => rule)).toEqual(buckets.map(({ rule }) => rule))
    for (const { kind, operation } of shown.divergences)
      expect(shown.topics.some((topic) => topic.kind === kind && topic.operation === operation)).toBe(true)
    expect(new Set(shown.topics.flatMap(({ divergences }) => divergences)).size).toBe(buckets.length)
  })

  test('is nothing without a footer or without cells, and an error if it is damaged', () => {
    const folder = join(out, 'pair')
    leaveResults(folder)
    cpSync(folder, join(out, 'cut'), { recursive: true })
    const lines = readFileSync(join(folder, 'results.ndjson'), 'utf8').trim().split('\n')
    writeFileSync(join(out, 'cut', 'results.ndjson'), `${lines.slice(0, -1).join('\n')}\n`)
    expect(shownIn(join(out, 'cut'))).toBeUndefined()
    rmSync(join(folder, 'cells.json'))
    expect(shownIn(folder)).toBeUndefined()
    writeFileSync(join(out, 'cut', 'results.ndjson'), 'x\ny\n')
    expect(() => shownIn(join(out, 'cut'))).toThrow('line 1')
  })
})
