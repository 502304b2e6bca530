import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scenario } from '../../model/scenario.ts'
import type { Baseline } from '../../reports/baseline.ts'
import type { Bucket } from '../../reports/results.ts'
import { Campaign } from '../campaign/campaign.ts'
import type { Plan } from '../campaign/plan.ts'
import { DEFAULT_API_VERSION } from '../cli/options.ts'
import { ResultsFolder } from '../cli/results-folder.ts'
import { Session } from '../cli/session.ts'
import type { Target } from '../targets/target.ts'
import { benchPrefix } from './recorded-exchange.ts'

/** Scenarios under way at once, as in a run on virtual time. */
export const IN_FLIGHT = 32

/**
 * Plays scenarios with everything that a run does for them: requests are made and signed, answers judged, cells counted,
 * divergences put into buckets, results written. Left out are planning (of detours too), shrinking and hostile requests.
 * Scenarios are given to the campaign as random ones, since these it plays once each and in order; so every pass sends the
 * same requests, as long as nothing is new.
 *
 * @returns what is not in the baseline
 */
export async function harnessPass(
  target: Target,
  plan: Plan,
  scenarios: readonly Scenario[],
  baseline: Baseline | undefined,
  pass: string,
): Promise<readonly Bucket[]> {
  const session = new Session(keptOpen(target), DEFAULT_API_VERSION, benchPrefix(pass))
  const folder = await mkdtemp(join(tmpdir(), 'leasecheck-bench-'))
  const results = new ResultsFolder(folder, false)
  const fresh: Bucket[] = []
  const campaign = new Campaign(
    {
      rules: session.rules,
      plan: {
        ...plan,
        machines: [],
        tour: [],
        hostile: [],
        runs: scenarios.length,
        random: () => scenarios,
        wanted: () => false,
      },
      baseline,
      excluded: () => 'not part of the bench',
      strict: false,
      failOnGone: false,
      bail: false,
      untilMs: undefined,
      inFlight: IN_FLIGHT,
      today: new Date().toISOString().slice(0, 10),
      play: session.play,
      // No canaries: there is one for each server, and the stub is one server where the recording came from two.
      servers: 0,
      stop: session.stop,
    },
    { event: (event) => results.add(event), found: (bucket) => void fresh.push(bucket), progress: () => {} },
  )
  try {
    await campaign.run()
    return fresh
  } finally {
    await session.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same target, which the end of a session leaves running. */
export function keptOpen(target: Target): Target {
  return { ...target, onDeath: (listener) => target.onDeath(listener), close: async () => {} }
}
