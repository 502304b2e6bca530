import { cellOf } from '../model/cell.ts'
import { deadlineOf, leaseIdOf } from '../model/lease.ts'
import {
  cellAt,
  type Edge,
  inputsAt,
  inputsKeyOf,
  keyOf,
  type Machine,
  observing,
  operationsLike,
  type Place,
  perform,
  take,
  type Visit,
} from '../model/machine.ts'
import { subjectOf } from '../model/notation.ts'
import { classOf } from '../model/operation.ts'
import type { CompiledRules } from '../model/respond.ts'
import { isWait, nameOfId, type OperationStep, type Scenario, type Step } from '../model/scenario.ts'
import { resourceIn } from '../model/world.ts'

/** How many operations a walk may have before its scenario ends. */
export const LONG_WALK = 48
/** For wall time, where waits add up: a walk ends after what it was made for. */
export const SHORT_WALK = 1
/** How many inputs that change nothing a place gets in one scenario. */
const CHAIN_LENGTH = 48
/** How many steps a walk goes to reach the next place with something to visit. */
const DETOUR_LENGTH = 3

/** How many suspect inputs that should change nothing share a scenario. */
const SUSPECTS_TOGETHER = 10

export interface TourOptions {
  readonly wanted?: (visit: Visit) => boolean
  readonly suspect?: (visit: Visit) => boolean
  readonly walkLength?: number
}

/** One scenario of a tour. */
export interface Leg {
  readonly scenario: Scenario
  /** After a divergence behind so many steps, the steps behind the divergence can be tried again from there. */
  readonly retryFrom: number
}

/**
 * The transition tour: scenarios that together visit every wanted cell of a machine. A scenario is a walk. Where it stands,
 * inputs that leave the place as it is are chained; every other input, and every chain, is followed by steps that identify
 * the state it led to: what a read reports, the operation that tells the state from its look-alikes, and a probe on both
 * sides of the deadline. `suspect` cells are expected to diverge, so no walk rests on them: they come last, by themselves.
 */
