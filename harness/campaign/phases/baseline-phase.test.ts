import { expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Scenario } from '../../../model/scenario.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import { at } from '../../../model/time.ts'
import { nextRequest, startPlay, takeExchange } from '../../../properties/play.ts'
import { SpoilableServer } from '../../../properties/spoilable-server.ts'
import type { Baseline } from '../../../reports/baseline.ts'
import { BASELINE_FORMAT, BASELINE_VERSION } from '../../../reports/baseline.ts'
import type { BaselineEntryEvent } from '../../../reports/results.ts'
import { Campaign, type CampaignOptions } from '../campaign.ts'
import { planned } from '../plan.ts'
import type { Played } from '../play-scenario.ts'
import { NO_WEAKNESSES } from '../weak-spots.ts'

const rules = compile(RULES)

/** A divergence that the server no longer has. */
const BASELINE: Baseline = {
  format: BASELINE_FORMAT,
  version: BASELINE_VERSION,
  target: 'spoilable',
  targetVersion: '1',
  driver: 'js',
  apiVersion: NEWEST_VERSION,
  configuration: {},
  entries: [
    {
      rule: 'file.break.available',
      field: 'status',
      observed: '500',
      sentence: 'It fails.',
      scenario: 'lc1/file/break',
    },
  ],
}

async function played(scenario: Scenario): Promise<Played> {
  const server = new SpoilableServer(rules, scenario.world)
  const etags = new Map(server.resources.flatMap(({ name, etag }) => (etag === undefined ? [] : [[name, etag]])))
  const running = startPlay(rules, scenario, {
    clock: { kind: 'virtual', drift: 0 },
    startMs: 1_000_000_000_000,
    etags,
  })
  for (let request = nextRequest(running); request !== undefined; request = nextRequest(running)) {
    const { operation, atMs } = request
    takeExchange(running, request, { operation, window: at(atMs), answer: server.ask(operation, atMs) })
  }
  return { play: running, requests: 1, durationMs: 0 }
}

async function entryAfterRun(altered: CampaignOptions['altered']) {
  const selection = { kinds: ['file'] as const, version: NEWEST_VERSION, seed: 1, runs: 0, thorough: false }
  const plan = planned({ rules, ...selection, only: ['break'], hostile: false, known: NO_WEAKNESSES, clock: 'virtual' })
  const entries: BaselineEntryEvent[] = []
  const campaign = new Campaign(
    {
      rules,
      plan,
      play: played,
      baseline: BASELINE,
      excluded: () => undefined,
      ...(altered === undefined ? {} : { altered }),
      strict: false,
      failOnGone: true,
      bail: false,
      untilMs: undefined,
      inFlight: 8,
      today: '2000-01-01',
      servers: 1,
      restart: undefined,
      stop: new AbortController(),
    },
    { event: (event) => event.event === 'baseline-entry' && entries.push(event), found: () => {}, progress: () => {} },
  )
  await campaign.run()
  const { exitStatus } = campaign.finish({ complete: true }, 0)
  return { state: entries[0]!.state, reason: entries[0]!.reason, exitStatus }
}

test('an entry whose scenario agrees is gone', async () => {
  expect(await entryAfterRun(undefined)).toEqual({ state: 'gone', reason: 'its scenario agrees now', exitStatus: 1 })
})

test('an entry whose scenario was not played as it stands is not: it was not checked', async () => {
  const reason = 'driver js cannot express its scenario as it stands'
  expect(await entryAfterRun(() => reason)).toEqual({ state: 'not checked', reason, exitStatus: 0 })
})
