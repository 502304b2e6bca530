import type { CompiledRules } from '../../model/compiled-rules.ts'
import { judge } from '../../model/judge.ts'
import { respond } from '../../model/respond.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import { serve, started } from '../../model/server.ts'
import type { Situation } from '../../model/situation.ts'
import type { Trace } from '../../model/trace.ts'
import { worldOf } from '../../model/world.ts'
import { simulate } from '../../properties/simulation.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'

const WARM_UP_MS = 1_000
const ROUND_MS = 500
const ROUNDS = 5

/** How fast the model answers and the judge judges, on one thread, over the tour. */
export function pureModelFigures(rules: CompiledRules, scenarios: readonly Scenario[]): readonly Figure[] {
  const traces = scenarios.map((scenario) => traceOf(rules, scenario))
  const met = traces.flatMap((trace) => situationsIn(rules, trace))
  const steps = traces.reduce((sum, trace) => sum + trace.steps.filter(({ call }) => !isWait(call)).length, 0)
  const respondRate = rate(() => {
    for (const situation of met) respond(rules, situation)
    return met.length
  })
  const judgeRate = rate(() => {
    for (const trace of traces) judge(rules, trace)
    return steps
  })
  const over = `median of ${ROUNDS} rounds of ${ROUND_MS} ms, warmed up, one thread, over`
  return [
    {
      name: 'pure model: respond calls',
      value: respondRate,
      unit: '/s',
      bar: { atLeast: 1_000_000 },
      notes: [`${over} ${met.length} situations of the tour`],
    },
    {
      name: 'pure model: judged steps',
      value: judgeRate,
      unit: '/s',
      bar: { atLeast: 200_000 },
      notes: [`${over} ${traces.length} traces of the tour, ${steps} steps without waits`],
    },
  ]
}

function traceOf(rules: CompiledRules, scenario: Scenario): Trace {
  const { trace } = simulate(rules, rules, scenario)
  return { clock: { kind: 'virtual', drift: 0 }, world: scenario.world, steps: trace }
}

/** Every situation that a server meets while it answers the requests of a trace. */
function situationsIn(rules: CompiledRules, { world, steps }: Trace): Situation[] {
  let state = started(worldOf(world))
  return steps
    .flatMap(({ exchanges }) => exchanges)
    .map(({ operation, window }) => {
      const served = serve(rules, state, operation, window.earliestMs)
      state = served.state
      return served.situation
    })
}

/** Calls a second: `round` returns how many it made. */
function rate(round: () => number): number {
  perSecond(round, WARM_UP_MS)
  return median(Array.from({ length: ROUNDS }, () => perSecond(round, ROUND_MS)))
}

function perSecond(round: () => number, forMs: number): number {
  const beganMs = performance.now()
  let calls = 0
  let nowMs = beganMs
  while (nowMs - beganMs < forMs) {
    calls += round()
    nowMs = performance.now()
  }
  return (calls * 1000) / (nowMs - beganMs)
}