export function tour(rules: CompiledRules, machine: Machine, options: TourOptions = {}): readonly Leg[] {
  const { wanted = () => true, suspect = () => false, walkLength = LONG_WALK } = options
  const all = [...machine.visits.values()].filter(wanted)
  const guide = new Guide(
    rules,
    machine,
    new Set(all.filter((visit) => !suspect(visit)).map(({ cell }) => cell)),
    walkLength,
  )
  const walks = machine.places.flatMap((place) => guide.walksFrom(place))
  const apart = all.filter((visit) => guide.isLeft(visit.cell) || suspect(visit))
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

/** Leads walks through a machine and remembers what is left to visit. */
class Guide {
  readonly #rules: CompiledRules
  readonly #machine: Machine
  readonly #left: Set<string>
  readonly #walkLength: number
  /** How many wanted cells are left in each kind of place. */
  readonly #leftIn = new Map<string, number>()
  /** The inputs of places that are alike, by cell. */
  readonly #inputs = new Map<string, ReadonlyMap<string, readonly OperationStep[]>>()
  #turn = 0

  constructor(rules: CompiledRules, machine: Machine, left: Set<string>, walkLength: number) {
    this.#walkLength = walkLength
    this.#rules = rules
    this.#machine = machine
    this.#left = left
    for (const cell of left) {
      const key = keyOf(machine.visits.get(cell)!.from)
      this.#leftIn.set(key, (this.#leftIn.get(key) ?? 0) + 1)
    }
  }

  walksFrom(start: Place): readonly Scenario[] {
    const walks: Scenario[] = []
    while ((this.#leftIn.get(keyOf(start)) ?? 0) > 0)
      walks.push({ world: start.setting, steps: this.#walk(start).path })
    return walks
  }

  isLeft(cell: string): boolean {
    return this.#left.has(cell)
  }

  /** Inputs that should change nothing, together with those of the same place. */
  chains(visits: readonly Visit[]): readonly Leg[] {
    const byPlace = new Map<Place, Visit[]>()
    for (const visit of visits)
      if (visit.staysHere) byPlace.set(visit.from, [...(byPlace.get(visit.from) ?? []), visit])
    return [...byPlace].flatMap(([from, together]) =>
      portions(together, SUSPECTS_TOGETHER).map((portion) => {
        const steps = portion.map(({ input }) => this.#inTurn(input))
        return { scenario: { world: from.setting, steps: [...from.path, ...steps] }, retryFrom: from.path.length }
      }),
    )
  }

  straightTo({ from, input, cell }: Visit): Scenario {
    const { place } = perform(this.#rules, from, isFirstLook(cell) ? input : this.#inTurn(input))
    return { world: from.setting, steps: this.#identified(place).path }
  }

  #walk(start: Place): Place {
    let place = start
    let before: Place
    do {
      before = place
      place = this.#visitHere(place) ?? this.#moveOn(place) ?? place
    } while (place !== before && operationsIn(place) - operationsIn(start) < this.#walkLength)
    return place
  }

  /** Visits what is left in a place: all inputs that stay there, or one that leads away. */
  #visitHere(place: Place): Place | undefined {
    if ((this.#leftIn.get(keyOf(place)) ?? 0) === 0) return undefined
    const open = [...this.#inputsAt(place)].filter(([cell]) => this.#left.has(cell))
    const staying = open.filter(([cell]) => this.#machine.visits.get(cell)!.staysHere)
    if (staying.length > 0) {
      const inputs = staying.slice(0, CHAIN_LENGTH).map(([, alike]) => alike)
      return this.#identified(
        inputs.reduce((here, alike, index) => this.#chained(here, alike, inputs[index + 1]), place),
      )
    }
    const leaving = open[0]
    if (leaving !== undefined) return this.#afterLeaving(place, leaving)
    this.#leftIn.set(keyOf(place), 0)
    return undefined
  }

  /** One input of a chain. What a write did is looked at before a Put Blob writes over it. */
  #chained(place: Place, alike: readonly OperationStep[], following: readonly OperationStep[] | undefined): Place {
    const next = this.#take(place, this.#oneOf(alike))
    const isOverwritten =
      classOf(alike[0]!.do) === 'write' && following !== undefined && classOf(following[0]!.do) === 'create'
    return isOverwritten ? this.#take(next, observing(next)) : next
  }

  /** After a first look that changes nothing by the model, another look is enough; else the new state is identified. */
  #afterLeaving(place: Place, [cell, alike]: readonly [string, readonly OperationStep[]]): Place {
    const first = isFirstLook(cell)
    const next = this.#take(place, first ? alike[0]! : this.#oneOf(alike))
    return first && keyOf(next) === this.#placeAfterLooking(place)
      ? this.#take(next, observing(next))
      : this.#identified(next)
  }

  #placeAfterLooking(place: Place): string {
    return keyOf(perform(this.#rules, place, observing(place)).place)
  }

  /** Goes to the nearest place where something is left. */
  #moveOn(place: Place): Place | undefined {
    const route = this.#routeFrom(keyOf(place))
    if (route === undefined) return undefined
    return route.reduce<Place | undefined>((here, edge) => here && this.#follow(here, edge), place)
  }

  #routeFrom(start: string): readonly Edge[] | undefined {
    let frontier: readonly { readonly key: string; readonly route: readonly Edge[] }[] = [{ key: start, route: [] }]
    const seen = new Set([start])
    for (let length = 1; length <= DETOUR_LENGTH; length++) {
      const next: { readonly key: string; readonly route: readonly Edge[] }[] = []
      for (const { key, route } of frontier) {
        for (const edge of this.#machine.edges.get(key) ?? []) {
          if (seen.has(edge.to)) continue
          seen.add(edge.to)
          if ((this.#leftIn.get(edge.to) ?? 0) > 0) return [...route, edge]
          next.push({ key: edge.to, route: [...route, edge] })
        }
      }
      frontier = next
    }
    return undefined
  }

  /** The same edge from a place of the same kind; ids may have other names there. */
  #follow(place: Place, { by, to }: Edge): Place | undefined {
    if ('wait' in by) return this.#take(place, by.wait)
    const input = this.#inputsAt(place).get(by.cell)?.[0]
    if (input === undefined) return undefined
    const next = this.#take(place, input)
    return keyOf(next) === to ? next : undefined
  }

  #inputsAt(place: Place): ReadonlyMap<string, readonly OperationStep[]> {
    const key = inputsKeyOf(place)
    const known = this.#inputs.get(key)
    if (known !== undefined) return known
    const inputs = Map.groupBy(inputsAt(place), (input) => cellAt(place, input))
    this.#inputs.set(key, inputs)
    return inputs
  }

  #take(place: Place, step: Step): Place {
    if (isWait(step)) return take(this.#rules, place, step)
    const { place: next, served } = perform(this.#rules, place, step)
    this.#visited(cellOf(served.situation))
    return next
  }

  #visited(cell: string): void {
    if (!this.#left.delete(cell)) return
    const key = keyOf(this.#machine.visits.get(cell)!.from)
    this.#leftIn.set(key, this.#leftIn.get(key)! - 1)
  }

  #identified(place: Place): Place {
    return identification(place, () => this.#turn++).reduce((here, step) => this.#take(here, step), place)
  }

  /** Inputs in the same cell take turns, and so do the operations of their class. */
  #oneOf(alike: readonly OperationStep[]): OperationStep {
    return this.#inTurn(alike[this.#turn++ % alike.length]!)
  }

  /** The same input through the operation of its class whose turn it is, so that each is exercised in many states. */
  #inTurn(input: OperationStep): OperationStep {
    return inTurn(input, () => this.#turn++)
  }
}

/** Steps that tell the state of a place from every other state. */
function identification(place: Place, turn: () => number): readonly Step[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { existence, lease } = resourceIn(place.server.world, on)
  const observe = inTurn(observing(place), turn)
  if (existence === 'absent') return kind === 'blob' ? [observe, { do: 'putBlob', on }, observe] : [observe]
  const id = leaseIdOf(lease)
  const held = id === undefined ? 'A' : (nameOfId(id) ?? 'held')
  const observeAsHolder: OperationStep = { ...observe, leaseId: held }
  switch (lease.state) {
    case 'available':
      return [observe, { do: 'renew', on, leaseId: held }]
    case 'broken':
      return [observe, { do: 'release', on, leaseId: held }]
    case 'expired':
      return [observe, { do: 'renew', on, leaseId: held }, observeAsHolder]
    case 'leased':
    case 'breaking':
      if (deadlineOf(lease) === undefined) return [{ wait: 'for', on, ms: 61_000 }, observeAsHolder]
      return [
        { wait: 'until deadline', on, ms: -1 },
        observeAsHolder,
        { wait: 'until deadline', on, ms: 0 },
        observe,
        { wait: 'for', on, ms: 1000 },
      ]
    default:
      return lease satisfies never
  }
}

/** The first look at a lease that ran out is a cell of its own for each operation: none stands in for another. */
function isFirstLook(cell: string): boolean {
  return cell.includes('first look')
}

function inTurn(input: OperationStep, turn: () => number): OperationStep {
  const alike = operationsLike(input.do)
  return alike.length === 1 ? input : { ...input, do: alike[turn() % alike.length]! }
}

function operationsIn({ path }: Place): number {
  return path.filter((step) => !isWait(step)).length
}

function portions<T>(things: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, index) =>
    things.slice(index * size, (index + 1) * size),
  )
}
