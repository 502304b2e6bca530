import { expect, test } from 'vitest'
import { RETRIES, type Retries, type RetryExperiment, renderRetries } from './retries.ts'
import { renderRetriesMarkdown } from './retries-markdown.ts'
import {
  divergenceGroups,
  outcomeText,
  pauses,
  pausesText,
  retryRows,
  standingOf,
  surprisesIn,
} from './retries-rows.ts'
import { renderRetries as renderOnTerminal } from './terminal/retries.ts'

const RELEASE: RetryExperiment = {
  kind: 'blob',
  call: 'release,id=A',
  state: 'leased by us',
  lost: 'answer',
  everyTime: false,
  policy: 'default',
  tries: [
    { host: 'primary', afterSeconds: 0, leaseId: 'A', lost: 'answer', answered: { status: 200 } },
    { host: 'primary', afterSeconds: 15.2, leaseId: 'A', answered: { status: 409, code: 'LeaseNotPresent' } },
  ],
  ended: { with: 'error', error: 'ServiceError', because: 'service', status: 409, code: 'LeaseNotPresent' },
  after: { state: 'available' },
  surprise: 'refused though done',
}
const ONCE: RetryExperiment = {
  ...RELEASE,
  policy: 'none',
  tries: RELEASE.tries.slice(0, 1),
  ended: { with: 'error', error: 'ConnectionError', because: 'connection' },
  surprise: 'unknown though done',
}
const DIVERGENCE: Retries['divergences'][number] = {
  rule: 'client.retries.none.release.requests',
  field: 'requests',
  expected: 'exactly one',
  observed: '2',
  level: 'documented',
  evidence: [],
  seen: 3,
  example: 'blob release,id=A',
  scenario: 'lc1/blob/release,id=A',
}
const REPORT: Retries = {
  format: 'leasecheck-retries',
  version: 1,
  leasecheck: '0.0.0',
  target: { name: 'reference', version: '0.0.0' },
  driver: 'js',
  client: 'storage-blob 1.2.3',
  apiVersion: '2023-11-03',
  leftOut: 0,
  experiments: [RELEASE, ONCE, { ...RELEASE, kind: 'container' }, { ...ONCE, kind: 'container' }],
  divergences: [DIVERGENCE, { ...DIVERGENCE, rule: 'client.retries.none.renew.requests' }],
  logging: { calls: 12, characters: 1000, secrets: ['the account key'] },
}

test('a file is read back as it was written', () => {
  expect(RETRIES.parse(JSON.parse(renderRetries(REPORT)))).toEqual(REPORT)
})

test('an experiment in words', () => {
  expect(outcomeText(RELEASE)).toBe('2 requests; 409 LeaseNotPresent, though it was done; available')
  expect(outcomeText(ONCE)).toBe('1 request; ConnectionError, though it was done; available')
})

test('kinds that come out alike share a row, and others do not', () => {
  expect(retryRows(REPORT)).toMatchObject([{ kinds: ['blob', 'container'], call: 'release,id=A', lost: 'answer' }])
  const other = { ...RELEASE, kind: 'container', after: { state: 'leased' } } as const
  expect(retryRows({ experiments: [RELEASE, other] }).map(({ kinds }) => kinds)).toEqual([['blob'], ['container']])
})

test('divergences of one sort are told once, with all their rules', () => {
  expect(divergenceGroups(REPORT.divergences)).toMatchObject([
    { rule: 'client.retries.none.release|renew.requests', seen: 6 },
  ])
  const known = { ...DIVERGENCE, known: 'it is so' }
  expect(divergenceGroups([DIVERGENCE, known]).map(standingOf)).toEqual(['NEW', 'known'])
  expect(standingOf({ ...DIVERGENCE, level: 'inferred' })).toBe('finding')
})

test('pauses are those between tries that were all in vain', () => {
  const vain = (...seconds: number[]): RetryExperiment => ({
    ...RELEASE,
    everyTime: true,
    tries: [0, ...seconds].map((afterSeconds) => ({ host: 'primary', afterSeconds })),
  })
  expect(pausesText(pauses({ experiments: [RELEASE, vain(4, 12), vain(6, 12.2)] }))).toBe('4 to 6 s, 12 s')
})

test('what surprises is told by calls', () => {
  expect(surprisesIn(REPORT)).toMatchObject([
    { surprise: 'refused though done', policy: 'default', calls: ['release'], times: 2 },
    { surprise: 'unknown though done', policy: 'none', calls: ['release'], times: 2 },
  ])
})

test.each([
  ['terminal', renderOnTerminal(REPORT, { colour: false })],
  ['Markdown', renderRetriesMarkdown(REPORT)],
])('the %s tells everything', (_, text) => {
  for (const told of ['storage-blob 1.2.3', 'though it was done', 'NEW', 'the account key', '4 experiments'])
    expect(text).toContain(told)
})
