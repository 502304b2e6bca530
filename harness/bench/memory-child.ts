/**
 * Runs a campaign on simulated answers and prints, as JSON, what stays in memory after so many scenarios (arguments). In a
 * process of its own, started with --expose-gc, so that nothing else is counted.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { compile } from '../../model/compiled-rules.ts'
import { kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import { simulate } from '../../properties/simulation.ts'
import { Campaign } from '../campaign/campaign.ts'
import { planned } from '../campaign/plan.ts'
import { NO_WEAKNESSES } from '../campaign/weak-spots.ts'
import { ResultsFolder } from '../cli/results-folder.ts'

const ROUND = 200
const kinds = kindsOf(['blob', 'container'])
const marks = process.argv.slice(2).map(Number)
const rules = compile(RULES)
const folder = mkdtempSync(join(tmpdir(), 'leasecheck-bench-'))
const results = new ResultsFolder(folder, false)
const stop = new AbortController()
const measured: { readonly scenarios: number; readonly heapBytes: number }[] = []

const campaign = new Campaign(
  {
    rules,
    plan: {
      ...planned({
        rules,
        kinds,
        version: NEWEST_VERSION,
        thorough: false,
        seed: 1,
        runs: 0,
        only: [],
        known: NO_WEAKNESSES,
        clock: 'virtual',
        hostile: false,
      }),
      tour: [],
      random: (round) => fc.sample(scenarios(rules, kinds), { seed: round, numRuns: ROUND }),
      wanted: () => false,
    },
    baseline: undefined,
    excluded: () => undefined,
    strict: false,
    failOnGone: false,
    bail: false,
    untilMs: Number.POSITIVE_INFINITY,
    inFlight: 32,
    today: '2000-01-01',
    play: async (scenario) => {
      stop.signal.throwIfAborted()
      const play = simulate(rules, rules, scenario)
      return { play, requests: play.trace.length, durationMs: 0 }
    },
    servers: 0,
    stop,
  },
  { event: (event) => results.add(event), found: () => {}, progress: ({ scenarios: done }) => mark(done) },
)
await campaign.run().catch((error: unknown) => {
  if (!stop.signal.aborted) throw error
})
rmSync(folder, { recursive: true, force: true })
process.stdout.write(JSON.stringify(measured))

function mark(done: number): void {
  if (done !== marks[measured.length]) return
  globalThis.gc!()
  measured.push({ scenarios: done, heapBytes: process.memoryUsage().heapUsed })
  if (measured.length === marks.length) stop.abort(new Error('enough was measured'))
}
