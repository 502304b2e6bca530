import { expect, test } from 'vitest'
import { parseRecordingsBaseline, type RecordingsBaseline, renderRecordingsBaseline } from './recordings-baseline.ts'
import { updatedRecordings } from './recordings-baseline-update.ts'
import type { RecordedDivergence } from './verification.ts'

const SIGNATURE = { rule: 'blob.renew.leased-fixed.held', field: 'status', observed: '409 LeaseAlreadyBroken' }
const FOUND: RecordedDivergence = {
  event: 'divergence',
  ...SIGNATURE,
  state: 'known',
  expected: '200',
  level: 'settled',
  fails: false,
  count: 1,
  evidence: [],
  examples: [{ file: 'new.json', place: '7', request: 'PUT /c/b?comp=lease, renew' }],
  seenIn: [{ file: 'new.json', place: '7' }],
}
const BEFORE: RecordingsBaseline = {
  format: 'leasecheck-recordings-baseline',
  version: 1,
  entries: [
    {
      ...SIGNATURE,
      sentence: 'An old service did so.',
      seenIn: [
        { file: 'left.json', place: '1' },
        { file: 'mended.json', place: '2' },
      ],
      issue: 'https://example.org/1',
    },
  ],
}

test('what people wrote stays, and places change only for files that were judged', () => {
  const { baseline, difference } = updatedRecordings(BEFORE, [FOUND], [], (file) => file !== 'left.json')
  const [entry] = BEFORE.entries
  expect(baseline.entries).toEqual([
    {
      ...entry,
      seenIn: [
        { file: 'left.json', place: '1' },
        { file: 'new.json', place: '7' },
      ],
    },
  ])
  expect(difference).toEqual([])
})

test('entries that are gone are dropped, new ones are added, and a date that has passed is told', () => {
  const gone = { event: 'baseline-entry', ...SIGNATURE, state: 'gone', reason: 'agrees', sentence: 'x' } as const
  const other: RecordedDivergence = { ...FOUND, field: 'code', observed: 'Odd', state: 'new' }
  const { baseline, difference } = updatedRecordings(BEFORE, [other], [gone], () => true)
  expect(baseline.entries).toMatchObject([{ field: 'code', observed: 'Odd', seenIn: FOUND.seenIn }])
  expect(difference).toEqual([
    '+ blob.renew.leased-fixed.held, code: Odd (new: write its sentence)',
    '- blob.renew.leased-fixed.held, status: 409 LeaseAlreadyBroken (gone)',
  ])
  const expired = { ...BEFORE, entries: [{ ...BEFORE.entries[0]!, until: '2020-01-01' }] }
  const after = updatedRecordings(expired, [{ ...FOUND, state: 'new' }], [], () => true)
  expect(after.difference).toEqual([expect.stringContaining('excused until 2020-01-01, which has passed')])
})

test('a file is read as it was written, and a misspelt one is told', () => {
  expect(parseRecordingsBaseline(renderRecordingsBaseline(BEFORE), 'b.json')).toEqual({ baseline: BEFORE })
  expect(parseRecordingsBaseline('{ "format": "leasecheck-baseline" }', 'b.json')).toEqual({
    error: 'b.json: format is "leasecheck-baseline"; expected "leasecheck-recordings-baseline"',
  })
})
