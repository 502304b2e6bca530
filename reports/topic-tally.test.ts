import { expect, test } from 'vitest'
import { cellResultsFile } from './cell-tally.ts'
import { topicTallies } from './topic-tally.ts'

const ABOUT = {
  leasecheck: '0.1.0',
  target: 'azurite',
  targetVersion: '3.37.0',
  driver: 'js',
  apiVersion: '2023-11-03',
  runs: [{ kinds: ['blob'], only: [], seed: 1, random: 0, thorough: false, baseline: null, complete: true }],
}
const [WRONG, WORSE] = [
  { rule: 'blob.acquire.leased', field: 'status', observed: '500' },
  { rule: 'blob.acquire.leased', field: 'code', observed: 'none' },
]

const FILE = cellResultsFile(
  ABOUT,
  new Map([
    ['blob acquire | available | duration: 15', { outcome: 'agreed' }],
    ['blob (append) acquire | available', { outcome: 'agreed' }],
    [
      'blob acquire | leased | duration: 15',
      {
        outcome: 'diverged',
        divergences: [WRONG, WORSE].map((each) => ({ ...each, expected: '409' })),
        alsoAgreed: true,
      },
    ],
    ['blob acquire | leased | duration: 60', { outcome: 'masked', by: WRONG }],
    ['blob putPage | available', { outcome: 'not implemented', by: WORSE }],
    ['blob putBlob | available', { outcome: 'not expressible' }],
    ['blob putBlob | leased', { outcome: 'not reached', because: 'nothing led there' }],
  ]),
)

const named = (topic: string) => {
  const [kind = '', ...rest] = topic.replace(' (append)', '').split(' ')
  return { kind, operation: rest.join(' ') }
}

test('every cell counts once, under its topic', () => {
  const tallies = topicTallies(FILE, named)
  expect(tallies.map(({ kind, operation, counts }) => [kind, operation, counts])).toEqual([
    ['blob', 'acquire', { agreed: 2, diverged: 1, masked: 1, notImplemented: 0, notExpressible: 0, notReached: 0 }],
    ['blob', 'putBlob', { agreed: 0, diverged: 0, masked: 0, notImplemented: 0, notExpressible: 1, notReached: 1 }],
    ['blob', 'putPage', { agreed: 0, diverged: 0, masked: 0, notImplemented: 1, notExpressible: 0, notReached: 0 }],
  ])
  const sum = (of: 'agreed' | 'diverged' | 'masked' | 'notExpressible') =>
    tallies.reduce((total, { counts }) => total + counts[of], 0)
  expect(FILE.counts.blob).toMatchObject({
    agreed: sum('agreed'),
    diverged: sum('diverged'),
    masked: sum('masked'),
    notExpressible: sum('notExpressible'),
  })
})

test('what spoils cells is told with them', () => {
  const [acquire] = topicTallies(FILE, named)
  expect(acquire!.behind).toEqual([
    { signature: WORSE, outcome: 'diverged', cells: ['blob acquire | leased | duration: 15'] },
    { signature: WRONG, outcome: 'diverged', cells: ['blob acquire | leased | duration: 15'] },
    { signature: WRONG, outcome: 'masked', cells: ['blob acquire | leased | duration: 60'] },
  ])
})
