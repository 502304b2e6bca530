import { expect, test } from 'vitest'
import { type OperationHeaders, operation } from '../model/operation.ts'
import { idOfName } from '../model/scenario.ts'
import { at } from '../model/time.ts'
import type { Answer, Trace, TraceClock, TraceStep } from '../model/trace.ts'
import { twinDifferences } from './twin-differences.ts'

const [A, B, C] = ['A', 'B', 'C'].map(idOfName) as [string, string, string]
const VIRTUAL: TraceClock = { kind: 'virtual', drift: 0 }

type Told = readonly [atMs: number, answer: Partial<Answer> | undefined, sent?: OperationHeaders]

function traceOf(steps: readonly Told[], clock = VIRTUAL): Trace {
  return {
    clock,
    world: [],
    steps: steps.map(([atMs, answer, sent]): TraceStep => {
      const asked = operation('acquire', 'blob', sent)
      const whole = answer && { status: 200, headers: {}, ...answer }
      return { call: { do: 'acquire', on: 'blob' }, exchanges: [{ operation: asked, window: at(atMs), answer: whole }] }
    }),
  }
}

/** Field by field what differs of two traces whose steps correspond one by one. */
function differing(original: readonly Told[], twin: readonly Told[], clock = VIRTUAL) {
  const pairs = original.map((_, place) => [place, place] as const)
  const differences = twinDifferences(traceOf(original, clock), traceOf(twin, clock), {
    scenario: { world: [], steps: [] },
    correspondences: [pairs],
  })
  return differences.map(({ field, original: own, twin: other, places }) => [places.twin, field, own, other])
}

const etag = (value: string) => ({ headers: { etag: value } })
const leaseId = (id: string) => ({ headers: { 'x-ms-lease-id': id } })
const leaseTime = (time: string) => ({ headers: { 'x-ms-lease-time': time } })

test('only the first step that differs is told, and of a status nothing else', () => {
  const found = differing(
    [
      [0, { status: 201 }],
      [0, { status: 200 }],
    ],
    [
      [0, { status: 409, code: 'LeaseAlreadyPresent', headers: { 'x-ms-lease-state': 'leased' } }],
      [0, { status: 404 }],
    ],
  )
  expect(found).toEqual([[0, 'status', '201', '409 LeaseAlreadyPresent']])
})

test('ETags are compared as changed or unchanged, and only once time has passed', () => {
  const changing: Told[] = [
    [0, etag('1')],
    [0, etag('2')],
    [1, etag('3')],
  ]
  const sameAtOnce: Told[] = [
    [0, etag('x')],
    [0, etag('x')],
    [1, etag('y')],
  ]
  const sameLater: Told[] = [
    [0, etag('x')],
    [0, etag('y')],
    [1, etag('y')],
  ]
  expect(differing(changing, sameAtOnce)).toEqual([])
  expect(differing(changing, sameLater)).toEqual([[2, 'etag', 'changed', 'unchanged']])
})

test('lease ids are compared up to renaming, one to one, with what was sent', () => {
  const renamed: Told[] = [
    [0, leaseId(B), { proposedLeaseId: B }],
    [0, leaseId(C)],
  ]
  expect(
    differing(
      [
        [0, leaseId(A), { proposedLeaseId: A }],
        [0, leaseId(B)],
      ],
      renamed,
    ),
  ).toEqual([])
  const differs = (own: string) =>
    differing(
      [
        [0, leaseId(A), { proposedLeaseId: A }],
        [0, leaseId(own)],
      ],
      renamed,
    )
  expect(differs(A)).toEqual([[1, 'x-ms-lease-id', 'one lease id', 'another lease id']])
})

test('lease times are the same on virtual time, and a second apart at most on wall time', () => {
  const wall: TraceClock = { kind: 'wall', drift: 0.001 }
  expect(differing([[0, leaseTime('5')]], [[0, leaseTime('4')]])).toEqual([
    [0, 'x-ms-lease-time', 'a longer time', 'a shorter time'],
  ])
  expect(differing([[0, leaseTime('5')]], [[0, leaseTime('4')]], wall)).toEqual([])
  expect(differing([[0, leaseTime('5')]], [[0, leaseTime('3')]], wall)).toHaveLength(1)
  expect(differing([[0, leaseTime('5')]], [[0, {}]], wall)).toEqual([[0, 'x-ms-lease-time', 'present', 'absent']])
})

test('after an answer that never came nothing is compared', () => {
  const [lost, later]: readonly Told[] = [
    [0, undefined],
    [0, { status: 404 }],
  ]
  expect(differing([lost!, [0, {}]], [[0, {}], later!])).toEqual([])
})
