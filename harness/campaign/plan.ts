import fc from 'fast-check'
import { endsTrace } from '../../model/judge.ts'
import { explore, type Machine, placeAtStart, take, type Visit } from '../../model/machine.ts'
import { isReadBack } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { CompiledRules } from '../../model/respond.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import { simulate } from '../../properties/simulation.ts'
import { type Leg, LONG_WALK, SHORT_WALK, tour } from '../../properties/tour.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { wordsOf } from './words.ts'

export interface PlanOptions {
  readonly rules: CompiledRules
  readonly kinds: readonly ResourceKind[]
  readonly seed: number
  /** How many random scenarios follow the tour. */
  readonly runs: number
  /** Whether malformed, faulty and missing headers are sent: some servers never recover from them. */
  readonly hostile: boolean
  /** Words that a cell or its rule must all contain; with any, the run is a part of the tour and nothing random. */
  readonly only: readonly string[]
  /** Rules that the baseline says the target breaks in a way that ends a scenario. */
  readonly broken: ReadonlySet<string>
  /** On wall time walks are short, so that scenarios wait side by side and not one after the other. */
  readonly clock: TraceClock['kind']
}

/** What a run is going to do, known before the first request. */
export interface Plan {
  readonly machines: readonly Machine[]
  readonly tour: readonly Leg[]
  /** How many random scenarios follow. */
  readonly runs: number
  /** The random scenarios, a round at a time, without end; of a round at most so many. */
  readonly random: (round: number, most: number) => readonly Scenario[]
  readonly wanted: (visit: Visit) => boolean
  /** How many operations a walk of the tour may have. */
  readonly walkLength: number
}

/** Plans a run: a tour around what is known to be broken, and random scenarios. */
export function planned({ rules, kinds, seed, runs, only, broken, clock, hostile }: PlanOptions): Plan {
  const walkLength = clock === 'virtual' ? LONG_WALK : SHORT_WALK
  const suspect = (visit: Pick<Visit, 'cell' | 'rules'>) => visit.rules.some((rule) => broken.has(rule))
  const machines = kinds.map((kind) => explore(rules, kind))
  const around = broken.size === 0 ? machines : kinds.map((kind) => explore(rules, kind, suspect))
  const words = wordsOf(only)
  const wanted = ({ cell, rules: applied }: Visit) => {
    if (!hostile && isHostile(applied)) return false
    const text = [cell, ...applied].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const sampled = (round: number, most: number) => {
    const all = fc.sample(scenarios(rules, kinds), {
      seed: seed ^ Math.imul(round, ROUND_SEED),
      numRuns: Math.min(most, ROUND_LENGTH),
    })
    return hostile ? all : all.map((scenario) => peaceful(rules, scenario))
  }
  // What the plan costs is reckoned from the same scenarios that are played first; making them takes a while.
  let first: readonly Scenario[] | undefined
  return {
    machines,
    tour: around.flatMap((machine) => tour(rules, machine, { wanted, suspect, walkLength })),
    runs: words.length > 0 ? 0 : runs,
    random: (round, most) => {
      if (round > 0 || most !== runs) return sampled(round, most)
      first ??= sampled(0, runs)
      return first
    },
    wanted,
    walkLength,
  }
}

/** How many random scenarios are made at a time, and what sets the seeds of rounds apart. */
const ROUND_LENGTH = 250
const ROUND_SEED = 0x9e3779b1

/** Whether a request is refused for its headers alone. */
export function isHostile(rules: readonly string[]): boolean {
  return rules.at(-1)?.includes('.syntax.') === true
}

/** A scenario without its hostile requests, which change nothing by the model. */
function peaceful(rules: CompiledRules, scenario: Scenario): Scenario {
  const { verdicts } = simulate(rules, rules, scenario)
  return { ...scenario, steps: scenario.steps.filter((_, place) => !isHostile(verdicts[place]?.rules ?? [])) }
}

/** What a plan costs, set-up included; the random part is reckoned from its first round. */
export function costOf({ tour: legs, random, runs }: Plan): {
  readonly scenarios: number
  readonly requests: number
  readonly readBacks: number
} {
  const toured = legs.map(({ scenario }) => scenario)
  const first = runs === 0 ? [] : random(0, runs)
  const more = first.length === 0 ? 0 : runs / first.length
  const sum = (of: (scenario: Scenario) => number) => {
    const total = (all: readonly Scenario[]) => all.reduce((so, scenario) => so + of(scenario), 0)
    return total(toured) + Math.round(total(first) * more)
  }
  return { scenarios: toured.length + runs, requests: sum(requestsOf), readBacks: sum(readBacksOf) }
}

function readBacksOf({ steps }: Scenario): number {
  return steps.filter((step) => !isWait(step) && isReadBack(step.do)).length
}

function requestsOf({ world, steps }: Scenario): number {
  return world.filter(({ condition }) => condition === 'present').length + steps.filter((step) => !isWait(step)).length
}

/** The rules that a baseline says the target breaks in a way after which its state is unknown. */
export function brokenRules(rules: readonly Rule[], baseline: Baseline | undefined): ReadonlySet<string> {
  const broken = (baseline?.entries ?? []).filter(({ rule, field, observed }) => {
    const statuses = rules.find(({ id }) => id === rule)?.expect.flatMap(({ status }) => status.values) ?? []
    return endsTrace(field, statuses, Number.parseInt(observed, 10))
  })
  return new Set(broken.map(({ rule }) => rule))
}

/** How long the longest scenario of a plan lasts in real time, in milliseconds, if nothing diverges. */
export function longestMs(rules: CompiledRules, { tour: legs, random, runs }: Plan): number {
  const lastsMs = (scenario: Scenario) => {
    const start = placeAtStart(scenario.world)
    return scenario.steps.reduce((place, step) => take(rules, place, step), start).nowMs - start.nowMs
  }
  return Math.max(0, ...[...legs.map(({ scenario }) => scenario), ...(runs === 0 ? [] : random(0, runs))].map(lastsMs))
}
