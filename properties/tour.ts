import type { CompiledRules } from '../model/compiled-rules.ts'
import type { Machine, Visit } from '../model/machine.ts'
import type { Scenario } from '../model/scenario.ts'
import { Guide, type Sendable } from './guide.ts'
import type { Leg } from './leg.ts'

/** How many operations a walk may have before its scenario ends. */
export const LONG_WALK = 48
/** For wall time, where waits add up: a walk ends after what it was made for. */
export const SHORT_WALK = 1

export interface TourOptions {
  /** Which cells are visited; default: all. */
  readonly wanted?: (visit: Visit) => boolean
  /** Which cells are expected to diverge; default: none. */
  readonly suspect?: (visit: Visit) => boolean
  /** Whether an input can be sent as it is meant; a client library cannot express everything. */
  readonly sendable?: Sendable
  /** Whether an input can be said at all; default: whatever can be sent as it is meant. */
  readonly sayable?: Sendable
  /** How many operations a walk may have. */
  readonly walkLength?: number
}

const everything: Sendable = () => true

/**
 * The transition tour: scenarios that together visit every wanted cell of a machine. A scenario is a walk. Where it stands,
 * inputs that leave the place as it is are chained; every other input, and every chain, is followed by steps that identify
 * the state it led to: what a read reports, the operation that tells the state from its look-alikes, and a probe on both
 * sides of the deadline. `suspect` cells are expected to diverge, so no walk rests on them: they come last, by themselves.
 */
export function tour(rules: CompiledRules, machine: Machine, options: TourOptions = {}): readonly Leg[] {
  const { wanted = () => true, suspect = () => false, sendable = everything, walkLength = LONG_WALK } = options
  const { sayable = sendable } = options
  const all = [...machine.visits.values()].filter(wanted)
  const isShaky = (visit: Visit) => visit.forks || suspect(visit)
  const firm = new Set(all.filter((visit) => !isShaky(visit)).map(({ cell }) => cell))
  const guide = new Guide(rules, machine, firm, { walkLength, sendable, sayable })
  const walks = machine.places.flatMap((place) => guide.walksFrom(place))
  const apart = all.filter((visit) => guide.isLeft(visit.cell) || isShaky(visit))
  return [
    ...walks.map(finalLeg),
    ...guide.chains(apart),
    ...apart.filter(({ staysHere }) => !staysHere).map((visit) => finalLeg(guide.straightTo(visit))),
  ]
}

/** A leg of which nothing is tried again. */
function finalLeg(scenario: Scenario): Leg {
  return { scenario, retryFrom: scenario.steps.length }
}
