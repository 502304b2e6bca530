import { isClientRule, isClientRuleFor } from '../../model/client/client-rules.ts'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import { type ImplementationRule, implementationRule, isImplementationRule } from '../../model/implementation.ts'
import type { StepVerdict } from '../../model/judge.ts'
import { type Exploration, explore, type Machine, type Visit } from '../../model/machine.ts'
import { classOf, operationsOf } from '../../model/operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import { subjectOf } from '../../model/world.ts'
import type { Leg } from '../../properties/leg.ts'
import type { Play } from '../../properties/play.ts'
import { simulate } from '../../properties/simulation.ts'
import { tour } from '../../properties/tour.ts'
import type { CellDivergence, CellOutcome } from '../../reports/cell-outcome.ts'
import type { Signature } from '../../reports/results.ts'
import { canBeMade, firstMissing } from '../targets/probing/needed-operations.ts'
import { keyOf, signatureOf } from './buckets.ts'
import type { Plan } from './plan.ts'
import { leadsAstray, meets, type WeakSpot, weakSpot } from './weak-spots.ts'

type Avoid = NonNullable<Exploration['avoid']>

/** Where the target goes astray so that nothing more is known of its state: scenarios have to go around. */
export class Obstacles {
  readonly #rules: CompiledRules
  readonly #plan: Pick<Plan, 'version' | 'thorough' | 'sayable'>
  readonly #machines = new Map<string, Machine>()
  readonly #blocked = new Map<string, Signature>()
  readonly #weakSpots = new Set<WeakSpot>()
  /** Operations that the target does not know, each with the signature that says so. */
  readonly #unknown = new Map<ImplementationRule, Signature>()
  /** What the client never sends as it is asked to: the cells of such calls cannot be reached through it. */
  readonly #unsent = new Map<string, Signature>()

  constructor(rules: CompiledRules, plan: Pick<Plan, 'version' | 'thorough' | 'sayable' | 'leftOut'>) {
    this.#rules = rules
    this.#plan = plan
    for (const [rule, signature] of plan.leftOut ?? []) this.#unknown.set(rule, signature)
  }

  /** Whether nothing has gone astray: what was not reached then was missed by time alone, and going around is of no use. */
  get isClear(): boolean {
    return this.#blocked.size + this.#weakSpots.size + this.#unknown.size + this.#unsent.size === 0
  }

  /** Remembers where a play went astray, if it did. */
  add({ verdicts, trace }: Play): void {
    for (const [place, { cell, divergences }] of verdicts.entries()) {
      const { call } = trace[place]!
      if (isWait(call)) continue
      for (const divergence of divergences) {
        const { rule } = divergence
        if (isImplementationRule(rule, call.do)) this.#unknown.set(rule, signatureOf(divergence))
        if (isUnsent(rule)) this.#unsent.set(rule, signatureOf(divergence))
      }
      const astray = divergences.filter(isAstray)
      if (cell === undefined || astray.length === 0) continue
      this.#blocked.set(cell, signatureOf(astray[0]!))
      for (const { rule } of astray) this.#weakSpots.add(weakSpot(rule, call))
    }
  }

  /**
   * Remembers what other runs have told of where the target went astray: enough to say what is masked.
   * @param outcomes what became of cells
   * @param signatures everything that diverged
   */
  recall(outcomes: ReadonlyMap<string, CellOutcome>, signatures: readonly Signature[]): void {
    for (const [cell, found] of outcomes) {
      const astray = found.outcome === 'diverged' ? found.divergences.find(isAstray) : undefined
      if (astray !== undefined) this.#blocked.set(cell, signatureOf(astray))
    }
    for (const signature of signatures) {
      const { rule } = signature
      if (OPERATION_NAMES.some((name) => isImplementationRule(rule, name))) this.#unknown.set(rule, signature)
      if (isUnsent(rule)) this.#unsent.set(rule, signature)
    }
  }

