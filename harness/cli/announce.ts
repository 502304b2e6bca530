import { readToken } from '../../model/notation.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { renderForecast } from '../../reports/terminal/forecast.ts'
import { forecast } from '../campaign/forecast.ts'
import type { Plan } from '../campaign/plan.ts'
import { candidateProbes } from '../targets/probing/candidate-probes.ts'
import { probe } from '../targets/probing/probe.ts'
import { confirm } from './confirm.ts'
import { isLoopback } from './foreign-server.ts'
import type { Session } from './session.ts'
import { say } from './terminal.ts'

/** How long answers are taken to need where it cannot be measured. */
const USUAL_LATENCY_MS = 100

export interface Announcing {
  readonly plan: Plan
  readonly baseline: Baseline | undefined
  readonly apiVersion: string
  readonly yes: boolean
}

/**
 * Tells what a run is going to do to a server that is not ours, and goes on only if somebody agrees.
 * @throws UsageError if nobody does; the reason why the session was stopped meanwhile
 */
export async function announce(session: Session, { plan, baseline, apiVersion, yes }: Announcing): Promise<void> {
  const { foreign, target, rules, clock, prefix, stop } = session
  if (foreign === undefined) return
  const endpoint = target.endpoints[0]!
  const asked = await probe(endpoint, 'blob', { clock: clock.kind === 'wall' ? 'wall' : 'header', apiVersion }).catch(
    () => undefined,
  )
  const before = [
    scenariosOf(baseline),
    [...candidateProbes(rules, plan.machines).values()].flatMap(([first]) => first?.scenario ?? []),
  ]
  const { maxPerSecond } = foreign
  const latencyMs = asked?.tookMs ?? USUAL_LATENCY_MS
  const cost = forecast(rules, plan, before, {
    clock: clock.kind,
    latencyMs,
    maxPerSecond: foreign.maxPlanned(latencyMs),
  })
  say(renderForecast({ ...cost, prefix, inside: endpoint.container, maxPerSecond }))
  if (target.embedded) return
  await confirm({
    question: 'go on?',
    yes,
    where: new URL(endpoint.url).host,
    isLoopback: target.endpoints.every(({ url }) => isLoopback(url)),
    signal: stop.signal,
  })
}

function scenariosOf(baseline: Baseline | undefined): readonly Scenario[] {
  return (baseline?.entries ?? []).flatMap(({ scenario }) => {
    const read = readToken(scenario)
    return 'scenario' in read ? [read.scenario] : []
  })
}
