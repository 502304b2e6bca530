import type { BaselineEntryEvent, Bucket, Footer, Header, ResultEvent, ScenarioVerdict } from './results.ts'

/** A small run of everything that a run can hold, made by hand: what the tests of the reports render. */
export const SAMPLE_HEADER: Header = {
  event: 'header',
  format: 'leasecheck-results',
  version: 1,
  leasecheck: '0.1.0',
  target: { name: 'azurite', version: '3.37.0', url: 'http://127.0.0.1:41873/devstoreaccount1' },
  driver: 'rest',
  apiVersion: '2021-12-02',
  clock: 'virtual',
  seed: 1,
  kinds: ['blob', 'container'],
  only: [],
  strict: false,
  baseline: 'leasecheck-baseline.json',
  startedAt: '2026-03-01T12:00:00.000Z',
  plan: { scenarios: 1204, requests: 9102, readBacks: 2731 },
}

const RENEW = 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+0ms/renew,id=A'

export const SAMPLE_NEW: Bucket = {
  event: 'bucket',
  rule: 'blob.renew.expired.held',
  field: 'status',
  observed: '409 LeaseNotPresentWithLeaseOperation',
  state: 'new',
  expected: '200',
  level: 'settled',
  fails: true,
  count: 12,
  scenario: RENEW,
  operations: 2,
  waits: 1,
  story: [
    { step: 'acquire proposed=A duration=15', atMs: 0, answer: '201, lease id A', diverged: false },
    { step: 'wait until the deadline +0ms', atMs: 0, answer: '', diverged: false },
    { step: 'renew id=A', atMs: 15_000, answer: '409 LeaseNotPresentWithLeaseOperation', diverged: true },
  ],
  evidence: [
    { source: 'lease-blob', kind: 'doc' },
    { source: 'net-v11-lease-tests', kind: 'sdk-test', note: 'renewed after it ran out' },
    { source: 'recordings', kind: 'recording', count: 2 },
  ],
}

/** A server that answers what it likes to an id that is no id: what is printed must not be what it sent. */
export const SAMPLE_WARNING: Bucket = {
  event: 'bucket',
  rule: 'container.acquire.malformed',
  field: 'code',
  observed: 'Invalid\u001b[31mHeader\u0007',
  state: 'new',
  expected: 'InvalidHeaderValue',
  level: 'inferred',
  fails: false,
  count: 1,
  scenario: `lc1/container/acquire,proposed=malformed:${'%3C'.repeat(60)},duration=-1`,
  operations: 1,
  waits: 0,
  story: [
    {
      step: `acquire proposed=malformed:${'<'.repeat(60)} duration=-1`,
      atMs: 14_999,
      answer: '400 Invalid\u001b[31mHeader\u0007, lease id 1f812371-a41d-49e6-b123-f4b542e851c5',
      diverged: true,
    },
  ],
  evidence: [{ source: 'reasoning', kind: 'inferred', note: 'as for every other header that holds what it must not' }],
}

export const SAMPLE_KNOWN: Bucket = {
  ...SAMPLE_NEW,
  rule: 'blob.break.leased-fixed',
  field: 'x-ms-lease-time',
  observed: 'absent',
  state: 'known',
  expected: 'the time left, rounded down or the time left, rounded up',
  fails: false,
  count: 40,
  scenario: 'lc1/blob/acquire,proposed=A,duration=60/break',
  waits: 0,
  story: [
    { step: 'acquire proposed=A duration=60', atMs: 0, answer: '201, lease id A', diverged: false },
    { step: 'break', atMs: 0, answer: '202', diverged: true },
  ],
  sentence: 'Azurite does not say how long the lease goes on after a break.',
  issue: 'https://github.com/Azure/Azurite/issues/1767',
}

/** A server that counts on from the last look: two plays were compared, and no rule is broken. */
export const SAMPLE_PROPERTY: Bucket = {
  event: 'bucket',
  rule: 'share.property.waits-add-up',
  field: 'x-ms-lease-time',
  observed: 'a longer time',
  state: 'new',
  expected: 'a shorter time, as after one wait',
  level: 'documented',
  fails: true,
  count: 2,
  scenario: 'lc1/share/acquire,proposed=A,duration=60/wait,10000ms/break',
  twin: 'lc1/share/acquire,proposed=A,duration=60/wait,5000ms/getShareProperties/wait,5000ms/break',
  operations: 2,
  waits: 1,
  story: [
    { step: 'acquire proposed=A duration=60', atMs: 0, answer: '201, lease id A', diverged: false },
    { step: 'wait 5000ms', atMs: 0, answer: '', diverged: false },
    { step: 'getShareProperties', atMs: 5_000, answer: '200, leased locked fixed', diverged: false },
    { step: 'wait 5000ms', atMs: 5_000, answer: '', diverged: false },
    { step: 'break', atMs: 10_000, answer: '202, lease time 55', diverged: true },
  ],
  evidence: [
    {
      source: 'reasoning',
      kind: 'inferred',
      note: 'a lease ends at an instant, however often somebody has looked before',
    },
  ],
}

