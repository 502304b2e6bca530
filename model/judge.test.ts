import { describe, expect, test } from 'vitest'
import { compile } from './compiled-rules.ts'
import { advance, begin, deadlineBelieved, judge } from './judge.ts'
import { type OperationHeaders, type OperationName, operation } from './operation.ts'
import { RULES } from './rules/index.ts'
import { idOfName } from './scenario.ts'
import type { Span } from './time.ts'
import type { Answer, Trace, TraceStep } from './trace.ts'
import { WORLDS } from './usual-worlds.ts'

const rules = compile(RULES)
const [A, B] = [idOfName('A'), idOfName('B')]
const WALL = { kind: 'wall', drift: 0 } as const
const ETAG = { etag: '"1"', 'last-modified': 'now' }
const LEASED: Answer = {
  status: 200,
  headers: { ...ETAG, 'x-ms-lease-state': 'leased', 'x-ms-lease-status': 'locked', 'x-ms-lease-duration': 'fixed' },
}
const EXPIRED: Answer = {
  status: 200,
  headers: { ...ETAG, 'x-ms-lease-state': 'expired', 'x-ms-lease-status': 'unlocked' },
}

function step(
  name: OperationName,
  headers: OperationHeaders,
  [sent, answered]: [number, number],
  answer: Answer | undefined,
): TraceStep {
  const window: Span = { earliestMs: sent, latestMs: answered }
  return {
    call: { do: name, on: 'blob' },
    exchanges: [{ operation: operation(name, 'blob', headers), window, answer }],
  }
}

const acquired = (id: string): Answer => ({ status: 201, headers: { ...ETAG, 'x-ms-lease-id': id } })
const availableAt = (at: number) =>
  step('getBlob', {}, [at, at], {
    status: 200,
    headers: { ...ETAG, 'x-ms-lease-state': 'available', 'x-ms-lease-status': 'unlocked' },
  })
const trace = (...steps: TraceStep[]): Trace => ({ clock: WALL, world: WORLDS.blob!, steps })
const results = (...steps: TraceStep[]) => judge(rules, trace(...steps)).steps.map(({ result }) => result)
const acquire = (window: [number, number], answer: Answer | undefined, id = A) =>
  step('acquire', { proposedLeaseId: id, duration: '15' }, window, answer)

describe('uncertain time', () => {
  test('around a deadline both answers are right; a second away only one is', () => {
    const before = acquire([0, 400], acquired(A))
    for (const [at, answer, expected] of [
      [14_900, LEASED, 'agreed'],
      [14_900, EXPIRED, 'diverged'],
      [15_100, LEASED, 'agreed'],
      [15_100, EXPIRED, 'agreed'],
      [15_500, LEASED, 'diverged'],
      [15_500, EXPIRED, 'agreed'],
    ] as const) {
      expect(results(before, step('getBlob', {}, [at, at], answer)).at(-1), `${at}`).toBe(expected)
    }
  })

  test('an answer narrows the deadline: leased at the one moment and expired at the next', () => {
    const seen = [acquire([0, 400], acquired(A)), step('getBlob', {}, [15_200, 15_200], LEASED)]
    const { next } = seen.reduce((at, each) => advance(rules, at.next, each), { next: begin(WALL, WORLDS.blob!) })
    expect(deadlineBelieved(next, 'blob')).toEqual({ earliestMs: 15_200, latestMs: 15_400 })
    expect(
      results(...seen, step('getBlob', {}, [15_300, 15_300], EXPIRED), step('getBlob', {}, [15_310, 15_310], LEASED)),
    ).toEqual(['agreed', 'agreed', 'agreed', 'diverged'])
  })
})

describe('an answer that never came', () => {
  const lost = acquire([0, 100], undefined)
  test('leaves both worlds possible', () => {
    expect(results(lost, availableAt(200))).toEqual(['unknown', 'agreed'])
    expect(results(lost, step('getBlob', {}, [200, 200], LEASED))).toEqual(['unknown', 'agreed'])
  })

  test('may still act later, until an answer shows that it has', () => {
    expect(results(lost, availableAt(200), step('getBlob', {}, [300, 300], LEASED), availableAt(400))).toEqual([
      'unknown',
      'agreed',
      'agreed',
      'diverged',
    ])
  })

  test('explains a conflict with a lease that nobody was told of', () => {
    const present: Answer = { status: 409, code: 'LeaseAlreadyPresent', headers: {} }
    expect(results(lost, acquire([200, 200], present, B))).toEqual(['unknown', 'agreed'])
    expect(
      results(
        acquire([0, 0], acquired(B), B),
        step('release', { leaseId: B }, [10, 10], { status: 200, headers: ETAG }),
        acquire([20, 20], present),
      ),
    ).toEqual(['agreed', 'agreed', 'diverged'])
  })

  test('in great number is more than can be followed, which is no divergence', () => {
    const many = Array.from({ length: 8 }, (_, n) =>
      step('break', { breakPeriod: String(n + 1) }, [1000 + n, 1000 + n], undefined),
    )
    const verdict = judge(rules, trace(acquire([0, 0], acquired(A)), ...many, availableAt(60_000)))
    expect(verdict.steps.every(({ result }) => result !== 'diverged')).toBe(true)
    expect(verdict.end).toBe('ended')
  })
})

