import { describe, expect, test } from 'vitest'
import { compile, replacing } from '../../../model/compiled-rules.ts'
import { readToken } from '../../../model/notation.ts'
import { claim, inferred, open } from '../../../model/rules/evidence.ts'
import { RULES } from '../../../model/rules/index.ts'
import { type Rule, refusal } from '../../../model/rules/rule.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import { type Gap, gapId } from '../../../properties/gaps/gap.ts'
import { gapsIn } from '../../../properties/gaps/gaps.ts'
import { settlingLegs } from '../../../properties/gaps/settling-legs.ts'
import type { Play } from '../../../properties/play.ts'
import { simulate } from '../../../properties/simulation.ts'
import { PROPOSAL } from '../../../reports/proposals.ts'
import { GapAnswers } from './gap-answers.ts'

const COMPILED = compile(RULES)
const STARTED = '2026-01-02T03:04:05.000Z'
const GAPS = gapsIn(NEWEST_VERSION)

/** What a server answers that does by `served` what it does, every request with an id of its own. */
function answersOf(gaps: readonly Gap[], served = COMPILED, clock: 'virtual' | 'wall' = 'virtual') {
  const answers = new GapAnswers({ asked: gaps, leftOut: [] }, clock, STARTED)
  for (const { scenario } of settlingLegs(gaps))
    answers.take(identified(simulate(COMPILED, served, scenario, { version: NEWEST_VERSION })))
  return answers.proposals()
}

function identified(play: Play): Play {
  const trace = play.trace.map((step, place) => ({
    ...step,
    exchanges: step.exchanges.map(({ answer, ...exchange }) => ({
      ...exchange,
      answer: answer && { ...answer, requestId: `request ${place}` },
    })),
  }))
  return { ...play, trace }
}

function gapOf(id: string): Gap {
  const gap = GAPS.find((each) => gapId(each) === id)
  if (gap === undefined) throw new Error(`there is no gap ${id}`)
  return gap
}

function serving(id: string, edit: (rule: Rule) => Rule) {
  return replacing(COMPILED, edit(RULES.find((rule) => rule.id === id)!))
}

describe('a server that does what we take to be likeliest', () => {
  const { proposals, unanswered } = answersOf(GAPS)

  test('answers every gap, and contradicts nothing', () => {
    expect(unanswered).toEqual([])
    expect(new Set(proposals.map(({ gap }) => gap))).toEqual(new Set(GAPS.map(gapId)))
    expect(proposals.filter(({ fields }) => fields.some(({ result }) => result === 'contradicted'))).toEqual([])
  })

  test('every proposal has a date, the id of its request, and a scenario that can be read back', () => {
    for (const proposal of proposals) {
      expect(PROPOSAL.parse(proposal)).toEqual(proposal)
      expect(proposal.answer).toMatchObject({ answeredAt: STARTED, requestId: expect.stringMatching(/^request \d+$/) })
      expect(readToken(proposal.scenario)).toHaveProperty('scenario')
      expect(readToken(proposal.played)).toHaveProperty('scenario')
    }
  })
})

test('on wall time a proposal is dated by its own answer', () => {
  const [proposal] = answersOf([gapOf('blob.renew.expired.another')], COMPILED, 'wall').proposals
  expect(proposal!.answer.answeredAt).toBe('2001-09-09T01:46:56.000Z')
})

describe('what an answer says of a field', () => {
  const CODE = 'blob.renew.expired.another'

  test('confirmed: what was deduced', () => {
    expect(answersOf([gapOf(CODE)]).proposals[0]!.fields).toEqual([
      expect.objectContaining({ field: 'code', observed: 'LeaseIdMismatchWithLeaseOperation', result: 'confirmed' }),
    ])
  })

  test('contradicted: something else', () => {
    const other = serving(CODE, (rule) => ({
      ...rule,
      expect: [refusal(rule.expect[0]!.status, claim('LeaseLost', inferred('a faulty server')))],
    }))
    expect(answersOf([gapOf(CODE)], other).proposals[0]!.fields).toEqual([
      expect.objectContaining({ field: 'code', observed: 'LeaseLost', result: 'contradicted' }),
    ])
  })

  test('chosen: one of several plausible values', () => {
    const last = serving('blob.lease.read.ended.held-id', (rule) => ({
      ...rule,
      expect: rule.expect.map((each) => ({ ...each, code: open([...each.code.values].reverse()) })),
    }))
    const { fields } = answersOf([gapOf('blob.lease.read.ended.held-id')], last).proposals[0]!
    expect(fields).toEqual([
      expect.objectContaining({ field: 'code', observed: 'LeaseIdMismatchWithBlobOperation', result: 'chosen' }),
    ])
  })

  test('whether a check is made shows in which rule decides', () => {
    const id = 'blob.syntax.acquire.stray'
    const ignoring = serving(id, ({ also: _also, ...rule }) => ({ ...rule, expect: [] }))
    const check = (served: typeof COMPILED) => answersOf([gapOf(id)], served).proposals[0]!.fields[0]
    expect(check(COMPILED)).toMatchObject({ field: 'check', observed: 'made', result: 'chosen' })
    expect(check(ignoring)).toMatchObject({ field: 'check', observed: 'not made', result: 'chosen' })
  })

  test('what becomes of the lease shows in what is read back', () => {
    const id = 'blob.mark.ended (aftermath)'
    const forgetting = serving('blob.mark.ended', (rule) => ({ ...rule, expect: [rule.expect[1]!] }))
    const next = (served: typeof COMPILED) => answersOf([gapOf(id)], served).proposals[0]!.fields[0]
    expect(next(COMPILED)).toMatchObject({ field: 'next', observed: 'stays', result: 'chosen' })
    expect(next(forgetting)).toMatchObject({ field: 'next', observed: 'lease forgotten', result: 'chosen' })
  })

  test('a clock that starts anew is told from one that is kept', () => {
    const id = 'blob.change.leased.held-to-itself (aftermath)'
    const renewing = serving('blob.change.leased.held-to-itself', (rule) => ({
      ...rule,
      expect: rule.expect.map((each) => ({ ...each, clock: claim('starts' as const, inferred('a faulty server')) })),
    }))
    const clock = (served: typeof COMPILED) => answersOf([gapOf(id)], served).proposals[0]!.fields[1]
    expect(clock(COMPILED)).toMatchObject({ field: 'clock', observed: 'kept', result: 'confirmed' })
    expect(clock(renewing)).toMatchObject({ field: 'clock', result: 'contradicted' })
  })
})

test('a gap that was not reached is listed with the reason', () => {
  const gap = gapOf('blob.renew.expired.another')
  const answers = new GapAnswers(
    { asked: [gap], leftOut: [{ gap: gapOf('blob.change.expired'), reason: 'the driver cannot send it' }] },
    'virtual',
    STARTED,
  )
  expect(answers.answered).toBe(0)
  expect(answers.proposals().unanswered).toEqual([
    expect.objectContaining({ gap: 'blob.renew.expired.another', reason: expect.stringContaining('not reached') }),
    expect.objectContaining({ gap: 'blob.change.expired', reason: 'the driver cannot send it' }),
  ])
})