/** A client library that keeps quiet about what it was asked for. */
export const SAMPLE_CLIENT: Bucket = {
  event: 'bucket',
  rule: 'client.container.observe.sends.lease-id',
  field: 'x-ms-lease-id',
  observed: 'absent',
  state: 'new',
  expected: 'as asked',
  level: 'documented',
  fails: true,
  count: 1,
  scenario: 'lc1/container/getContainerProperties,id=A',
  operations: 1,
  waits: 0,
  story: [{ step: 'getContainerProperties id=A', atMs: 0, answer: '200, available unlocked', diverged: true }],
  evidence: [{ source: 'js-blob-package', kind: 'doc' }],
}

const ENTRY = { event: 'baseline-entry', field: 'status', observed: '500', sentence: 'It fails.' } as const

export const SAMPLE_ENTRIES: readonly BaselineEntryEvent[] = [
  {
    ...ENTRY,
    rule: 'blob.change.broken',
    state: 'gone',
    reason: 'its scenario agrees now',
    scenario: 'lc1/blob/break',
  },
  {
    ...ENTRY,
    rule: 'share.acquire.available',
    state: 'not checked',
    reason: 'kind share was not selected',
    scenario: 'lc1/share',
  },
]

const VERDICT: ScenarioVerdict = {
  event: 'verdict',
  scenario: RENEW,
  origin: 'tour',
  end: 'complete',
  requests: 4,
  divergences: [],
  durationMs: 3.5,
}

export const SAMPLE_FOOTER: Footer = {
  event: 'footer',
  complete: true,
  scenarios: 1204,
  origins: [
    { origin: 'tour', scenarios: 1130, diverged: 80, durationMs: 61_000 },
    { origin: 'random', scenarios: 60, diverged: 0, durationMs: 3_100 },
    { origin: 'baseline', scenarios: 14, diverged: 13, durationMs: 210 },
  ],
  steps: 6310,
  requests: 9102,
  readBacks: 2731,
  crossings: 803,
  rules: {
    reachable: 96,
    reached: 94,
    masked: ['blob.renew.expired.held-spelt-otherwise'],
    unreached: ['blob.delete.breaking'],
  },
  cells: {
    reachable: 530,
    reached: 519,
    masked: ['given: held', 'given: former', 'given: fresh'].map((input) => ({
      cell: `blob renew | expired, shortest | lease id ${input}`,
      by: 'blob.renew.expired.held | status | 409 LeaseNotPresentWithLeaseOperation',
    })),
    unreached: Array.from(
      { length: 8 },
      (_, place) => `blob delete | breaking, ${place + 1} s left | lease id given: none`,
    ),
  },
  operations: {
    known: ['acquire', 'renew', 'break', 'release', 'change', 'setTags'],
    exercised: ['acquire', 'renew', 'break', 'release', 'change'],
  },
  judged: { settled: 31_020, documented: 4_200, inferred: 910, open: 12 },
  buckets: { new: 2, known: 1, failing: 1 },
  entries: { gone: 1, notChecked: 1 },
  exitStatus: 1,
  durationMs: 7412.6,
}

export const SAMPLE_EVENTS: readonly ResultEvent[] = [
  SAMPLE_HEADER,
  VERDICT,
  {
    ...VERDICT,
    origin: 'random',
    end: 'ended',
    divergences: [{ ...signature(SAMPLE_NEW), step: 3, expected: '200', level: 'settled' }],
  },
  { ...VERDICT, origin: 'baseline', scenario: SAMPLE_KNOWN.scenario },
  SAMPLE_NEW,
  SAMPLE_WARNING,
  SAMPLE_KNOWN,
  ...SAMPLE_ENTRIES,
  { event: 'finding', rule: 'blob.break.broken', field: 'x-ms-lease-time', observed: '0', count: 3 },
  SAMPLE_FOOTER,
]

/** The same run with nothing wrong but what is known. */
export const GREEN_EVENTS: readonly ResultEvent[] = [
  SAMPLE_HEADER,
  VERDICT,
  SAMPLE_KNOWN,
  { ...SAMPLE_FOOTER, buckets: { new: 0, known: 1, failing: 0 }, entries: { gone: 0, notChecked: 0 }, exitStatus: 0 },
]

function signature({ rule, field, observed }: Bucket) {
  return { rule, field, observed }
}