  /**
   * Scenarios for wanted cells that were not reached. Walks rest on nothing that breaks a rule which the target broke
   * elsewhere; what can't be reached so is tried along every way that has not gone astray itself.
   */
  detours({ machines, walkLength, sendable, sayable }: Plan, isWanted: (visit: Visit) => boolean): readonly Leg[] {
    const canShow = (visit: Visit) => this.#notKnown(visit) === undefined && this.#neverSent(visit) === undefined
    const wanted = (visit: Visit) => isWanted(visit) && canShow(visit)
    const suspect = (visit: Pick<Visit, 'rules' | 'input' | 'from'>) =>
      this.#notKnown(visit) !== undefined || meets(this.#weakSpots, visit)
    const unreached = machines.filter(({ visits }) => [...visits.values()].some(wanted))
    return unreached.flatMap(({ kind, visits }) => {
      const safe = this.#safe(kind, suspect)
      const around = tour(this.#rules, safe, { wanted, suspect, sendable, sayable, walkLength })
      const beyond = (visit: Visit) => wanted(visit) && !safe.visits.has(visit.cell)
      if (![...visits.values()].some(beyond)) return around
      return [
        ...around,
        ...tour(this.#rules, this.#passable(kind), { wanted: beyond, suspect: () => true, sendable, sayable }),
      ]
    })
  }

  /** For each cell that can only be reached through an obstacle, the signature of that obstacle. */
  masked(machines: readonly Machine[]): (cell: string) => string | undefined {
    return (cell) => {
      const visit = machines.flatMap(({ visits }) => visits.get(cell) ?? [])[0]
      const unsent = visit && this.#neverSent(visit)
      if (unsent !== undefined) return keyOf(unsent)
      const unknown = visit && this.#notKnown(visit)
      if (unknown !== undefined) return keyOf(unknown)
      if (visit === undefined || machines.some(({ kind }) => this.#passable(kind).visits.has(cell))) return undefined
      const missing = firstMissing({ world: visit.from.setting, steps: visit.from.path }, this.#unknown)
      if (missing !== undefined) return keyOf(this.#unknown.get(missing)!)
      const verdicts = this.#simulated({ world: visit.from.setting, steps: visit.from.path })
      const blocking = verdicts.flatMap((verdict) => this.#blocked.get(verdict.cell ?? '') ?? [])[0]
      return blocking && keyOf(blocking)
    }
  }

  /** A scenario without what lies behind an obstacle. */
  upToObstacle(scenario: Scenario): Scenario {
    if (this.#blocked.size === 0) return scenario
    const verdicts = this.#simulated(scenario)
    const place = verdicts.findIndex(({ cell }) => cell !== undefined && this.#blocked.has(cell))
    return place < 0 ? scenario : { ...scenario, steps: scenario.steps.slice(0, place) }
  }

  /** What shows that the target does not know an operation, if it was seen not to. */
  #notKnown({ input, from }: Pick<Visit, 'input' | 'from'>): Signature | undefined {
    if (this.#unknown.size === 0) return undefined
    const { kind } = from.setting.find(({ name }) => name === input.on)!
    return this.#unknown.get(implementationRule(kind, input.do))
  }

  /** How the client fails to send what a visit is about, if it was seen to. */
  #neverSent({ input, from }: Visit): Signature | undefined {
    const { kind } = subjectOf(from.setting)
    return [...this.#unsent.values()].find(({ rule }) => isClientRuleFor(rule, kind, classOf(input.do)))
  }

  /** The machine as it can be walked without resting on a weak spot. */
  #safe(kind: ResourceKind, avoid: Avoid): Machine {
    return this.#explored(`safe ${kind} ${this.#weakSpots.size} ${this.#unknown.size}`, kind, avoid)
  }

  /** The machine as it can be walked without stepping on what has gone astray, or on operations that lead nowhere. */
  #passable(kind: ResourceKind): Machine {
    return this.#explored(
      `passable ${kind} ${this.#blocked.size} ${this.#unknown.size}`,
      kind,
      (visit) => this.#blocked.has(visit.cell) || this.#notKnown(visit) !== undefined,
    )
  }

  /** Exploring takes a while, and what is to be avoided only ever grows: as long as it has not, nothing has changed. */
  #explored(key: string, kind: ResourceKind, astray: Avoid): Machine {
    const { version, thorough, sayable } = this.#plan
    const avoid: Avoid = (visit) => astray(visit) || !sayable(visit.input, visit.from.setting)
    const startsIn = (world: Scenario['world']) => canBeMade(world, this.#unknown)
    const known = this.#machines.get(key) ?? explore(this.#rules, kind, { avoid, startsIn, version, thorough })
    this.#machines.set(key, known)
    return known
  }

  #simulated(scenario: Scenario): readonly StepVerdict[] {
    return simulate(this.#rules, this.#rules, scenario, { version: this.#plan.version }).verdicts
  }
}

function isAstray({ field, expected, observed }: CellDivergence): boolean {
  return leadsAstray(field, Number.parseInt(expected, 10) >= 300, Number.parseInt(observed, 10))
}

function isUnsent(rule: string): boolean {
  return isClientRule(rule) && rule.includes('.sends.')
}

const OPERATION_NAMES = [...new Set(RESOURCE_KINDS.flatMap(operationsOf))]
