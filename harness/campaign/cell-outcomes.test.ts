import { expect, test } from 'vitest'
import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { at } from '../../model/time.ts'
import { nextRequest, startPlay, takeExchange } from '../../properties/play.ts'
import { type Asked, SpoilableServer } from '../../properties/spoilable-server.ts'
import type { Expresses } from '../drivers/driver.ts'
import { Campaign } from './campaign.ts'
import { planned } from './plan.ts'
import type { Played } from './play-scenario.ts'
import { NO_WEAKNESSES } from './weak-spots.ts'

const rules = compile(RULES)
const START_MS = 1_000_000_000_000

type Fault = (server: SpoilableServer) => Asked

/** Has no Abort Copy File, names refused releases otherwise, and fails where a lease is released. */
const faulty: Fault = (server) => {
  return (operation, instant) => {
    if (operation.name === 'abortCopyFile') return { status: 501, code: 'APINotImplemented', headers: {} }
    const answer = server.ask(operation, instant)
    if (operation.name !== 'release') return answer
    if (answer.status >= 400) return { ...answer, code: 'Misnamed' }
    return { status: 500, code: 'InternalError', headers: {} }
  }
}

/** Has no change, and fails where a lease is released: what the shortest paths to a former id rest on. */
const unchanging: Fault = (server) => (operation, instant) => {
  if (operation.name === 'change') return { status: 501, code: 'APINotImplemented', headers: {} }
  const answer = server.ask(operation, instant)
  const fails = operation.name === 'release' && answer.status < 400
  return fails ? { status: 500, code: 'InternalError', headers: {} } : answer
}

async function playedOn(fault: Fault, scenario: Scenario): Promise<Played> {
  const server = new SpoilableServer(rules, scenario.world)
  const ask = fault(server)
  const etags = new Map(server.resources.flatMap(({ name, etag }) => (etag === undefined ? [] : [[name, etag]])))
  const running = startPlay(rules, scenario, { clock: { kind: 'virtual', drift: 0 }, startMs: START_MS, etags })
  let requests = 0
  for (let request = nextRequest(running); request !== undefined; request = nextRequest(running)) {
    const { operation, atMs } = request
    takeExchange(running, request, { operation, window: at(atMs), answer: ask(operation, atMs) })
    requests++
  }
  return { play: running, requests, durationMs: 0 }
}

/** A driver that has no call for renaming. */
const expresses: Expresses = (step) => (step.do === 'renameFile' ? 'not at all' : 'exactly')

async function outcomesOfRun(fault: Fault) {
  const selection = { kinds: ['file'] as const, version: NEWEST_VERSION, seed: 1, runs: 0, thorough: false, only: [] }
  const plan = planned({ rules, ...selection, hostile: false, known: NO_WEAKNESSES, expresses, clock: 'virtual' })
  const campaign = new Campaign(
    {
      rules,
      plan,
      play: (scenario) => playedOn(fault, scenario),
      baseline: undefined,
      excluded: () => undefined,
      strict: false,
      failOnGone: false,
      bail: false,
      untilMs: undefined,
      inFlight: 8,
      today: '2000-01-01',
      servers: 1,
      restart: undefined,
      stop: new AbortController(),
    },
    { event: () => {}, found: () => {}, progress: () => {} },
  )
  await campaign.run()
  const footer = campaign.finish({ complete: true }, 0)
  const visits = plan.machines.flatMap((machine) => [...machine.visits.values()]).filter(plan.selected)
  return { outcomes: campaign.outcomes(footer), footer, visits }
}

const { outcomes, footer, visits } = await outcomesOfRun(faulty)
const outcomesOf = (start: string, ...operations: readonly string[]) => {
  const cells = visits
    .filter(({ cell, input }) => cell.startsWith(start) && operations.includes(input.do))
    .map(({ cell }) => cell)
  expect(cells.length).toBeGreaterThan(0)
  return new Set(cells.map((cell) => outcomes.get(cell)?.outcome))
}

test('every cell that was chosen has an outcome, and those that were met are those of the footer', () => {
  expect(visits.filter(({ cell }) => !outcomes.has(cell))).toEqual([])
  const met = visits.filter(({ cell }) => ['agreed', 'diverged'].includes(outcomes.get(cell)!.outcome))
  expect(met).toHaveLength(footer.cells.reached)
})

test('an operation that the server has not is not implemented, in every state', () => {
  expect(outcomesOf('file', 'abortCopyFile')).toEqual(new Set(['not implemented']))
})

test('what the driver has no call for is not expressible', () => {
  expect(outcomesOf('file', 'renameFile')).toEqual(new Set(['not expressible']))
})

test('a cell diverges with each difference, what was expected and what was observed', () => {
  const refused = [...outcomes].filter(([cell]) => cell.startsWith('file release | leased') && cell.includes('former'))
  expect(refused.length).toBeGreaterThan(0)
  for (const [cell, found] of refused) {
    if (found.outcome !== 'diverged') throw new Error(`${cell} ${found.outcome}`)
    expect(found.divergences).toEqual([
      { rule: expect.stringMatching(/^file\./), field: 'code', observed: 'Misnamed', expected: expect.any(String) },
    ])
  }
})

test('what lies behind a divergence that leaves the state unknown is masked by it', () => {
  const behind = [...outcomes].filter(([cell]) => cell.includes('| available, released'))
  expect(behind.length).toBeGreaterThan(0)
  for (const [, found] of behind) {
    if (found.outcome === 'not implemented' || found.outcome === 'not expressible') continue
    expect(found).toMatchObject({ outcome: 'masked', by: { field: 'status', observed: '500 InternalError' } })
  }
})

test('what can be reached without an operation that the server has not is reached', async () => {
  const run = await outcomesOfRun(unchanging)
  const left = run.visits.filter(({ cell }) => run.outcomes.get(cell)!.outcome === 'not reached')
  expect(left.map(({ cell }) => cell)).toEqual([])
  expect(run.outcomes.get('file break | leased, infinite | leaseId: former, breakPeriod: absent')).toEqual({
    outcome: 'agreed',
  })
})

test('all else agrees', () => {
  expect(outcomesOf('file acquire | available, never leased', 'acquire')).toEqual(new Set(['agreed']))
  expect(outcomesOf('file break | leased', 'break')).toEqual(new Set(['agreed']))
})
