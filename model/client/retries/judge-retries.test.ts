import { describe, expect, test } from 'vitest'
import { compile } from '../../compiled-rules.ts'
import { judge } from '../../judge.ts'
import { type OperationHeaders, operation } from '../../operation.ts'
import { RULES } from '../../rules/index.ts'
import { at } from '../../time.ts'
import type { Answer } from '../../trace.ts'
import type { ClientReturn } from '../client-account.ts'
import type { RetryPolicy } from '../documented.ts'
import { judgeRetries } from './judge-retries.ts'
import type { LostPart, RetriedCall, Try } from './retried-call.ts'
import { RETRY_RULES } from './retry-rules.ts'
import { surpriseOf } from './surprise.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const TAGS = { etag: '"0x1"', 'last-modified': 'Tue, 01 Jan 2030 00:00:00 GMT' }
const DONE: Answer = { status: 200, headers: TAGS }
const REFUSED: Answer = { status: 409, code: 'LeaseIdMismatchWithLeaseOperation', headers: {} }
const UNHEARD: ClientReturn = { kind: 'threw', because: 'connection', errorName: 'ConnectionError' }
const RESULT: ClientReturn = { kind: 'returned', status: 200, headers: TAGS }
const TOLD_REFUSED: ClientReturn = {
  kind: 'threw',
  because: 'service',
  errorName: 'ServiceError',
  status: 409,
  code: REFUSED.code!,
}

/** A release that was sent so often, with what became of each request. */
function call(
  policy: RetryPolicy,
  returned: ClientReturn,
  ...tries: readonly (readonly [lost: LostPart | undefined, answer: Answer | undefined, more?: Partial<Try>])[]
): RetriedCall {
  return {
    kind: 'blob',
    policy,
    account: {
      asked: release(),
      returned,
      documented: { tries: { none: 1, default: 4, 'to-secondary': 4 } },
      remembered: { before: A, after: A },
    },
    tries: tries.map(([lost, answer, more], number) => ({
      operation: release(),
      sentMs: number * 1000,
      answeredMs: number * 1000,
      host: 'primary',
      ...(lost === undefined ? {} : { lost }),
      answer,
      ...more,
    })),
  }
}

function release(headers: OperationHeaders = {}) {
  return operation('release', 'blob', { leaseId: A, ...headers })
}

function broken(made: RetriedCall): readonly string[] {
  return judgeRetries(made).map(({ rule, observed }) => `${rule}: ${observed}`)
}

test('the rules have ids of their own', () => {
  expect(new Set(RETRY_RULES.map(({ id }) => id)).size).toBe(RETRY_RULES.length)
})

describe('a client is right that', () => {
  test.each<[string, RetriedCall]>([
    ['asks once, and says that no answer came', call('none', UNHEARD, ['request', undefined])],
    ['does so though the server had done it', call('none', UNHEARD, ['answer', DONE])],
    ['does so after half an answer', call('none', UNHEARD, ['half', DONE])],
    ['tells a refusal whose body it got by half', call('none', TOLD_REFUSED, ['half', REFUSED])],
    ['asks again, and tells what it hears then', call('default', RESULT, ['request', undefined], [undefined, DONE])],
    ['tells a refusal of what it had done', call('default', TOLD_REFUSED, ['answer', DONE], [undefined, REFUSED])],
    [
      'gives up after as many tries as are documented',
      call('default', UNHEARD, ...Array.from({ length: 4 }, () => ['answer', DONE] as const)),
    ],
  ])('%s', (_, made) => {
    expect(broken(made)).toEqual([])
  })
})

