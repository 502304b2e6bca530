import { explore, type Machine, type Visit } from '../../model/machine.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { CompiledRules } from '../../model/respond.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { simulate } from '../../properties/simulation.ts'
import { type Leg, tour } from '../../properties/tour.ts'
import type { Signature } from '../../reports/results.ts'
import { keyOf, signatureOf } from './buckets.ts'
import type { Plan } from './plan.ts'

type Step = Pick<Visit, 'cell' | 'rules'>

/** Where the target goes astray so that nothing more is known of its state: scenarios have to go around. */
export class Obstacles {
  readonly #rules: CompiledRules
  readonly #blocked = new Map<string, Signature>()
  readonly #broken = new Set<string>()

  constructor(rules: CompiledRules) {
    this.#rules = rules
  }

  /** Remembers where a play went astray, if it did. */
  add({ judgement, verdicts }: Play): void {
    const last = verdicts.at(-1)
    if (!judgement.ended || last?.cell === undefined || last.divergences.length === 0) return
    this.#blocked.set(last.cell, signatureOf(last.divergences[0]!))
    for (const { rule } of last.divergences) this.#broken.add(rule)
  }

  /**
   * Scenarios for wanted cells that were not reached. Walks rest on nothing that breaks a rule which the target broke
   * elsewhere; what can't be reached so is tried along every way that has not gone astray itself.
   */
  detours({ machines, walkLength }: Plan, wanted: (visit: Visit) => boolean): readonly Leg[] {
    const suspect = (step: Step) => step.rules.some((rule) => this.#broken.has(rule))
    const unreached = machines.filter(({ visits }) => [...visits.values()].some(wanted))
    return unreached.flatMap(({ kind }) => {
      const safe = explore(this.#rules, kind, suspect)
      const beyond = (visit: Visit) => wanted(visit) && !safe.visits.has(visit.cell)
      return [
        ...tour(this.#rules, safe, { wanted, suspect, walkLength }),
        ...tour(this.#rules, this.#passable(kind), { wanted: beyond, suspect: () => true }),
      ]
    })
  }

  /** For each cell that can only be reached through an obstacle, the signature of that obstacle. */
  masked(machines: readonly Machine[]): (cell: string) => string | undefined {
    let passable: readonly Machine[] | undefined
    return (cell) => {
      passable ??= machines.map(({ kind }) => this.#passable(kind))
      const visit = machines.flatMap(({ visits }) => visits.get(cell) ?? [])[0]
      if (visit === undefined || passable.some(({ visits }) => visits.has(cell))) return undefined
      const { verdicts } = simulate(this.#rules, this.#rules, { world: visit.from.setting, steps: visit.from.path })
      const blocking = verdicts.flatMap((verdict) => this.#blocked.get(verdict.cell ?? '') ?? [])[0]
      return blocking && keyOf(blocking)
    }
  }

  /** A scenario without what lies behind an obstacle. */
  upToObstacle(scenario: Scenario): Scenario {
    if (this.#blocked.size === 0) return scenario
    const { verdicts } = simulate(this.#rules, this.#rules, scenario)
    const place = verdicts.findIndex(({ cell }) => cell !== undefined && this.#blocked.has(cell))
    return place < 0 ? scenario : { ...scenario, steps: scenario.steps.slice(0, place) }
  }

  /** The machine as it can be walked without stepping on what has gone astray. */
  #passable(kind: ResourceKind): Machine {
    return explore(this.#rules, kind, ({ cell }) => this.#blocked.has(cell))
  }
}
