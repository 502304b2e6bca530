import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Scenario } from '../../../model/scenario.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { simulate } from '../../../properties/simulation.ts'
import type { Played } from '../play-scenario.ts'
import { chosenForTwins } from '../twins.ts'
import { type Candidate, ownAmongChosen } from './own-among-chosen.ts'
import { isDealtTo } from './shard.ts'

const rules = compile(RULES)
const KINDS = ['blob', 'container', 'share'] as const

interface Round {
  readonly scenarios: readonly Scenario[]
  readonly plays: ReadonlyMap<Scenario, Played>
}

/** A round on a server that some scenarios stray from the rules on, so that these have no twins. */
const round = fc
  .array(fc.record({ kind: fc.constantFrom(...KINDS), strays: fc.boolean() }), { maxLength: 12, size: 'max' })
  .map((all): Round => {
    const plays = new Map(
      all.map(({ kind, strays }) => {
        const on = kind
        const scenario: Scenario = { world: WORLDS[kind]!, steps: [{ do: 'break', on }] }
        const play = simulate(rules, rules, scenario)
        return [scenario, { play: strays ? { ...play, trace: [] } : play, requests: 1, durationMs: 0 }] as const
      }),
    )
    return { scenarios: [...plays.keys()], plays }
  })

test('all shards together choose what a whole run chooses, whatever strays', async () => {
  const property = fc.asyncProperty(round, fc.integer({ min: 1, max: 5 }), async ({ scenarios, plays }, of) => {
    const play = async (scenario: Scenario) => plays.get(scenario)!
    const chosen: Played[] = []
    for (let number = 1; number <= of; number++) {
      const candidates = scenarios.map(
        (scenario, place): Candidate => ({ scenario, isOwn: isDealtTo({ number, of }, place) }),
      )
      const own = candidates.filter(({ isOwn }) => isOwn).map(({ scenario }) => plays.get(scenario)!)
      chosen.push(...(await ownAmongChosen(candidates, own, 4, play)))
    }
    const all = [...plays.values()]
    const places = (some: readonly Played[]) => some.map((each) => all.indexOf(each)).sort((a, b) => a - b)
    expect(places(chosen)).toEqual(places(chosenForTwins(all, 4)))
  })
  await fc.assert(property, { numRuns: 300 })
})

test('where nothing of a shard can have twins, nothing of others is played', async () => {
  const [scenario] = [{ world: WORLDS.blob!, steps: [{ do: 'break', on: 'blob' }] } satisfies Scenario]
  const candidates = [
    { scenario, isOwn: false },
    { scenario, isOwn: true },
  ]
  const strayed = { play: { ...simulate(rules, rules, scenario), trace: [] }, requests: 1, durationMs: 0 }
  const refuse = () => Promise.reject(new Error('it was played'))
  expect(await ownAmongChosen(candidates, [strayed], 4, refuse)).toEqual([])
})
