import type { Matrix, MatrixDivergence, MatrixPair, MatrixTopic } from '../matrix.ts'

/** For tests: two clients on two servers, with something of everything that a matrix can hold. */

const TOPIC: MatrixTopic = {
  kind: 'blob',
  operation: 'acquire',
  agreed: 10,
  new: 0,
  known: 0,
  masked: 0,
  notImplemented: 0,
  notExpressible: 0,
  notReached: 0,
  divergences: [],
}

const OF_CLIENT: MatrixDivergence = {
  rule: 'client.share.renew.sends.requests',
  field: 'requests',
  observed: 'none',
  state: 'known',
  of: 'client',
  expected: '1',
  level: 'documented',
  count: 7,
  sentence: 'It sends nothing | at all.',
  replay: "npx leasecheck replay 'lc1/share/renew,id=A' reference --driver js",
  kind: 'share',
  operation: 'renew',
}
const OF_SERVER: MatrixDivergence = {
  ...OF_CLIENT,
  rule: 'blob.renew.expired.another',
  field: 'status',
  observed: '200',
  state: 'new',
  of: 'server',
  sentence: 'It renews <any> lease.',
  replay: "npx leasecheck replay 'lc1/blob/renew,id=B'",
  kind: 'blob',
}

const SHOWN = {
  target: 'reference 0.1.0',
  apiVersion: '2023-11-03',
  baseline: null,
  kinds: ['blob', 'share'],
  complete: true,
  cells: { reachable: 1200, reached: 1199 },
  rules: { reachable: 90, reached: 90 },
  notExpressible: 0,
  gone: 0,
  divergences: [],
  topics: [TOPIC, { ...TOPIC, kind: 'share', operation: 'renew', agreed: 5 }, { ...TOPIC, operation: 'write' }],
}

export const SAMPLE_PAIRS: readonly MatrixPair[] = [
  {
    target: 'reference',
    driver: 'rest',
    folder: 'reference/rest',
    verdict: 'nothing new',
    exitStatus: 0,
    durationMs: 7400,
    shown: SHOWN,
  },
  {
    target: 'reference',
    driver: 'js',
    folder: 'reference/js',
    verdict: 'nothing new',
    exitStatus: 0,
    durationMs: 33_800,
    shown: {
      ...SHOWN,
      client: '@azure/storage-blob 12.34.0',
      notExpressible: 3400,
      gone: 1,
      divergences: [OF_CLIENT],
      topics: [
        { ...TOPIC, notExpressible: 4 },
        { ...TOPIC, kind: 'share', operation: 'renew', agreed: 0, masked: 87, divergences: [0] },
        { ...TOPIC, operation: 'write', agreed: 0, notExpressible: 10 },
      ],
    },
  },
  {
    target: 'azurite',
    driver: 'rest',
    folder: 'azurite/rest',
    verdict: 'something new',
    exitStatus: 1,
    durationMs: 8100,
    shown: {
      ...SHOWN,
      target: 'azurite 3.37.0',
      kinds: ['blob'],
      divergences: [OF_SERVER, { ...OF_SERVER, state: 'known', observed: '201' }],
      topics: [TOPIC, { ...TOPIC, operation: 'renew', agreed: 8, new: 1, known: 1, divergences: [0, 1] }],
    },
  },
  {
    target: 'azurite',
    driver: 'js',
    folder: 'azurite/js',
    verdict: 'could not run',
    reason: '@azure/storage-blob is not installed',
    exitStatus: 2,
    durationMs: 400,
  },
]

export const SAMPLE_MATRIX: Matrix = {
  format: 'leasecheck-matrix',
  version: 1,
  leasecheck: '0.1.0',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 50_000,
  exitStatus: 1,
  targets: ['reference', 'azurite'],
  drivers: ['rest', 'js'],
  pairs: [...SAMPLE_PAIRS],
}
