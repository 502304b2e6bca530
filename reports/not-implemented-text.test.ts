import { expect, test } from 'vitest'
import { renderMarkdown } from './markdown.ts'
import { notImplementedText } from './not-implemented-text.ts'
import type { ResultEvent } from './results.ts'
import { runOf } from './run.ts'
import { SAMPLE_EVENTS } from './sample-events.ts'
import { renderSummary } from './terminal/index.ts'
import { verdictLine } from './verdict-line.ts'

const CELLS = { reachable: 1200, reached: 1000, masked: [], unreached: [] }
const NOT_IMPLEMENTED = [
  { rule: 'container.implements.acquire', observed: '404', cells: 150 },
  { rule: 'blob.implements.setBlobTags', observed: '501 NotImplemented', cells: 50 },
]

test('names what the target does not know, and says how much could not be checked', () => {
  expect(notImplementedText({ notImplemented: NOT_IMPLEMENTED, cells: CELLS })).toBe(
    '2 operations, so that 200 of 1,200 cells could not be checked: container acquire (404), blob setBlobTags (501 NotImplemented)',
  )
})

test('every summary says so, the verdict in its first line', () => {
  const events: ResultEvent[] = SAMPLE_EVENTS.map((event) =>
    event.event === 'footer' ? { ...event, cells: CELLS, notImplemented: NOT_IMPLEMENTED } : event,
  )
  expect(verdictLine(runOf(events))).toContain('1,000 of 1,200 cells checked, 2 operations not implemented')
  expect(verdictLine(runOf(SAMPLE_EVENTS))).not.toContain('not implemented')
  expect(renderMarkdown(events)).toContain('container acquire (404)')
  expect(renderSummary(events, { colour: false, verbose: false }).replaceAll(/\s+/g, ' ')).toContain(
    'container acquire (404)',
  )
})
