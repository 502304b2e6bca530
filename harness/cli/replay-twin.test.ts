import { expect, test } from 'vitest'
import { compile } from '../../model/compiled-rules.ts'
import { readToken, tokenOf } from '../../model/notation.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import { at } from '../../model/time.ts'
import { nextRequest, startPlay, takeExchange } from '../../properties/play.ts'
import { type Asked, SpoilableServer } from '../../properties/spoilable-server.ts'
import type { Played } from '../campaign/play-scenario.ts'
import { replayTwin } from './replay-twin.ts'

const rules = compile(RULES)

/** Plays on a server that keeps the rules, unless something stands in between. */
function player(fault: (ask: Asked) => Asked, clock: 'virtual' | 'wall' = 'virtual') {
  return async (scenario: Scenario): Promise<Played> => {
    const ask = fault(new SpoilableServer(rules, scenario.world).ask)
    const play = startPlay(rules, scenario, { clock: { kind: clock, drift: 0 }, startMs: 1_000_000_000_000 })
    for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
      const { operation, atMs } = request
      takeExchange(play, request, { operation, window: at(atMs), answer: ask(operation, atMs) })
    }
    return { play, requests: 0, durationMs: 0 }
  }
}

/** Rounds the time that a lease goes on up, once somebody has looked, and both are permitted. */
const countsLooks = (ask: Asked): Asked => {
  let looks = 0
  return (operation, instant) => {
    if (operation.name.startsWith('get')) looks++
    const answer = ask(operation, instant)
    const time = answer.headers['x-ms-lease-time']
    if (operation.name !== 'break' || operation.breakPeriod === undefined || time === undefined) return answer
    const period = Number(operation.breakPeriod.text)
    return { ...answer, headers: { ...answer.headers, 'x-ms-lease-time': String(looks > 0 ? period : period - 1) } }
  }
}

const SCENARIO = scenarioOf('lc1/blob/acquire,proposed=A,duration=60/wait,10000ms/break,period=20')

test('a server that is another one after a look is shown by the play that looked', async () => {
  const play = player(countsLooks)
  const { original, twin, result } = await replayTwin('waits-add-up', await play(SCENARIO), play)
  expect(result).toBe('"To wait in one go or in two, with a look in between, is the same." The two differ')
  expect(tokenOf(original.scenario)).toBe(tokenOf(SCENARIO))
  expect(divergences(original)).toEqual([])
  expect(divergences(twin!)).toMatchObject([
    { rule: 'blob.property.waits-add-up', field: 'x-ms-lease-time', observed: 'a longer time' },
  ])
})

test('where the play that has more steps is the first one, the divergence is there', async () => {
  const scenario = scenarioOf('lc1/blob/acquire,proposed=A,duration=60/getBlobProperties,id=B/break,period=20')
  const play = player(countsLooks)
  const { original, twin } = await replayTwin('failed-operations-change-nothing', await play(scenario), play)
  expect(divergences(original)).toMatchObject([{ rule: 'blob.property.failed-operations-change-nothing' }])
  expect(divergences(twin!)).toEqual([])
})

test('a server that keeps the rules shows no difference', async () => {
  const play = player((ask) => ask)
  const { twin, result } = await replayTwin('waits-add-up', await play(SCENARIO), play)
  expect(twin!.scenario.steps.length).toBeGreaterThan(SCENARIO.steps.length)
  expect(result).toContain('No difference')
})

test('on wall time nothing is compared, and that is said', async () => {
  const play = player(countsLooks, 'wall')
  const { twin, result } = await replayTwin('waits-add-up', await play(SCENARIO), play)
  expect(twin).toBeUndefined()
  expect(result).toContain('that takes virtual time')
})

function scenarioOf(token: string): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

function divergences({ verdicts }: Played['play']) {
  return verdicts.flatMap((verdict) => verdict.divergences)
}
