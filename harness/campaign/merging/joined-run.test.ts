import { expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Scenario } from '../../../model/scenario.ts'
import { NEWEST_VERSION } from '../../../model/service-version.ts'
import { at } from '../../../model/time.ts'
import { nextRequest, startPlay, takeExchange } from '../../../properties/play.ts'
import { type Asked, SpoilableServer } from '../../../properties/spoilable-server.ts'
import type { Baseline, BaselineEntry } from '../../../reports/baseline.ts'
import { updated } from '../../../reports/baseline-update.ts'
import { asked, type CellResults, outcomeAt } from '../../../reports/cell-results.ts'
import { cellResultsFile } from '../../../reports/cell-tally.ts'
import type { ResultEvent } from '../../../reports/results.ts'
import { SAMPLE_HEADER } from '../../../reports/sample-events.ts'
import type { Expresses } from '../../drivers/driver.ts'
import { keyOf } from '../buckets.ts'
import { Campaign } from '../campaign.ts'
import { type Plan, planned } from '../plan.ts'
import type { Played } from '../play-scenario.ts'
import { scopeOf } from '../scope.ts'
import { partOf } from '../shards/share.ts'
import { weaknessesIn } from '../weak-spots.ts'
import { joinedRun } from './joined-run.ts'
import type { ShardResults } from './shard-results.ts'

const rules = compile(RULES)
const START_MS = 1_000_000_000_000
const SHARDS = 4

/** Has no Change Lease, names refused renewals otherwise, and fails where a lease is released: the usual ways rest on these. */
function faulty(server: SpoilableServer): Asked {
  return (operation, instant) => {
    if (operation.name === 'change') return { status: 501, code: 'APINotImplemented', headers: {} }
    const answer = server.ask(operation, instant)
    if (operation.name === 'renew' && answer.status >= 400) return { ...answer, code: 'Misnamed' }
    const fails = operation.name === 'release' && answer.status < 400
    return fails ? { status: 500, code: 'InternalError', headers: {} } : answer
  }
}

async function play(scenario: Scenario): Promise<Played> {
  const server = new SpoilableServer(rules, scenario.world)
  const ask = faulty(server)
  const etags = new Map(server.resources.flatMap(({ name, etag }) => (etag === undefined ? [] : [[name, etag]])))
  const running = startPlay(rules, scenario, { clock: { kind: 'virtual', drift: 0 }, startMs: START_MS, etags })
  let requests = 0
  for (let request = nextRequest(running); request !== undefined; request = nextRequest(running)) {
    const { operation, atMs } = request
    takeExchange(running, request, { operation, window: at(atMs), answer: ask(operation, atMs) })
    requests++
  }
  return { play: running, requests, durationMs: 1 }
}

/** A driver that has no call for renaming. */
const expresses: Expresses = (step) => (step.do === 'renameFile' ? 'not at all' : 'exactly')
const SELECTION = { rules, kinds: ['file'], version: NEWEST_VERSION, thorough: false, hostile: true, only: [] } as const

function planFor(baseline: Baseline | undefined): Plan {
  const known = weaknessesIn(RULES, baseline)
  return planned({ ...SELECTION, expresses, seed: 1, runs: 30, known, clock: 'virtual' })
}

/** What a run of a plan, or of a part of one, leaves behind. */
async function resultsOf(plan: Plan, baseline: Baseline | undefined): Promise<ShardResults> {
  const events: ResultEvent[] = []
  const campaign = new Campaign(
    {
      rules,
      plan,
      play,
      baseline,
      excluded: ({ rule }) => (rule.startsWith('share') ? 'kind share was not selected' : undefined),
      strict: false,
      failOnGone: false,
      bail: false,
      untilMs: undefined,
      inFlight: 8,
      today: '2000-01-01',
      servers: 1,
      stop: new AbortController(),
    },
    { event: (event) => events.push(event), found: () => {}, progress: () => {} },
  )
  await campaign.run()
  const footer = campaign.finish({ complete: true }, 5)
  const cells = cellResultsFile(CELLS_OF, campaign.outcomes(footer))
  const { shard, whole, planDigest } = plan.share ?? { ...UNSHARDED, whole: SAMPLE_HEADER.plan }
  const common = { random: 30, thorough: false, hostile: true, failOnGone: false, baselineDigest: null }
  const header = { ...SAMPLE_HEADER, plan: whole, shard: { ...shard, whole, planDigest, ...common } }
  return { file: `${shard.number}`, header, events, end: { footer, cells: asked(cells) } }
}

const UNSHARDED = { shard: { number: 1, of: 1 }, planDigest: '' }
const CELLS_OF = {
  leasecheck: '0.1.0',
  target: 'simulated',
  targetVersion: '1',
  driver: 'rest',
  apiVersion: NEWEST_VERSION,
  runs: [{ kinds: ['file'], only: [], seed: 1, random: 30, thorough: false, baseline: null, complete: true }],
}

async function wholeAndJoined(baseline: Baseline | undefined) {
  const plan = planFor(baseline)
  const whole = await resultsOf(plan, baseline)
  const numbers = Array.from({ length: SHARDS }, (_, place) => place + 1)
  const shards = await Promise.all(
    numbers.map((number) => resultsOf(partOf(plan, { number, of: SHARDS }, RULES), baseline)),
  )
  return { whole, shards, joined: joinedRun(shards, SCOPE, rules) }
}

type Results = Awaited<ReturnType<typeof wholeAndJoined>>