describe('a divergence', () => {
  test('that is a refusal lets the trace go on, as nothing has changed; a success that should be none ends it', () => {
    const wrongCode: Answer = { status: 409, code: 'Other', headers: {} }
    const failure: Answer = { status: 500, headers: {} }
    const steps = [acquire([0, 0], acquired(A)), acquire([1, 1], wrongCode, B), step('getBlob', {}, [2, 2], LEASED)]
    expect(judge(rules, trace(...steps))).toMatchObject({
      end: 'complete',
      steps: [
        { result: 'agreed' },
        { result: 'diverged', divergences: [{ field: 'code', observed: 'Other', level: 'settled' }] },
        { result: 'agreed' },
      ],
    })
    expect(judge(rules, trace(acquire([0, 0], wrongCode), step('getBlob', {}, [2, 2], LEASED)))).toMatchObject({
      end: 'ended',
      steps: [
        { result: 'diverged', divergences: [{ field: 'status', observed: '409 Other' }] },
        { result: 'diverged', divergences: [{ field: 'x-ms-lease-state', observed: 'leased' }, {}, {}] },
      ],
    })
    const twice = [acquire([0, 0], acquired(A)), acquire([1, 1], acquired(B), B)]
    expect(judge(rules, trace(...twice, availableAt(2))).steps).toHaveLength(2)
    expect(judge(rules, trace(acquire([0, 0], failure), availableAt(2))).steps).toHaveLength(1)
  })

  test('that says an operation is unknown breaks a rule of its own, and says nothing of leases', () => {
    const unknown: Answer = { status: 501, code: 'APINotImplemented', headers: {} }
    const verdict = judge(rules, trace(acquire([0, 0], unknown), availableAt(2)))
    expect(verdict).toMatchObject({
      end: 'complete',
      steps: [
        { result: 'diverged', divergences: [{ rule: 'blob.implements.acquire', observed: '501 APINotImplemented' }] },
        { result: 'agreed' },
      ],
    })
    expect(verdict.steps[0]!.cell).toBeUndefined()
  })

  test('where nobody knows what is right is a finding, unless the value is one that nobody thought of', () => {
    const lapsed = (code: string) => [
      acquire([0, 0], acquired(A)),
      step('getBlob', { leaseId: A }, [20_000, 20_000], { status: 412, code, headers: {} }),
    ]
    expect(judge(rules, trace(...lapsed('LeaseLost'))).steps[1]).toMatchObject({
      result: 'agreed',
      findings: [{ rule: 'blob.lease.read.ended.held-id', field: 'code', observed: 'LeaseLost' }],
      judged: { open: 1 },
    })
    expect(judge(rules, trace(...lapsed('Teapot'))).steps[1]).toMatchObject({
      result: 'diverged',
      divergences: [{ field: 'code', level: 'open' }],
    })
  })

  test('of a use that is refused for its lease names the rule of that check', () => {
    const refused: Answer = { status: 412, code: 'LeaseIdMismatchWithBlobOperation', headers: {} }
    const verdict = judge(rules, trace(acquire([0, 0], acquired(A)), step('getBlob', { leaseId: A }, [1, 1], refused)))
    expect(verdict.steps[1]?.divergences).toMatchObject([{ rule: 'blob.lease.read.locked.held', field: 'status' }])
  })

  test('is not that an ETag stayed the same, if the content changed twice in one instant', () => {
    const written = (etag: string): Answer => ({ status: 200, headers: { etag, 'last-modified': 'now' } })
    const write = (at: number, etag: string) => step('setBlobMetadata', {}, [at, at], written(etag))
    expect(results(write(0, '"1"'), write(0, '"1"'), write(1, '"1"'))).toEqual(['agreed', 'agreed', 'diverged'])
    expect(results(write(0, '"1"'), write(1, '"2"'), write(1, '"2"'))).toEqual(['agreed', 'agreed', 'agreed'])
  })
})
