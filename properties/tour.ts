import { deadlineOf, leaseIdOf } from '../model/lease.ts'
import { type Machine, operationsLike, perform, type Place, type Visit } from '../model/machine.ts'
import { subjectOf } from '../model/notation.ts'
import type { CompiledRules } from '../model/respond.ts'
import { nameOfId, type OperationStep, type Scenario, type Step } from '../model/scenario.ts'
import { resourceIn } from '../model/world.ts'

/** How many inputs that change nothing are put into one scenario. */
const CHAIN_LENGTH = 40

/**
 * The transition tour: scenarios that together visit every wanted cell of a machine. Inputs that leave a place as it is are
 * chained; every other input ends its scenario, followed by steps that identify the state it led to: what a read reports, the
 * operation that tells the state from its look-alikes, and a probe on both sides of the deadline.
 */
export function tour(rules: CompiledRules, machine: Machine, wanted: (visit: Visit) => boolean = () => true): readonly Scenario[] {
  const turn = counter()
  const byPlace = new Map<Place, Visit[]>()
  for (const visit of machine.visits.values()) {
    if (wanted(visit)) byPlace.set(visit.from, [...(byPlace.get(visit.from) ?? []), visit])
  }
  return [...byPlace].flatMap(([place, visits]) => [
    ...chains(visits.filter((visit) => visit.staysHere)).map((chain) => chained(place, chain, turn)),
    ...visits.filter((visit) => !visit.staysHere).map((visit) => identified(rules, place, visit, turn)),
  ])
}

function chained(place: Place, chain: readonly Visit[], turn: () => number): Scenario {
  const steps = chain.map(({ input }) => inTurn(input, turn))
  return scenario(place, [...place.path, ...steps, ...identification(place, turn)])
}

function identified(rules: CompiledRules, place: Place, { input }: Visit, turn: () => number): Scenario {
  const step = inTurn(input, turn)
  const { place: reached } = perform(rules, place, step)
  return scenario(place, [...place.path, step, ...identification(reached, turn)])
}

/** Steps that tell the state of a place from every other state. */
export function identification(place: Place, turn: () => number = counter()): readonly Step[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { existence, lease } = resourceIn(place.server.world, on)
  const observe: OperationStep = inTurn({ do: kind === 'blob' ? 'getBlobProperties' : 'getContainerProperties', on }, turn)
  if (existence === 'absent') return kind === 'blob' ? [observe, { do: 'putBlob', on }, observe] : [observe]
  const id = leaseIdOf(lease)
  const held = id === undefined ? 'A' : (nameOfId(id) ?? 'held')
  const withId: OperationStep = { do: kind === 'blob' ? 'getBlobMetadata' : 'getContainerMetadata', on, leaseId: held }
  const renew: OperationStep = { do: 'renew', on, leaseId: held }
  switch (lease.state) {
    case 'available':
      return [observe, renew, { do: 'break', on }]
    case 'broken':
      return [observe, renew, { do: 'release', on, leaseId: held }]
    case 'expired':
      return [observe, renew, observe]
    case 'leased':
    case 'breaking': {
      if (deadlineOf(lease) === undefined) return [observe, withId, { wait: 'for', on, ms: 61_000 }, observe]
      const bothSides: readonly Step[] = [
        { wait: 'until deadline', on, ms: -1 },
        observe,
        { wait: 'until deadline', on, ms: 0 },
        observe,
      ]
      return [withId, ...bothSides, ...(lease.state === 'breaking' ? [renew] : [])]
    }
    default:
      return lease satisfies never
  }
}

/** The same input through the operation of its class whose turn it is, so that each is exercised in many states. */
function inTurn(input: OperationStep, turn: () => number): OperationStep {
  const alike = operationsLike(input.do)
  return alike.length === 1 ? input : { ...input, do: alike[turn() % alike.length]! }
}

function scenario(place: Place, steps: readonly Step[]): Scenario {
  return { world: place.setting, steps }
}

function chains(visits: readonly Visit[]): readonly (readonly Visit[])[] {
  const found: Visit[][] = []
  for (let start = 0; start < visits.length; start += CHAIN_LENGTH) found.push(visits.slice(start, start + CHAIN_LENGTH))
  return found
}

function counter(): () => number {
  let next = 0
  return () => next++
}

