import { classOf } from '../../operation.ts'
import type { Evidence, Level } from '../../rules/evidence.ts'
import { at } from '../../time.ts'
import type { Exchange } from '../../trace.ts'
import { SENT_FIELDS } from '../client-rule.ts'
import { judgeClient } from '../judge-client.ts'
import { sentValue } from '../sent-value.ts'
import { heardOf, type RetriedCall, type Try } from './retried-call.ts'
import type { RetryExpectation, RetryField, RetryRule } from './retry-rule.ts'
import { retryRulesFor } from './retry-rules.ts'

/** Something that a client did otherwise than it has to when requests or answers got lost. */
export interface RetryDivergence {
  readonly rule: string
  readonly field: string
  readonly expected: string
  /** Said without ids and times. */
  readonly observed: string
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/**
 * Judges what a client did for a call some of whose requests or answers got lost. How the call ended is held against the last try
 * by the rules of every call: whoever has heard a whole answer has to tell it, and whoever has heard none has to say so.
 */
export function judgeRetries(call: RetriedCall): readonly RetryDivergence[] {
  const { kind, policy, account, tries } = call
  const last = tries.at(-1)
  if (last === undefined) return judgeClient(account, [], kind).divergences
  const rules = retryRulesFor(policy, classOf(account.asked.name))
  const isByHalf = last.lost === 'half'
  const own = rules
    .filter(({ field }) => isByHalf || (field !== 'outcome' && field !== 'remembered lease id'))
    .filter(({ expect, field }) => !expect.values.some((value) => satisfies(value, field, call)))
    .map((rule) => divergence(rule, call))
  if (isByHalf) return own
  return [...own, ...judgeClient(account, [exchangeOf(last)], kind).divergences]
}

/** A try as the client knows it. */
function exchangeOf(each: Try): Exchange {
  return { operation: each.operation, window: at(each.sentMs), answer: heardOf(each) }
}

function satisfies(expectation: RetryExpectation, field: RetryField, call: RetriedCall): boolean {
  const { account, tries, policy } = call
  const { returned, remembered } = account
  switch (expectation) {
    case 'exactly one':
      return tries.length === 1
    case 'no more than documented':
      return tries.length <= (account.documented?.tries?.[policy] ?? Number.POSITIVE_INFINITY)
    case 'the same every time':
      return differing(tries) === undefined
    case 'the primary':
      return tries.every(({ host }) => host === 'primary')
    case 'an error of the connection':
      return returned.kind === 'threw' && returned.because === 'connection'
    case 'an error from the service':
      return returned.kind === 'threw' && returned.because === 'service' && isRefusal(tries.at(-1))
    case 'unchanged':
      return field !== 'remembered lease id' || remembered === undefined || remembered.after === remembered.before
    default:
      return expectation satisfies never
  }
}

function isRefusal(last: Try | undefined): boolean {
  return last?.answer !== undefined && last.answer.status >= 300
}

/** The first part of the request that a later try says otherwise. */
function differing(tries: readonly Try[]): string | undefined {
  const [first, ...others] = tries
  return SENT_FIELDS.find(
    (field) =>
      field !== 'requests' &&
      others.some(({ operation }) => sentValue(field, operation) !== sentValue(field, first!.operation)),
  )
}

function divergence({ id, field, expect }: RetryRule, call: RetriedCall): RetryDivergence {
  const { level, evidence, values } = expect
  const most = call.account.documented?.tries?.[call.policy]
  const expected = values[0] === 'no more than documented' ? `at most ${most}` : values.join(' or ')
  return { rule: id, field, expected, observed: observed(field, call), level, evidence }
}

function observed(field: RetryField, { account, tries }: RetriedCall): string {
  switch (field) {
    case 'requests':
      return String(tries.length)
    case 'request':
      return `another ${differing(tries)}`
    case 'host':
      return 'the secondary'
    case 'outcome':
      return account.returned.kind === 'returned' ? 'a result' : `${account.returned.errorName} thrown`
    case 'remembered lease id':
      return account.remembered?.after === '' ? 'no lease id' : 'another lease id'
    default:
      return field satisfies never
  }
}
