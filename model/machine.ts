import { cellOf } from './cell.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { inputsAt, waitsFrom } from './inputs.ts'
import { agedTo } from './lease.ts'
import { keyOf, type Place, perform, placeAtStart, take } from './place.ts'
import type { ResourceKind } from './resource.ts'
import { type Response, respond } from './respond.ts'
import { type OperationStep, operationOf, type Step } from './scenario.ts'
import type { Served } from './server.ts'
import type { ServiceVersion } from './service-version.ts'
import { situationAt } from './situation.ts'
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
  let frontier = worldsOf(kind)
    .filter(startsIn)
    .map((world) => placeAtStart(world, version, thorough))
  while (frontier.length > 0) {
    const reached: Place[] = []
    for (const place of frontier) {
      const key = keyOf(place)
      if (places.has(key)) continue
      places.set(key, place)
      const out = new Map<string, Edge>()
      const lead = (next: Place, by: Edge['by']) => {
        const to = keyOf(next)
        if (to !== key && !out.has(to)) out.set(to, { to, by })
        reached.push(next)
      }
      for (const wait of waitsFrom(place)) lead(take(rules, place, wait), { wait })
      for (const input of inputsAt(place)) {
        const { place: next, served } = perform(rules, place, input)
        const cell = cellOf(served.situation)
        const applied = served.rules.map(({ id }) => id)
        const forks = isFork(rules, served)
        if (!visits.has(cell)) {
          const staysHere = !forks && isHere(place, next)
          const visit: Visit = { cell, rules: applied, from: place, input, staysHere, forks }
          visits.set(cell, visit)
          if (until(visit)) return found()
        }
        // Paths are made of what succeeds: a refused request is no way to get anywhere, though it is a look at the resource.
        const leads = served.answer.status < 300 && next.server.world !== place.server.world
        if (leads && !forks && !avoid({ cell, rules: applied, input, from: place })) lead(next, { cell })
      }
      edges.set(key, [...out.values()])
    }
    frontier = reached
  }
  return found()
}

/** Whether the outcomes that are permitted differ in what becomes of the resource. */
function isFork(rules: CompiledRules, { rules: applied, situation }: Served): boolean {
  const { also, expect } = applied.at(-1)!
  if (also === undefined && expect.length === 1) return false
  const nexts = new Set<string>()
  for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise)
    for (const { next } of each.outcomes) nexts.add(next.values[0]!)
  return nexts.size > 1
}

/** The cell that an input meets in a place. */
export function cellAt({ server, memory, path, nowMs, version }: Place, input: OperationStep): string {
  return cellOf(situationAt(server.world, operationOf(input, memory, path.length, version), nowMs))
}

/** The worlds that scenarios about a kind start from. */
export function worldsOf(kind: ResourceKind): readonly (readonly ResourceSetting[])[] {
  return Object.values(WORLDS).filter((world) => subjectOf(world).kind === kind)
}

function isHere(before: Place, after: Place): boolean {
  if (before.server.world === after.server.world) return true
  const bare = ({ server, nowMs }: Place) =>
    server.world.map(({ existence, lease, former }) => JSON.stringify([existence, agedTo(lease, nowMs), former])).join()
  return bare(before) === bare(after) && keyOf(before) === keyOf(after)
}
