import { expect, test } from 'vitest'
import { verdictLine } from './verdict-line.ts'
import type { Tally, VerificationFooter } from './verification.ts'
import type { Verified } from './verified.ts'

const TALLY: Tally = {
  exchanges: 8,
  explained: 8,
  unexplained: 0,
  known: 0,
  notJudgeable: 0,
  hierarchical: 0,
  beside: 0,
}

function lineWith(judged: VerificationFooter['judged'], complete = true): string {
  const footer: VerificationFooter = {
    event: 'footer',
    complete,
    ...(complete ? {} : { reason: 'interrupted' }),
    files: { judged: 1, unreadable: 0, passedOver: 0, left: 0 },
    recordings: 1,
    standingFor: 1,
    all: TALLY,
    leaseOperations: TALLY,
    formats: [],
    notJudgeable: [],
    judged,
    divergences: { new: 0, known: 0, failing: 0 },
    entries: { gone: 0, notChecked: 0 },
    exitStatus: 0,
    durationMs: 1,
  }
  const none = { unreadable: [], failures: [], warnings: [], known: [], gone: [], notChecked: [], rules: [] }
  return verdictLine({ header: {} as Verified['header'], ...none, footer })
}

test('the first line says it if more than half of what was judged is open, or nothing was', () => {
  expect(lineWith({ settled: 5, documented: 0, inferred: 0, open: 5 })).toBe('8 exchanges in 1 recording: nothing new')
  expect(lineWith({ settled: 4, documented: 0, inferred: 0, open: 5 })).toContain(
    'MORE THAN HALF OF WHAT WAS SEEN IS OPEN',
  )
  expect(lineWith({ settled: 0, documented: 0, inferred: 0, open: 0 })).toContain('NOTHING WAS JUDGED')
})

test('what was cut short says so', () => {
  expect(lineWith({ settled: 1, documented: 0, inferred: 0, open: 0 }, false)).toBe(
    '8 exchanges in 1 recording: INCOMPLETE (interrupted); nothing new so far',
  )
})
