import fc from 'fast-check'
import { endsTrace } from '../../model/judge.ts'
import { explore, type Machine, placeAtStart, take, type Visit } from '../../model/machine.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { CompiledRules } from '../../model/respond.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import { type Leg, LONG_WALK, SHORT_WALK, tour } from '../../properties/tour.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { isReadBack } from './coverage.ts'

export interface PlanOptions {
  readonly rules: CompiledRules
  readonly kinds: readonly ResourceKind[]
  readonly seed: number
  /** How many random scenarios follow the tour. */
  readonly runs: number
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
  readonly random: readonly Scenario[]
  readonly wanted: (visit: Visit) => boolean
  /** How many operations a walk of the tour may have. */
  readonly walkLength: number
}

/** Plans a run: a tour around what is known to be broken, and random scenarios. */
export function planned({ rules, kinds, seed, runs, only, broken, clock }: PlanOptions): Plan {
  const walkLength = clock === 'virtual' ? LONG_WALK : SHORT_WALK
  const suspect = (visit: Pick<Visit, 'cell' | 'rules'>) => visit.rules.some((rule) => broken.has(rule))
  const machines = kinds.map((kind) => explore(rules, kind))
  const around = broken.size === 0 ? machines : kinds.map((kind) => explore(rules, kind, suspect))
  const words = only.flatMap((each) => each.toLowerCase().split(/\s+/)).filter((word) => word !== '')
  const wanted = ({ cell, rules: applied }: Visit) => {
    const text = [cell, ...applied].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return {
    machines,
    tour: around.flatMap((machine) => tour(rules, machine, { wanted, suspect, walkLength })),
    random: words.length > 0 ? [] : fc.sample(scenarios(rules, kinds), { seed, numRuns: runs }),
    wanted,
    walkLength,
  }
}

/** What a plan costs, set-up included. */
export function costOf({ tour: legs, random }: Plan): {
  readonly scenarios: number
  readonly requests: number
  readonly readBacks: number
} {
  const all = [...legs.map(({ scenario }) => scenario), ...random]
  return {
    scenarios: all.length,
    requests: all.reduce((sum, scenario) => sum + requestsOf(scenario), 0),
    readBacks: all.reduce(
      (sum, { steps }) => sum + steps.filter((step) => !isWait(step) && isReadBack(step.do)).length,
      0,
    ),
  }
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
export function longestMs(rules: CompiledRules, { tour: legs, random }: Plan): number {
  const lastsMs = (scenario: Scenario) => {
    const start = placeAtStart(scenario.world)
    return scenario.steps.reduce((place, step) => take(rules, place, step), start).nowMs - start.nowMs
  }
  return Math.max(0, ...[...legs.map(({ scenario }) => scenario), ...random].map(lastsMs))
}
