import { expect, test } from 'vitest'
import type { Footer, ResultEvent } from './results.ts'
import { runOf } from './run.ts'
import { GREEN_EVENTS, SAMPLE_EVENTS, SAMPLE_FOOTER, SAMPLE_HEADER, SAMPLE_WARNING } from './sample-events.ts'
import { exitReason, verdictLine } from './verdict-line.ts'

const green = GREEN_EVENTS.slice(0, -1)

test.each<[string, readonly ResultEvent[], string]>([
  ['0: nothing new', GREEN_EVENTS, 'azurite 3.37.0: nothing new; 1 known divergence'],
  [
    '0: nothing new that fails a run',
    [...green, SAMPLE_WARNING, ending({})],
    'azurite 3.37.0: nothing new that fails; 1 warning; 1 known divergence',
  ],
  ['1: 1 new divergence', SAMPLE_EVENTS, 'azurite 3.37.0: 1 NEW divergence; 1 warning; 1 known divergence; 1 gone'],
  [
    '1: entries of the baseline are gone',
    SAMPLE_EVENTS.map((event) => (event.event === 'bucket' ? { ...event, state: 'known', fails: false } : event)),
    'azurite 3.37.0: nothing new; 3 known divergences; 1 gone',
  ],
  [
    '130: interrupted (after 12 of 40 scenarios)',
    [...green, ending({ exitStatus: 130, complete: false, reason: 'after 12 of 40 scenarios' })],
    'azurite 3.37.0: INCOMPLETE (after 12 of 40 scenarios); nothing new so far; 1 known divergence',
  ],
  [
    '3: the target or the driver could not be reached or died, or the run proved nothing (every answer was 403)',
    [SAMPLE_HEADER, ending({ exitStatus: 3, reason: 'every answer was 403' })],
    'azurite 3.37.0: NO RESULT (every answer was 403); nothing new so far',
  ],
  [
    '0: nothing new',
    [SAMPLE_HEADER, ending({ judged: { settled: 2, documented: 2, inferred: 1, open: 6 } })],
    'azurite 3.37.0: MORE THAN HALF OF WHAT WAS SEEN IS OPEN (nobody knows what is right); nothing new',
  ],
  [
    '0: nothing new',
    [SAMPLE_HEADER, ending({ judged: { settled: 0, documented: 0, inferred: 0, open: 0 } })],
    'azurite 3.37.0: NOTHING WAS JUDGED; nothing new',
  ],
  [
    'unknown: the results end without a footer',
    green,
    'azurite 3.37.0: INCOMPLETE (the results end without a footer, so the run was cut off); nothing new so far; 1 known divergence',
  ],
])('exit status %s', (reason, events, line) => {
  expect(verdictLine(runOf(events))).toBe(line)
  expect(exitReason(runOf(events))).toBe(reason)
})

function ending(change: Partial<Footer>): Footer {
  return { ...SAMPLE_FOOTER, exitStatus: 0, ...change }
}
