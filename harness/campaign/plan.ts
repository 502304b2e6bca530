import fc from 'fast-check'
import { type ImplementationRule, implementationRule } from '../../model/implementation.ts'
import { explore, type Visit } from '../../model/machine.ts'
import { isReadBack } from '../../model/operation.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { subjectOf } from '../../model/world.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import type { Leg } from '../../properties/leg.ts'
import { LONG_WALK, SHORT_WALK, tour } from '../../properties/tour.ts'
import type { CallTable } from '../../reports/driver-protocol.ts'
import type { Planned } from '../../reports/results.ts'
import { argumentScenarios } from '../drivers/clients/argument-scenarios.ts'
import { takingTurns, type Ways } from '../drivers/clients/ways.ts'
import type { Expresses } from '../drivers/driver.ts'
import { canBeMade } from '../targets/probing/needed-operations.ts'
import type { LeftOut } from '../targets/probing/survey.ts'
import { allowed, expressed, expressedLeg, sayableBy, sendableBy } from './expressible.ts'
import type { ChosenGaps } from './gaps/gap-plan.ts'
import { isHostile } from './hostility.ts'
import { everything, type Scope, type ScopeOptions, scopeOf } from './scope.ts'
import { dealt, dealtOf } from './shards/shard.ts'
import type { Share } from './shards/share.ts'
import { meets, type Weaknesses } from './weak-spots.ts'
import { wordsOf } from './words.ts'

export interface PlanOptions extends ScopeOptions {
  readonly seed: number
  /** How many random scenarios follow the tour. */
  readonly runs: number
  /** Where the baseline says that the target goes astray. */
  readonly known: Weaknesses
  /** On wall time walks are short, so that scenarios wait side by side and not one after the other. */
  readonly clock: TraceClock['kind']
  /** Operations that are left out, since the target was found not to know them or what they need. Default: none. */
  readonly leftOut?: LeftOut
  /** The calls of the client library, each argument of which is to be given; default: there is no library. */
  readonly calls?: CallTable
  /** How else the driver can be asked for the same; default: there is one way. */
  readonly ways?: Ways
}

/** What a run is going to do, known before the first request. */
export interface Plan extends Scope {
  readonly tour: readonly Leg[]
  /** What may poison a server, so it comes last: requests that are to be refused for their headers alone. */
  readonly hostile: readonly Leg[]
  /** How many random scenarios follow; those of all shards together. */
  readonly runs: number
  /** The random scenarios, a round at a time, without end; of a round at most so many. Those of all shards together. */
  readonly random: (round: number, most: number) => readonly Scenario[]
  /** How many operations a walk of the tour may have. */
  readonly walkLength: number
  /** Operations that are left out, since the target was found not to know them or what they need. */
  readonly leftOut?: LeftOut
  /** Of a run that asks for what nobody knows: what that is. */
  readonly gaps?: ChosenGaps
  /** Of a part of a run: which it is. */
  readonly share?: Share
}

const NOTHING_LEFT_OUT: LeftOut = new Map()
const ONE_WAY: Ways = () => []

