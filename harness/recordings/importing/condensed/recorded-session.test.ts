import { expect, test } from 'vitest'
import { readRecordedSessions } from './recorded-session.ts'

const SESSION = {
  path: 'a.yaml',
  count: 2,
  versions: ['2019-02-02'],
  hns: false,
  steps: [{ r: 'container1', op: 'PUT restype=container', st: 201, dt: 0 }],
}

test('reads one session a line, and leaves empty lines alone', () => {
  const read = readRecordedSessions(`${JSON.stringify(SESSION)}\n\n${JSON.stringify({ ...SESSION, path: 'b' })}\n`, 'f')
  expect('sessions' in read && read.sessions.map(({ path }) => path)).toEqual(['a.yaml', 'b'])
})

test.each([
  ['not JSON', 'recordings', 'f, line 1: it is no JSON object: it begins with "recordings"'],
  ['nothing', '\n', 'f holds no recorded session; expected one a line, as JSON'],
  [
    'a step without a status',
    JSON.stringify({ ...SESSION, steps: [{ r: 'container1', op: 'PUT', dt: 0 }] }),
    'f, line 1: it is no recorded session: steps[0].st',
  ],
  [
    'a lease id that is none',
    JSON.stringify({ ...SESSION, steps: [{ ...SESSION.steps[0], id: '1234' }] }),
    'f, line 1: it is no recorded session: steps[0].id',
  ],
])('says in a sentence what is wrong with %s', (_, text, error) => {
  const read = readRecordedSessions(text, 'f')
  expect('error' in read && read.error).toContain(error)
})
