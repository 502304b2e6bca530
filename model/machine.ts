import { cellOf } from './cell.ts'
import type { CompiledRules } from './compiled-rules.ts'
import type { Place } from './place.ts'
import type { ResourceKind } from './resource.ts'
import { type OperationStep, operationOf, type Step } from './scenario.ts'
import type { ServiceVersion } from './service-version.ts'
import { situationAt } from './situation.ts'
import { trialsWith } from './trials.ts'
import { WORLDS } from './usual-worlds.ts'
import { type ResourceSetting, subjectOf } from './world.ts'

/** A cell and the shortest way to it. */
export interface Visit {
  readonly cell: string
  /** Per layer the rule that applies. */
  readonly rules: readonly string[]
  readonly from: Place
  readonly input: OperationStep
  /** Whether the input leaves the place as it was but for the content, so that other inputs can follow. */
  readonly staysHere: boolean
  /** Whether more than one place may follow, as nobody knows what the service does: no walk can rest on it. */
  readonly forks: boolean
}

/**
 * The model walked as a finite machine: its states are those that a server may tell apart (`keyOf`), its inputs the
 * operations with every relation of ids, every duration and every break period, and waits to both sides of a deadline.
 */
export interface Machine {
  readonly kind: ResourceKind
  readonly version: ServiceVersion | undefined
  /** Every state that can be told apart, each by the shortest path. */
  readonly places: readonly Place[]
  /** Every reachable cell, each with the shortest way to it. */
  readonly visits: ReadonlyMap<string, Visit>
  /** From each kind of place, one step to each kind of place that a step leads to. */
  readonly edges: ReadonlyMap<string, readonly Edge[]>
}

/** A step between kinds of places: a wait, or whatever input is in a cell. */
export interface Edge {
  readonly to: string
  readonly by: { readonly wait: Step } | { readonly cell: string }
}

export interface Exploration {
  /** The version of the service that is asked. */
  readonly version?: ServiceVersion | undefined
  /** Whether unusual requests are tried in every plain state, and not only in some. */
  readonly thorough?: boolean | undefined
  /** What no path may rest on, because the target is known to go astray there. */
  readonly avoid?: (visit: Pick<Visit, 'cell' | 'rules' | 'input' | 'from'>) => boolean
  /** Which worlds walks start in; default: all that are usual for the kind. */
  readonly startsIn?: (world: readonly ResourceSetting[]) => boolean
  /** Called with each new visit, near ones first: true ends the walk, and what it would still have found is missing. */
  readonly until?: (visit: Visit) => boolean
}

/** Explores everything that the model can reach for a kind of resource, without stepping on cells to avoid. */
export function explore(
  rules: CompiledRules,
  kind: ResourceKind,
  { version, thorough, avoid = () => false, startsIn = () => true, until = () => false }: Exploration = {},
): Machine {
  const places = new Map<string, Place>()
  const visits = new Map<string, Visit>()
  const edges = new Map<string, Edge[]>()
  const found = () => ({ kind, version, places: [...places.values()], visits, edges })
  const trials = trialsWith(rules)
  let frontier = worldsOf(kind)
    .filter(startsIn)
    .map((world) => trials.start(world, version, thorough))
  while (frontier.length > 0) {
    const reached: Place[] = []
    for (const place of frontier) {
      const key = trials.keyOf(place)
      if (places.has(key)) continue
      const { waits, inputs } = trials.at(place)
      places.set(key, place)
      const out = new Map<string, Edge>()
      const lead = (next: Place, by: Edge['by']) => {
        const to = trials.keyOf(next)
        if (to !== key && !out.has(to)) out.set(to, { to, by })
        reached.push(next)
      }
      for (const { wait, next } of waits) lead(next, { wait })
      for (const { input, cell, rules: applied, forks, staysHere, next } of inputs) {
        if (!visits.has(cell)) {
          const visit: Visit = { cell, rules: applied, from: place, input, staysHere, forks }
          visits.set(cell, visit)
          if (until(visit)) return found()
        }
        if (next !== undefined && !avoid({ cell, rules: applied, input, from: place })) lead(next, { cell })
      }
      edges.set(key, [...out.values()])
    }
    frontier = reached
  }
  return found()
}

/** The cell that an input meets in a place. */
export function cellAt({ server, memory, path, nowMs, version }: Place, input: OperationStep): string {
  return cellOf(situationAt(server.world, operationOf(input, memory, path.length, version), nowMs))
}

/** The worlds that scenarios about a kind start from. */
export function worldsOf(kind: ResourceKind): readonly (readonly ResourceSetting[])[] {
  return Object.values(WORLDS).filter((world) => subjectOf(world).kind === kind)
}
