import { describe, expect, test } from 'vitest'
import { CLIENT_RULES } from '../../model/client/client-rules.ts'
import { compile } from '../../model/compiled-rules.ts'
import { readToken, tokenOf } from '../../model/notation.ts'
import { placeAtStart, take } from '../../model/place.ts'
import { respond } from '../../model/respond.ts'
import { RULES } from '../../model/rules/index.ts'
import { isWait, operationOf, type Scenario } from '../../model/scenario.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { situationAt } from '../../model/situation.ts'
import { simulate } from '../simulation.ts'
import { doubtsIn } from './doubts.ts'
import { type Gap, gapId, isDoubtful } from './gap.ts'
import { allGaps, gapsIn, unmetRules } from './gaps.ts'
import { settlingLegs } from './settling-legs.ts'
import { unanswerable } from './unanswerable.ts'

const COMPILED = compile(RULES)

/** What a scenario meets at the request that is to settle a gap. */
function metBy({ settledBy: { scenario, step, version } }: Gap) {
  const place = scenario.steps
    .slice(0, step)
    .reduce((at, each) => take(COMPILED, at, each), placeAtStart(scenario.world, version))
  const asked = scenario.steps[step]!
  if (isWait(asked)) throw new Error('a wait settles nothing')
  const operation = operationOf(asked, place.memory, step, version)
  return respond(COMPILED, situationAt(place.server.world, operation, place.nowMs))
}

describe('every gap', () => {
  test('is met by its scenario: the rule decides the request that it names', () => {
    const missed = allGaps().filter(({ rule, settledBy: { scenario, step, version } }) => {
      const { verdicts } = simulate(COMPILED, COMPILED, scenario, { version })
      return verdicts[step]?.rules?.at(-1) !== rule || verdicts.some(({ divergences }) => divergences.length > 0)
    })
    expect(missed.map(gapId)).toEqual([])
  })

  test('is not settled by less: without any of the steps before it the rule is not met in that situation', () => {
    const tooLong = allGaps().filter((gap) => shortened(gap).some((shorter) => settlesAsWell(gap, shorter)))
    expect(tooLong.map((gap) => `${gapId(gap)}: ${tokenOf(gap.settledBy.scenario)}`)).toEqual([])
  })

  test('has a name of its own, and a token that can be read back', () => {
    const names = allGaps().map(gapId)
    expect(new Set(names).size).toBe(names.length)
    for (const { settledBy } of allGaps()) {
      const token = tokenOf(settledBy.scenario)
      expect(readToken(token)).toEqual({ scenario: settledBy.scenario })
    }
  })

  test('of precedence is asked where another check refuses too', () => {
    const asked = allGaps().filter(({ about }) => about === 'precedence')
    expect(asked.length).toBeGreaterThan(0)
    for (const gap of asked) {
      const other = metBy(gap).otherwise?.rules.at(-1)
      expect(other, gapId(gap)).toBeDefined()
      expect(other?.id, gapId(gap)).not.toBe(gap.rule)
    }
  })

  test('of the aftermath is read back', () => {
    const asked = allGaps().filter(({ about }) => about === 'aftermath')
    expect(asked.length).toBeGreaterThan(0)
    for (const { settledBy } of asked) expect(settledBy.scenario.steps.length).toBeGreaterThan(settledBy.step + 1)
  })
})

test('every doubtful rule has a gap, or is listed with the reason why no request can show it', () => {
  const listed = unanswerable().flatMap(({ rules }) => rules)
  expect(unmetRules().filter((rule) => !listed.includes(rule))).toEqual([])
  const servers = listed.filter((rule) => !rule.startsWith('client.'))
  expect(
    servers.filter((rule) => !unmetRules().includes(rule)),
    'listed, and met after all',
  ).toEqual([])
  const clients = CLIENT_RULES.filter(({ expect: { level } }) => isDoubtful(level)).map(({ id }) => id)
  expect(clients.filter((rule) => !listed.includes(rule))).toEqual([])
})

test('what is settled or documented is no doubt, what is inferred or open is one', () => {
  for (const rule of RULES) {
    const fields = Object.values(doubtsIn(rule, NEWEST_VERSION))
      .flat()
      .map(({ field }) => field)
    const isWeak = (claims: readonly { readonly level: string }[]) =>
      claims.some(({ level }) => level === 'inferred' || level === 'open')
    expect(fields.includes('status'), rule.id).toBe(isWeak(rule.expect.map(({ status }) => status)))
    expect(fields.includes('code'), rule.id).toBe(isWeak(rule.expect.map(({ code }) => code)))
    expect(fields.includes('next'), rule.id).toBe(isWeak(rule.expect.map(({ next }) => next)))
  }
})

describe('the scenarios of a run', () => {
  const gaps = gapsIn(NEWEST_VERSION)
  const legs = settlingLegs(gaps)

  test('meet every gap in its situation', () => {
    const met = new Set(
      legs.flatMap(({ scenario }) =>
        simulate(COMPILED, COMPILED, scenario, { version: NEWEST_VERSION }).verdicts.map(
          ({ rules, cell }) => `${rules?.at(-1)} | ${cell}`,
        ),
      ),
    )
    expect(gaps.filter(({ rule, settledBy }) => !met.has(`${rule} | ${settledBy.cell}`)).map(gapId)).toEqual([])
  })

  test('are fewer than the gaps, since one settles several', () => {
    expect(legs.length).toBeLessThan(gaps.length / 2)
  })
})

/** The scenario of a gap without one of the steps before the request. */
function shortened({ settledBy: { scenario, step } }: Gap): readonly Scenario[] {
  return scenario.steps
    .slice(0, step)
    .map((_, left) => ({ ...scenario, steps: scenario.steps.filter((_, at) => at !== left) }))
}

/** Whether a scenario with one step less meets the rule too, and shows as much of it. */
function settlesAsWell(gap: Gap, scenario: Scenario): boolean {
  const { rule, settledBy, about } = gap
  if (about === 'aftermath') return false
  const step = settledBy.step - 1
  const { verdicts } = simulate(COMPILED, COMPILED, scenario, { version: settledBy.version })
  if (verdicts[step]?.rules?.at(-1) !== rule) return false
  if (about === 'answer') return true
  return metBy({ ...gap, settledBy: { ...settledBy, scenario, step } }).otherwise !== undefined
}
