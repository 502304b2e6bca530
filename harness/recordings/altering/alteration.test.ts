import { describe, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Outcome } from '../../../model/rules/rule.ts'
import type { Recording } from '../importing/recorded-exchange.ts'
import { verifyRecording } from '../verifying/verify-recording.ts'
import { HOLDER, leaseSession } from '../verifying-files/testing/lease-session.ts'
import { type Alteration, alterationsOf, poolsOf } from './alteration.ts'
import { alterationOutcome } from './alteration-outcome.ts'
import { renderAlterations, shareFlagged } from './alteration-report.ts'

const RECORDING: Recording = { source: 'session', format: 'test-proxy', count: 1, exchanges: leaseSession() }
const RENEW_REFUSED = 3
const RENEW = 4

function outcomesWith(rules = compile(RULES), recording = RECORDING) {
  const verdicts = verifyRecording(rules, recording)
  const alterations = [...alterationsOf(recording, verdicts, poolsOf(verdicts))]
  return alterations.map((each) => alterationOutcome(rules, recording, verdicts, each))
}

function outcomeOf(alteration: Alteration) {
  const rules = compile(RULES)
  return alterationOutcome(rules, RECORDING, verifyRecording(rules, RECORDING), alteration)
}

function refusalOrSuccess(outcome: Outcome): Outcome {
  const { status, code } = outcome
  return { ...outcome, status: { ...status, values: [409, 201] }, code: { ...code, values: [...code.values, 'none'] } }
}

/** The rule that explains an exchange. */
function ruleOf(index: number): string | undefined {
  const verdict = verifyRecording(compile(RULES), RECORDING)[index]!
  return verdict.result === 'explained' ? verdict.steps[0]!.rules?.at(-1) : undefined
}

describe('altering a recording', () => {
  test('every field of every lease exchange is altered to the other values that were recorded, and noticed', () => {
    const outcomes = outcomesWith()
    const altered = new Set(outcomes.map(({ alteration: { field, index } }) => `${index} ${field}`))
    expect([...altered]).toEqual(expect.arrayContaining(['2 status', '3 lease id sent', '4 lease id sent', '7 status']))
    for (const { alteration } of outcomes) expect(alteration.to).not.toBe(alteration.from)
    expect(outcomes.filter(({ is }) => is !== 'flagged')).toEqual([])
    expect(renderAlterations(outcomes)).toContain('bar: 95 % flagged: reached')
  })

  test('a rule that was loosened lets alterations pass', () => {
    const decided = ruleOf(RENEW_REFUSED)
    const rules = RULES.map((rule) =>
      rule.id === decided ? { ...rule, expect: rule.expect.map(refusalOrSuccess) } : rule,
    )
    const passed = outcomesWith(compile(rules)).filter(({ is }) => is === 'permitted')
    expect(passed).toMatchObject([
      {
        alteration: { field: 'status', index: RENEW_REFUSED, to: '201' },
        permission: { why: 'a list of permitted values', rule: decided },
      },
    ])
  })

  test('what cannot be judged any more is missed, and not counted as noticed', () => {
    const hidden = outcomeOf({ field: 'status', index: RENEW, from: '200', to: '503' })
    expect(hidden).toMatchObject({ is: 'hidden', why: 'the service was too busy to look at it' })
    expect(shareFlagged([hidden])).toBe(0)
    expect(renderAlterations([hidden])).toContain('bar: 95 % flagged: MISSED')
  })

  test('an id that is as wrong as the recorded one is permitted, and it says why', () => {
    const other = '0f0f0f0f-0000-4000-8000-000000000001'
    const permitted = outcomeOf({ field: 'lease id sent', index: RENEW_REFUSED, from: 'stranger', to: other })
    expect(permitted).toMatchObject({
      is: 'permitted',
      at: 'session#3',
      permission: { why: 'an id that is as good or as wrong as the other' },
    })
    const held = outcomeOf({ field: 'lease id sent', index: RENEW_REFUSED, from: 'stranger', to: HOLDER })
    expect(held).toMatchObject({ is: 'flagged', fails: true })
  })
})