/** Plans a run: a tour around what is known to be broken, and random scenarios. */
export function planned(options: PlanOptions): Plan {
  const { rules, kinds, version, thorough, seed, runs, only, known, clock, hostile } = options
  const { leftOut = NOTHING_LEFT_OUT, calls = {}, ways = ONE_WAY } = options
  const permitted = allowed(options.expresses ?? everything, options.permits)
  const expresses = without(leftOut, permitted)
  const walkLength = clock === 'virtual' ? LONG_WALK : SHORT_WALK
  const suspect = (visit: Pick<Visit, 'rules' | 'input'>) => meets(known.spots, visit)
  const scope = scopeOf(options)
  const { machines, wanted } = scope
  const sendable = leftOut.size === 0 ? scope.sendable : sendableBy(expresses)
  const startsIn = (world: Scenario['world']) => canBeMade(world, leftOut)
  const sayable = sayableBy(expresses)
  const avoid = (visit: Pick<Visit, 'rules' | 'input' | 'from'>) =>
    suspect(visit) || leftOut.has(askedBy(visit)) || !sayable(visit.input, visit.from.setting)
  const avoiding = { version, thorough, avoid, startsIn }
  const isPlain = known.spots.size + leftOut.size + scope.notExpressible + (scope.notPermitted ?? 0) === 0
  const around = isPlain ? machines : kinds.map((kind) => explore(rules, kind, avoiding))
  const answered = (fits: (visit: Visit) => boolean) => (visit: Visit) =>
    fits(visit) && !known.missing.has(askedBy(visit)) && !leftOut.has(askedBy(visit))
  const toured = (fits: (visit: Visit) => boolean) => {
    const varied = takingTurns(ways)
    return around
      .flatMap((machine) => tour(rules, machine, { wanted: answered(fits), suspect, sendable, sayable, walkLength }))
      .map((leg) => expressedLeg(leg, expresses))
      .map((leg) => ({ ...leg, scenario: varied(leg.scenario) }))
  }
  const sayingAll = (scenario: Scenario) => expressedLeg({ scenario, retryFrom: scenario.steps.length }, expresses)
  const sampled = (round: number, most: number) => {
    const varied = takingTurns(ways)
    return fc
      .sample(scenarios(rules, kinds, version), {
        seed: seed ^ Math.imul(round, ROUND_SEED),
        numRuns: Math.min(most, ROUND_LENGTH),
      })
      .map((scenario) => (startsIn(scenario.world) ? expressed(scenario, expresses) : { ...scenario, steps: [] }))
      .map(varied)
  }
  const [peaceful, malformed] = [
    toured((visit) => wanted(visit) && !isHostile(visit.rules)),
    hostile ? toured((visit) => wanted(visit) && isHostile(visit.rules)) : [],
  ]
  const isPart = wordsOf(only).length > 0
  const given = [...peaceful, ...malformed].map(({ scenario }) => scenario)
  const more = isPart
    ? []
    : argumentScenarios(calls, given).filter(({ world }) => kinds.includes(subjectOf(world).kind))
  // What the plan costs is reckoned from the same scenarios that are played first; making them takes a while.
  let first: readonly Scenario[] | undefined
  return {
    ...scope,
    sendable,
    sayable,
    leftOut,
    tour: [...peaceful, ...more.filter(({ world }) => startsIn(world)).map(sayingAll)],
    hostile: malformed,
    runs: isPart ? 0 : runs,
    random: (round, most) => {
      if (round > 0 || most !== runs) return sampled(round, most)
      first ??= sampled(0, runs)
      return first
    },
    walkLength,
  }
}

/** The operation that a visit is about. */
function askedBy({ input, from }: Pick<Visit, 'input' | 'from'>): ImplementationRule {
  return implementationRule(from.setting.find(({ name }) => name === input.on)!.kind, input.do)
}

/** Steps that the target does not know are left out as those are that no call says: what they would have changed stays as it was. */
function without(leftOut: LeftOut, expresses: Expresses): Expresses {
  if (leftOut.size === 0) return expresses
  return (step, kind, world) =>
    leftOut.has(implementationRule(kind, step.do)) ? 'not at all' : expresses(step, kind, world)
}

/** How many random scenarios are made at a time, and what sets the seeds of rounds apart. */
const ROUND_LENGTH = 250
const ROUND_SEED = 0x9e3779b1

/** What a plan costs, set-up included; the random part is reckoned from its first round. */
export function costOf(plan: Plan): Planned {
  const toured = [...plan.tour, ...plan.hostile].map(({ scenario }) => scenario)
  const round = plan.runs === 0 ? [] : plan.random(0, plan.runs)
  const first = dealt(round, plan.share?.shard)
  const more = round.length === 0 ? 0 : plan.runs / round.length
  const sum = (of: (scenario: Scenario) => number) => {
    const total = (all: readonly Scenario[]) => all.reduce((so, scenario) => so + of(scenario), 0)
    return total(toured) + Math.round(total(first) * more)
  }
  const scenarios = toured.length + dealtOf(plan.runs, plan.share?.shard)
  return { scenarios, requests: sum(requestsOf), readBacks: sum(readBacksOf) }
}

function readBacksOf({ steps }: Scenario): number {
  return steps.filter((step) => !isWait(step) && isReadBack(step.do)).length
}

function requestsOf({ world, steps }: Scenario): number {
  return world.filter(({ condition }) => condition === 'present').length + steps.filter((step) => !isWait(step)).length
}

/** What a plan is known to do: its tour, and of the random scenarios the first round. */
export function firstScenarios({ tour: legs, hostile, random, runs, share }: Plan): readonly Scenario[] {
  const first = runs === 0 ? [] : random(0, runs)
  return [...[...legs, ...hostile].map(({ scenario }) => scenario), ...dealt(first, share?.shard)]
}
