import fc from 'fast-check'
import type { CompiledRules } from '../model/compiled-rules.ts'
import { valuesFor } from '../model/features.ts'
import { observing, peacefulInputsAt, usualInputsAt } from '../model/inputs.ts'
import { deadlineOf } from '../model/lease.ts'
import { worldsOf } from '../model/machine.ts'
import { isReadBack } from '../model/operation.ts'
import { isOdd, type Place, perform, placeAtStart, take } from '../model/place.ts'
import type { ResourceKind } from '../model/resource.ts'
import type { OperationStep, Scenario, Step } from '../model/scenario.ts'
import type { ServiceVersion } from '../model/service-version.ts'
import { WORLDS } from '../model/usual-worlds.ts'
import { resourceIn, subjectOf } from '../model/world.ts'

/** Lengths of random scenarios, in choices; each choice is one step. */
const STEPS = { minLength: 8, maxLength: 20 }

/** One random choice: what to do next, and which of the possibilities. */
type Choice = readonly [aim: number, which: number]

/**
 * Random scenarios, steered: a uniform choice of inputs would spend most steps being refused in `available`. Every choice is
 * read in the place that the model has reached so far, and some of them aim for a change of state or for a deadline.
 */
export function scenarios(
  rules: CompiledRules,
  kinds: readonly ResourceKind[],
  version?: ServiceVersion,
): fc.Arbitrary<Scenario> {
  const wandering = fc
    .tuple(
      fc.constantFrom(...kinds.flatMap((kind) => usualWorlds(kind))),
      fc.array(fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 0x7fffffff })), STEPS),
    )
    .map(([world, choices]) => wander(rules, placeAtStart(world, version), choices))
  const running = kinds.filter((kind) => valuesFor(kind, 'state').includes('expired'))
  if (running.length === 0) return wandering
  return fc.oneof(
    { arbitrary: wandering, weight: 3 },
    { arbitrary: heldLeases(running), weight: 1 },
    { arbitrary: handovers(running), weight: 2 },
  )
}

/** Worlds in which something can be leased come up more often than those in which it cannot. */
function usualWorlds(kind: ResourceKind) {
  const present = WORLDS[kind]!
  return [...worldsOf(kind), present, present, present]
}

function wander(rules: CompiledRules, start: Place, choices: readonly Choice[]): Scenario {
  let place = start
  for (const choice of choices) place = take(rules, place, chosen(rules, place, choice))
  return { world: start.setting, steps: place.path }
}

function chosen(rules: CompiledRules, place: Place, [aim, which]: Choice): Step {
  const waits = waitsAt(place)
  if (aim < 25) return pick(waits, which)
  const inputs = aim < 90 && !isOdd(place) ? usualInputsAt(place) : peacefulInputsAt(place)
  if (aim < 45) {
    const looks = inputs.filter((input) => isReadBack(input.do))
    return looks.length > 0 ? pick(looks, which) : observing(place)
  }
  const moving = aim < 80 ? inputs.filter((input) => moves(rules, place, input)) : []
  return pick(moving.length > 0 ? moving : inputs, which)
}

function waitsAt(place: Place): readonly Step[] {
  const { name: on } = subjectOf(place.setting)
  const some: Step[] = [1, 400, 1000, 7500].map((ms) => ({ wait: 'for', on, ms }))
  if (deadlineOf(resourceIn(place.server.world, on).lease) === undefined) return some
  const around: Step[] = [-1000, -1, 0, 1, 1000, 2500].map((ms) => ({ wait: 'until deadline', on, ms }))
  return [...around, ...around, ...some]
}

/** Whether an input leads the model to another lease, and not out of the game by deleting everything. */
function moves(rules: CompiledRules, place: Place, input: OperationStep): boolean {
  const { name } = subjectOf(place.setting)
  const before = resourceIn(place.server.world, name)
  const after = resourceIn(perform(rules, place, input).place.server.world, name)
  return before.lease !== after.lease && after.existence === 'present'
}

function pick<T>(from: readonly T[], which: number): T {
  return from[which % from.length]!
}

/** What people use leases for: a holder renews every half duration while others try to get in. */
function heldLeases(kinds: readonly ResourceKind[]): fc.Arbitrary<Scenario> {
  const intruder = fc.constantFrom<OperationStep>(
    { do: 'acquire', on: '', proposedLeaseId: 'B', duration: '15' },
    { do: 'renew', on: '', leaseId: 'B' },
    { do: 'release', on: '', leaseId: 'B' },
    { do: 'change', on: '', leaseId: 'B', proposedLeaseId: 'C' },
  )
  return fc
    .tuple(
      fc.constantFrom(...kinds),
      fc.integer({ min: 15, max: 60 }),
      fc.array(fc.array(intruder, { maxLength: 2 }), { minLength: 2, maxLength: 6 }),
      fc.boolean(),
    )
    .map(([kind, seconds, rounds, releases]) => heldFor(kind, seconds, rounds, releases))
}

function heldFor(
  kind: ResourceKind,
  seconds: number,
  rounds: readonly (readonly OperationStep[])[],
  releases: boolean,
): Scenario {
  const world = WORLDS[kind]!
  const on = subjectOf(world).name
  const observe = observing({ setting: world })
  const round = (intruders: readonly OperationStep[]): Step[] => [
    ...intruders.map((step) => ({ ...step, on })),
    { wait: 'for', on, ms: seconds * 500 },
    { do: 'renew', on, leaseId: 'A' },
  ]
  const end: Step[] = releases
    ? [
        { do: 'release', on, leaseId: 'A' },
        { do: 'acquire', on, proposedLeaseId: 'B', duration: '15' },
      ]
    : [{ wait: 'until deadline', on, ms: -1 }, observe, { wait: 'until deadline', on, ms: 0 }]
  return {
    world,
    steps: [
      { do: 'acquire', on, proposedLeaseId: 'A', duration: String(seconds) },
      ...rounds.flatMap(round),
      ...end,
      observe,
    ],
  }
}

/** A lease that lapses again and again: whoever comes next takes it over at its deadline, or as soon as its breaking ends. */
function handovers(kinds: readonly ResourceKind[]): fc.Arbitrary<Scenario> {
  const lap = fc.record({
    seconds: fc.constantFrom(15, 23, 60),
    lateMs: fc.constantFrom(0, 1, 1000),
    breakPeriod: fc.option(fc.constantFrom('1', '5'), { freq: 4, nil: undefined }),
  })
  return fc.tuple(fc.constantFrom(...kinds), fc.array(lap, { minLength: 8, maxLength: 16 })).map(([kind, laps]) => {
    const world = WORLDS[kind]!
    const on = subjectOf(world).name
    const steps = laps.flatMap(({ seconds, lateMs, breakPeriod }, place): Step[] => [
      { do: 'acquire', on, proposedLeaseId: place % 2 === 0 ? 'A' : 'B', duration: String(seconds) },
      ...(breakPeriod === undefined ? [] : [{ do: 'break', on, breakPeriod } as const]),
      { wait: 'until deadline', on, ms: lateMs },
    ])
    return { world, steps: [...steps, { do: 'acquire', on, proposedLeaseId: 'C', duration: '15' }] }
  })
}
