import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../model/compiled-rules.ts'
import { readToken } from '../../model/notation.ts'
import { RULES } from '../../model/rules/index.ts'
import { idOfName, type Scenario } from '../../model/scenario.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { at } from '../../model/time.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import { nextRequest, startPlay, takeExchange } from '../../properties/play.ts'
import { type Asked, SpoilableServer } from '../../properties/spoilable-server.ts'
import type { Bucket, ResultEvent } from '../../reports/results.ts'
import { Campaign, type CampaignOptions } from './campaign.ts'
import type { Played } from './play-scenario.ts'

const rules = compile(RULES)
const START_MS = 1_000_000_000_000

type Fault = (ask: Asked) => Asked

/** Says how long a break takes in one of the two permitted ways, and chooses by the id that holds the lease. */
const toldById: Fault = (ask) => {
  let holder = ''
  return (operation, instant) => {
    const answer = ask(operation, instant)
    const { name, breakPeriod, proposedLeaseId } = operation
    if (name === 'acquire' && answer.status === 201) holder = proposedLeaseId.given === 'guid' ? proposedLeaseId.id : ''
    const time = answer.headers['x-ms-lease-time']
    if (name !== 'break' || time !== breakPeriod?.text || time === '0' || holder < idOfName('D')) return answer
    return { ...answer, headers: { ...answer.headers, 'x-ms-lease-time': String(Number(time) - 1) } }
  }
}

function player(fault: Fault) {
  return async (scenario: Scenario): Promise<Played> => {
    const server = new SpoilableServer(rules, scenario.world)
    const ask = fault(server.ask)
    const etags = new Map(server.resources.flatMap(({ name, etag }) => (etag === undefined ? [] : [[name, etag]])))
    const clock = { kind: 'virtual', drift: 0 } as const
    const play = startPlay(rules, scenario, { clock, startMs: START_MS, etags })
    let requests = 0
    for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
      const { operation, atMs } = request
      takeExchange(play, request, { operation, window: at(atMs), answer: ask(operation, atMs) })
      requests++
    }
    return { play, requests, durationMs: 0 }
  }
}

/** Runs random scenarios and their twins, and nothing else. */
async function campaign(fault: Fault, more: Partial<CampaignOptions> = {}) {
  const sample = fc.sample(scenarios(rules, ['blob']), { seed: 1, numRuns: 40 })
  const plan = {
    version: NEWEST_VERSION,
    machines: [],
    tour: [],
    hostile: [],
    runs: sample.length,
    random: () => sample,
    wanted: () => true,
    selected: () => true,
    sendable: () => true,
    sayable: () => true,
    notExpressible: 0,
    thorough: false,
    walkLength: 1,
  }
  const found: Bucket[] = []
  const events: ResultEvent[] = []
  const running = new Campaign(
    {
      rules,
      plan,
      baseline: undefined,
      today: '2030-01-01',
      strict: false,
      failOnGone: false,
      excluded: () => undefined,
      bail: false,
      untilMs: undefined,
      inFlight: 4,
      play: player(fault),
      servers: 1,
      stop: new AbortController(),
      ...more,
    },
    { event: (event) => events.push(event), found: (bucket) => found.push(bucket), progress: () => {} },
  )
  await running.run()
  const footer = running.finish({ complete: true }, 0)
  return { found, footer, events }
}

test('a server that keeps the rules is accused of nothing', async () => {
  const { found, footer } = await campaign((ask) => ask)
  expect(found).toEqual([])
  expect(footer.origins.find(({ origin }) => origin === 'twins')?.scenarios).toBeGreaterThan(15)
})

test('a server that changes its mind where two answers are permitted is told by a twin, cut short', async () => {
  const { found, footer } = await campaign(toldById)
  expect(found.map(({ rule, field, observed, expected }) => ({ rule, field, observed, expected }))).toEqual([
    {
      rule: 'blob.property.ids-are-names',
      field: 'x-ms-lease-time',
      observed: 'a shorter time',
      expected: 'a longer time, as with other lease ids',
    },
  ])
  const [bucket] = found
  expect(bucket!.operations).toBe(2)
  expect(footer.exitStatus).toBe(1)
  expect(bucket!.scenario).toMatch(/^lc1\/blob\/acquire,proposed=[A-C]/)
  expect(bucket!.twin).toMatch(/^lc1\/blob\/acquire,proposed=[D-F]/)
  expect(bucket!.story.at(-1)?.diverged).toBe(true)
})

test('what diverges from the rules is told as such, and has no twins', async () => {
  const { found, footer } = await campaign(() => () => ({ status: 500, headers: {} }))
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter(({ rule }) => rule.includes('.property.'))).toEqual([])
  expect(footer.origins.map(({ origin }) => origin)).toEqual(['random'])
})

test('in the baseline it is known, and gone once the server has decided', async () => {
  const [bucket] = (await campaign(toldById)).found
  expect('scenario' in readToken(bucket!.scenario)).toBe(true)
  const { rule, field, observed, scenario } = bucket!
  const baseline = {
    format: 'leasecheck-baseline' as const,
    version: 1 as const,
    target: 'simulated',
    targetVersion: '1',
    driver: 'rest',
    apiVersion: NEWEST_VERSION,
    configuration: {},
    entries: [{ rule, field, observed, scenario, sentence: 'It tells the time by the id.' }],
  }
  const known = await campaign(toldById, { baseline })
  expect(known.found).toEqual([])
  expect(known.footer.buckets).toEqual({ new: 0, known: 1, failing: 0 })
  const gone = await campaign((ask) => ask, { baseline })
  expect(gone.footer.entries).toEqual({ gone: 1, notChecked: 0 })
})
