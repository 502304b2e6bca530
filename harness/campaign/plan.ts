import fc from 'fast-check'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import { explore, type Machine, type Visit } from '../../model/machine.ts'
import { isReadBack } from '../../model/operation.ts'
import { placeAtStart, take } from '../../model/place.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { TraceClock } from '../../model/trace.ts'
import { scenarios } from '../../properties/arbitraries.ts'
import type { Sendable } from '../../properties/guide.ts'
import type { Leg } from '../../properties/leg.ts'
import { LONG_WALK, SHORT_WALK, tour } from '../../properties/tour.ts'
import type { Expresses } from '../drivers/driver.ts'
import { expressed, expressedLeg, sendableBy } from './expressible.ts'
import type { ChosenGaps } from './gaps/gap-plan.ts'
import { isHostile } from './hostility.ts'
import { meets, type Weaknesses } from './weak-spots.ts'
import { wordsOf } from './words.ts'

export interface PlanOptions {
  readonly rules: CompiledRules
  readonly kinds: readonly ResourceKind[]
  /** The version of the service that is asked. */
  readonly version: ServiceVersion
  readonly seed: number
  /** How many random scenarios follow the tour. */
  readonly runs: number
  /** Whether unusual requests are tried in every plain state, and not only in some. */
  readonly thorough: boolean
  /** Whether malformed, faulty and missing headers are sent: some servers never recover from them. */
  readonly hostile: boolean
  /** Words that a cell or its rule must all contain; with any, the run is a part of the tour and nothing random. */
  readonly only: readonly string[]
  /** Where the baseline says that the target goes astray. */
  readonly known: Weaknesses
  /** What the driver can be asked for; default: everything. */
  readonly expresses?: Expresses
  /** On wall time walks are short, so that scenarios wait side by side and not one after the other. */
  readonly clock: TraceClock['kind']
}

/** What a run is going to do, known before the first request. */
export interface Plan {
  readonly version: ServiceVersion
  readonly thorough: boolean
  readonly machines: readonly Machine[]
  readonly tour: readonly Leg[]
  /** What may poison a server, so it comes last: requests that are to be refused for their headers alone. */
  readonly hostile: readonly Leg[]
  /** How many random scenarios follow. */
  readonly runs: number
  /** The random scenarios, a round at a time, without end; of a round at most so many. */
  readonly random: (round: number, most: number) => readonly Scenario[]
  readonly wanted: (visit: Visit) => boolean
  /** What was chosen, whether the driver can express it or not. */
  readonly selected: (visit: Visit) => boolean
  /** Which inputs the driver sends as they are meant. */
  readonly sendable: Sendable
  /** How many cells are left out because the driver cannot express them. */
  readonly notExpressible: number
  /** How many operations a walk of the tour may have. */
  readonly walkLength: number
  /** Of a run that asks for what nobody knows: what that is. */
  readonly gaps?: ChosenGaps
}

/** Plans a run: a tour around what is known to be broken, and random scenarios. */
export function planned(options: PlanOptions): Plan {
  const { rules, kinds, version, thorough, seed, runs, only, known, clock, hostile } = options
  const walkLength = clock === 'virtual' ? LONG_WALK : SHORT_WALK
  const suspect = (visit: Pick<Visit, 'rules' | 'input'>) => meets(known.spots, visit)
  const machines = kinds.map((kind) => explore(rules, kind, { version, thorough }))
  const avoiding = { version, thorough, avoid: suspect }
  const around = known.spots.size === 0 ? machines : kinds.map((kind) => explore(rules, kind, avoiding))
  const words = wordsOf(only)
  const { expresses = everything } = options
  const selected = ({ cell, rules: applied }: Visit) => {
    if (!hostile && isHostile(applied)) return false
    const text = [cell, ...applied].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const sendable = sendableBy(expresses)
  const wanted = (visit: Visit) => selected(visit) && sendable(visit.input, visit.from.setting)
  const answered = (fits: (visit: Visit) => boolean) => (visit: Visit) =>
    fits(visit) && !known.missing.has(visit.input.do)
  const toured = (fits: (visit: Visit) => boolean) =>
    around
      .flatMap((machine) => tour(rules, machine, { wanted: answered(fits), suspect, sendable, walkLength }))
      .map((leg) => expressedLeg(leg, expresses))
  const sampled = (round: number, most: number) =>
    fc
      .sample(scenarios(rules, kinds, version), {
        seed: seed ^ Math.imul(round, ROUND_SEED),
        numRuns: Math.min(most, ROUND_LENGTH),
      })
      .map((scenario) => expressed(scenario, expresses))
  // What the plan costs is reckoned from the same scenarios that are played first; making them takes a while.
  let first: readonly Scenario[] | undefined
  return {
    version,
    thorough,
    machines,
    tour: toured((visit) => wanted(visit) && !isHostile(visit.rules)),
    hostile: hostile ? toured((visit) => wanted(visit) && isHostile(visit.rules)) : [],
    runs: words.length > 0 ? 0 : runs,
    random: (round, most) => {
      if (round > 0 || most !== runs) return sampled(round, most)
      first ??= sampled(0, runs)
      return first
    },
    wanted,
    selected,
    sendable,
    notExpressible: machines
      .flatMap(({ visits }) => [...visits.values()])
      .filter((visit) => selected(visit) && !wanted(visit)).length,
    walkLength,
  }
}

const everything: Expresses = () => 'exactly'

/** How many random scenarios are made at a time, and what sets the seeds of rounds apart. */
const ROUND_LENGTH = 250
const ROUND_SEED = 0x9e3779b1

/** What a plan costs, set-up included; the random part is reckoned from its first round. */
export function costOf({ tour: legs, hostile, random, runs }: Plan): {
  readonly scenarios: number
  readonly requests: number
  readonly readBacks: number
} {
  const toured = [...legs, ...hostile].map(({ scenario }) => scenario)
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

/** How long the longest scenario of a plan lasts in real time, in milliseconds, if nothing diverges. */
export function longestMs(rules: CompiledRules, { tour: legs, hostile, random, runs, version }: Plan): number {
  const lastsMs = (scenario: Scenario) => {
    const start = placeAtStart(scenario.world, version)
    return scenario.steps.reduce((place, step) => take(rules, place, step), start).nowMs - start.nowMs
  }
  return Math.max(
    0,
    ...[...[...legs, ...hostile].map(({ scenario }) => scenario), ...(runs === 0 ? [] : random(0, runs))].map(lastsMs),
  )
}