const SCOPE = scopeOf(SELECTION)
const CHOSEN = SCOPE.machines.flatMap(({ visits }) => [...visits.keys()])

/** What a verdict rests on: what diverged and how that counts, what became of the baseline, what nobody knows. */
function verdictOf(events: readonly ResultEvent[]) {
  return events.flatMap((event) => {
    if (event.event === 'bucket') return [`${event.state} ${event.fails} ${keyOf(event)}`]
    if (event.event === 'baseline-entry') return [`${event.state} ${keyOf(event)}: ${event.reason}`]
    return event.event === 'finding' ? [`finding ${keyOf(event)}`] : []
  })
}

function expectSameVerdict({ whole, joined }: Results): void {
  const { footer, cells } = whole.end!
  expect(verdictOf(joined.events).sort()).toEqual(verdictOf(whole.events).sort())
  const { buckets, entries, exitStatus, rules: reachedRules, operations, complete } = footer
  // A shard cuts random scenarios only at what it has seen itself, so they come further and may ask for more.
  const exercised = expect.arrayContaining(operations.exercised)
  expect(joined.footer).toMatchObject({
    buckets,
    entries,
    exitStatus,
    rules: reachedRules,
    operations: { exercised },
    complete,
  })
  expect(joined.footer.cells).toEqual(footer.cells)
  const outcomesIn = (results: CellResults) => CHOSEN.map((cell) => outcomeAt(results, cell))
  expect(outcomesIn(asked(joined.cells))).toEqual(outcomesIn(cells))
  expect(joined.provedSomething).toBe(true)
}

/** The divergences of the faulty server, as a baseline would list them. */
function baselineOf(events: readonly ResultEvent[]): Baseline {
  const subject = { target: 'simulated', targetVersion: '1', driver: 'rest', apiVersion: NEWEST_VERSION }
  const buckets = events.filter((event) => event.event === 'bucket')
  return updated(undefined, { ...subject, configuration: {} }, buckets, []).baseline
}

const fresh = await wholeAndJoined(undefined)
const baseline = baselineOf(fresh.whole.events)

test('without a baseline shards find together what a whole run finds', () => {
  expect(fresh.whole.end!.footer.buckets.failing).toBeGreaterThan(3)
  expect(fresh.whole.end!.footer.cells.masked.length).toBeGreaterThan(10)
  expectSameVerdict(fresh)
})

test('each shard finds ways around what stands in front of its own cells', () => {
  const cells = fresh.joined.cells.counts.file!
  expect(fresh.joined.footer.cells.unreached).toEqual([])
  expect(cells.agreed).toBe(fresh.whole.end!.cells.file.counts.file!.agreed)
  const tours = fresh.shards.map(({ end }) => end!.footer.origins.find(({ origin }) => origin === 'tour')!.scenarios)
  const planned = planFor(undefined).tour.length
  expect(tours.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(planned)
})

test('each shard has a part of it, and says nothing of what it did not reach', () => {
  const { scenarios } = fresh.whole.end!.footer
  for (const { end } of fresh.shards) {
    expect(end!.footer.scenarios).toBeLessThan(scenarios / 2)
    expect(end!.footer.cells).toMatchObject({ masked: [], unreached: [] })
    expect(end!.footer.rules).toMatchObject({ masked: [], unreached: [] })
    expect(end!.cells.file).toMatchObject({ masked: [], notReached: [], notImplemented: [] })
  }
})

const GONE: BaselineEntry = {
  rule: 'file.acquire.available',
  field: 'status',
  observed: '418 ShortAndStout',
  sentence: 'Long ago.',
  scenario: 'lc1/file/acquire,proposed=A,duration=-1',
}
const ELSEWHERE: BaselineEntry = { ...GONE, rule: 'share.acquire.available', scenario: 'lc1/share/acquire,duration=-1' }

test('only the joined run knows what is gone, and it is what is gone for the whole one', async () => {
  const [unlisted, ...listed] = baseline.entries
  const aged = { ...baseline, entries: [...listed, GONE, ELSEWHERE] }
  const run = await wholeAndJoined(aged)
  expect(run.whole.end!.footer).toMatchObject({ entries: { gone: 1, notChecked: 1 }, exitStatus: 1 })
  expect(verdictOf(run.whole.events).join()).toContain(`new true ${keyOf(unlisted!)}`)
  expectSameVerdict(run)
  const told = run.shards.flatMap(({ events }) => events.filter((event) => event.event === 'baseline-entry'))
  expect(told.map(({ state }) => state).sort()).toEqual(['agreed here', 'not checked'])
})

test('what another shard has seen is not gone, even if its own scenario agrees', async () => {
  const [first, ...others] = baseline.entries
  // A scenario that shows nothing: a whole run sees the divergence elsewhere.
  const entries = [{ ...first!, scenario: GONE.scenario }, ...others]
  const run = await wholeAndJoined({ ...baseline, entries })
  expect(run.whole.end!.footer.entries).toEqual({ gone: 0, notChecked: 0 })
  expectSameVerdict(run)
})

test('a shard that was cut off leaves the run incomplete, and is named', () => {
  const [first, ...others] = fresh.shards
  const { footer, cells } = joinedRun([{ ...first!, end: undefined }, ...others], SCOPE, rules)
  expect(footer).toMatchObject({ complete: false, reason: expect.stringContaining('shard 1/4 was cut off') })
  expect(cells.runs[0]!.complete).toBe(false)
})
