import { cellOf } from '../model/cell.ts'
import type { CompiledRules } from '../model/compiled-rules.ts'
import { inputsAt, inputsKeyOf, observing } from '../model/inputs.ts'
import { cellAt, type Edge, type Machine, type Visit } from '../model/machine.ts'
import { classOf, LEASE_ACTIONS, type OperationClass } from '../model/operation.ts'
import { keyOf, type Place, perform, take } from '../model/place.ts'
import { isWait, type OperationStep, type Scenario, type Step } from '../model/scenario.ts'
import { identification } from './identification.ts'
import { inTurn } from './in-turn.ts'
import type { Leg } from './leg.ts'

/** How many inputs that change nothing a place gets in one scenario. */
const CHAIN_LENGTH = 48
/** How many steps a walk goes to reach the next place with something to visit. */
const DETOUR_LENGTH = 3

/** How many suspect inputs that should change nothing share a scenario. */
const SUSPECTS_TOGETHER = 10

/** Whether an input can be sent as it is meant. */
export type Sendable = (input: OperationStep, world: Scenario['world']) => boolean

export interface GuideOptions {
  readonly sendable: Sendable
  /** Whether an input can be said at all: what cannot is left out of a walk. */
  readonly sayable: Sendable
  /** How many operations a walk may have before its scenario ends. */
  readonly walkLength: number
}

/** Leads walks through a machine and remembers what is left to visit. */
export class Guide {
  readonly #rules: CompiledRules
  readonly #machine: Machine
  readonly #left: Set<string>
  readonly #walkLength: number
  readonly #sendable: Sendable
  readonly #sayable: Sendable
  /** How many wanted cells are left in each kind of place. */
  readonly #leftIn = new Map<string, number>()
  /** The inputs of places that are alike, by cell. */
  readonly #inputs = new Map<string, ReadonlyMap<string, readonly OperationStep[]>>()
  #turn = 0

  /** @param left the cells to visit; what a walk meets is taken out of it. */
  constructor(
    rules: CompiledRules,
    machine: Machine,
    left: Set<string>,
    { walkLength, sendable, sayable }: GuideOptions,
  ) {
    this.#walkLength = walkLength
    this.#sendable = sendable
    this.#sayable = sayable
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
    while ((this.#leftIn.get(keyOf(start)) ?? 0) > 0) {
      const before = this.#left.size
      walks.push({ world: start.setting, steps: this.#walk(start).path })
      // What no walk from here meets is approached straight, afterwards.
      if (this.#left.size === before) break
    }
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
        const steps = portion.map(({ input }) => this.#inTurn(from, input))
        return { scenario: { world: from.setting, steps: [...from.path, ...steps] }, retryFrom: from.path.length }
      }),
    )
  }

  straightTo({ from, input }: Visit): Scenario {
    const { place } = perform(this.#rules, from, this.#inTurn(from, input))
    return { world: from.setting, steps: this.#identified(place).path }
  }

  #walk(start: Place): Place {
    let place = start
    let before: Place
    // Waits are no operations; a walk that does nothing but wait has an end too.
    const most = start.path.length + 3 * this.#walkLength
    do {
      before = place
      place = this.#visitHere(place) ?? this.#moveOn(place) ?? place
    } while (
      place !== before &&
      operationsIn(place) - operationsIn(start) < this.#walkLength &&
      place.path.length < most
    )
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

  /**
   * One input of a chain. What a write did is looked at before a Put Blob writes over it, and what any input did before
   * something that is to succeed may mend it.
   */
  #chained(place: Place, alike: readonly OperationStep[], following: readonly OperationStep[] | undefined): Place {
    const input = this.#oneOf(place, alike)
    const next = this.#take(place, input)
    if (following === undefined) return next
    const isOverwritten = classOf(input.do) === 'write' && classOf(following[0]!.do) === 'create'
    const isMended = MENDING.has(classOf(following[0]!.do)) && this.#succeeds(place, following[0]!)
    return isOverwritten || isMended ? this.#take(next, observing(next)) : next
  }

  #succeeds(place: Place, input: OperationStep): boolean {
    return perform(this.#rules, place, input).served.answer.status < 300
  }

  /** After a first look that changes nothing by the model, another look is enough; else the new state is identified. */
  #afterLeaving(place: Place, [cell, alike]: readonly [string, readonly OperationStep[]]): Place {
    const next = this.#take(place, this.#oneOf(place, alike))
    return isFirstLook(cell) && keyOf(next) === this.#placeAfterLooking(place)
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
    let here: Place = place
    for (const edge of route) {
      const next = this.#follow(here, edge)
      if (next === undefined) break
      here = next
    }
    return here === place ? undefined : here
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
    const step = 'wait' in by ? by.wait : this.#inputsAt(place).get(by.cell)?.[0]
    if (step === undefined) return undefined
    // A step that does not lead there is not taken, so what it would visit stays to be visited.
    return keyOf(take(this.#rules, place, step)) === to ? this.#take(place, step) : undefined
  }

  #inputsAt(place: Place): ReadonlyMap<string, readonly OperationStep[]> {
    const key = inputsKeyOf(place)
    const known = this.#inputs.get(key)
    if (known !== undefined) return known
    const sendable = inputsAt(place).filter((input) => this.#sendable(input, place.setting))
    const inputs = Map.groupBy(sendable, (input) => cellAt(place, input))
    this.#inputs.set(key, inputs)
    return inputs
  }

  #take(place: Place, step: Step): Place {
    if (isWait(step)) return take(this.#rules, place, step)
    // A walk that went on from what was never asked would be in another place than the server.
    if (!this.#sayable(step, place.setting)) return place
    const { place: next, served } = perform(this.#rules, place, step)
    if (this.#sendable(step, place.setting)) this.#visited(cellOf(served.situation))
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
  #oneOf(place: Place, alike: readonly OperationStep[]): OperationStep {
    return this.#inTurn(place, alike[this.#turn++ % alike.length]!)
  }

  /**
   * The same input through the operation of its class whose turn it is, so that each is exercised in many states; where a
   * cell belongs to one operation, none stands in for it.
   */
  #inTurn(place: Place, input: OperationStep): OperationStep {
    const other = inTurn(input, () => this.#turn++)
    const isAlike = other === input || cellAt(place, other) === cellAt(place, input)
    return isAlike && this.#sendable(other, place.setting) ? other : input
  }
}

/** Classes of operations that, where they succeed, may bring back a state that was lost. */
const MENDING: ReadonlySet<OperationClass> = new Set([
  ...LEASE_ACTIONS,
  'create',
  'copy',
  'mark',
  'stage',
  'snapshot',
  'undelete',
])

/** The first look at a lease that ran out is a cell of its own for each operation. */
function isFirstLook(cell: string): boolean {
  return cell.includes('first look')
}

function operationsIn({ path }: Place): number {
  return path.filter((step) => !isWait(step)).length
}

function portions<T>(things: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, index) =>
    things.slice(index * size, (index + 1) * size),
  )
}