describe('a client is wrong that', () => {
  test.each<[string, RetriedCall, string]>([
    [
      'asks again though it was told not to',
      call('none', RESULT, ['request', undefined], [undefined, DONE]),
      'client.retries.none.release.requests: 2',
    ],
    [
      'asks more often than is documented',
      call('default', UNHEARD, ...Array.from({ length: 5 }, () => ['request', undefined] as const)),
      'client.retries.default.release.requests: 5',
    ],
    [
      'asks for something else the second time',
      call('default', RESULT, ['request', undefined, { operation: release({ leaseId: B }) }], [undefined, DONE]),
      'client.retries.default.release.request: another x-ms-lease-id',
    ],
    [
      'writes to the secondary',
      call('to-secondary', RESULT, ['request', undefined], [undefined, DONE, { host: 'secondary' }]),
      'client.retries.to-secondary.release.host: the secondary',
    ],
    [
      'claims success after half an answer',
      call('none', RESULT, ['half', DONE]),
      'client.retries.none.release.outcome: a result',
    ],
    [
      'tells a refusal of which it got half the headers, though it was none',
      call('none', TOLD_REFUSED, ['half', DONE]),
      'client.retries.none.release.outcome: ServiceError thrown',
    ],
    [
      'claims success without an answer',
      call('none', RESULT, ['answer', DONE]),
      'client.blob.release.unheard.outcome: a result',
    ],
    [
      'tells another answer than the last',
      call('default', RESULT, ['answer', DONE], [undefined, REFUSED]),
      'client.blob.release.throws.outcome: a result',
    ],
    ['sends nothing', call('default', RESULT), 'client.blob.release.sends.requests: none, and a result'],
  ])('%s', (_, made, rule) => {
    expect(broken(made)).toEqual([rule])
  })

  test('forgets its lease after half an answer', () => {
    const made = call('none', UNHEARD, ['half', DONE])
    const account = { ...made.account, remembered: { before: A, after: '' } }
    expect(broken({ ...made, account })).toEqual(['client.retries.none.release.remembered-lease-id: no lease id'])
  })
})

test('what surprises a caller', () => {
  expect(surpriseOf(call('default', TOLD_REFUSED, ['answer', DONE], [undefined, REFUSED]))).toBe('refused though done')
  expect(surpriseOf(call('none', UNHEARD, ['answer', DONE]))).toBe('unknown though done')
  expect(surpriseOf(call('none', RESULT, ['half', DONE]))).toBe('done though unheard')
  expect(surpriseOf(call('none', UNHEARD, ['request', undefined]))).toBeUndefined()
  expect(surpriseOf(call('default', RESULT, ['answer', DONE], [undefined, DONE]))).toBeUndefined()
})

test('the judge of servers follows a call of several requests, whatever got lost of them', () => {
  const rules = compile(RULES)
  const acquire = operation('acquire', 'blob', { proposedLeaseId: A, duration: '-1' })
  const acquired: Answer = { status: 201, headers: { ...TAGS, 'x-ms-lease-id': A } }
  const ends = (first: Answer | undefined, second: Answer) =>
    judge(rules, {
      clock: { kind: 'virtual', drift: 0 },
      world: [
        { name: 'container', kind: 'container', condition: 'present' },
        { name: 'blob', kind: 'blob', parent: 'container', condition: 'present' },
      ],
      steps: [
        {
          call: { do: 'acquire', on: 'blob', proposedLeaseId: 'A', duration: '-1' },
          exchanges: [{ operation: acquire, window: at(0), answer: acquired }],
        },
        {
          call: { do: 'release', on: 'blob', leaseId: 'A' },
          exchanges: [
            { operation: release(), window: at(1), answer: first },
            { operation: release(), window: at(2), answer: second },
          ],
        },
      ],
    }).steps.flatMap(({ divergences }) => divergences.map(({ rule, observed }) => `${rule}: ${observed}`))
  // The first answer never came: the server may have acted on the request, or not.
  expect(ends(undefined, DONE)).toEqual([])
  expect(ends(undefined, REFUSED)).toEqual([])
  expect(ends(DONE, REFUSED)).toEqual([])
  expect(ends(DONE, DONE)).toHaveLength(1)
})
