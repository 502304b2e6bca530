import { cellOf, stateOf } from './cell.ts'
import { SHADES } from './features.ts'
import { agedTo, deadlineOf, leaseIdOf } from './lease.ts'
import { subjectOf, WORLDS } from './notation.ts'
import { classOf, isLeaseAction, type OperationName, USES, type Use } from './operation.ts'
import type { ResourceKind } from './resource.ts'
import type { CompiledRules } from './respond.ts'
import { isWait, type Memory, nameOfId, type OperationStep, operationOf, remembering, type Step } from './scenario.ts'
import { type Served, type ServerState, serve, started } from './server.ts'
import { situationAt } from './situation.ts'
import type { Instant } from './time.ts'
import { type ResourceSetting, resourceIn, worldOf } from './world.ts'

/**
 * The model walked as a finite machine: its states are those that a server may tell apart (`stateOf`), its inputs the
 * operations with every relation of ids, every duration and every break period, and waits to both sides of a deadline.
 */
export interface Place {
  readonly setting: readonly ResourceSetting[]
  readonly server: ServerState
  readonly memory: Memory
  readonly nowMs: Instant
  /** The steps that lead here from the start of a scenario. */
  readonly path: readonly Step[]
}

/** A cell and the shortest way to it. */
export interface Visit {
  readonly cell: string
  /** Per layer the rule that applies. */
  readonly rules: readonly string[]
  readonly from: Place
  readonly input: OperationStep
  /** Whether the input leaves the place as it was but for the content, so that other inputs can follow. */
  readonly staysHere: boolean
}

export interface Machine {
  readonly kind: ResourceKind
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

/** A step that no path may rest on, because the target is known to go astray there. */
export type Avoid = (visit: Pick<Visit, 'cell' | 'rules'>) => boolean

const START_MS = 1_000_000_000_000

/** Explores everything that the model can reach for a kind of resource, without stepping on cells to avoid. */
export function explore(rules: CompiledRules, kind: ResourceKind, avoid: Avoid = () => false): Machine {
  const places = new Map<string, Place>()
  const visits = new Map<string, Visit>()
  const edges = new Map<string, Edge[]>()
  let frontier = worldsOf(kind).map(placeAtStart)
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
        if (!visits.has(cell))
          visits.set(cell, { cell, rules: applied, from: place, input, staysHere: isHere(place, next) })
        // Paths are made of what succeeds: a refused request is no way to get anywhere, though it is a look at the resource.
        const leads = served.answer.status < 300 && next.server.world !== place.server.world
        if (leads && !avoid({ cell, rules: applied })) lead(next, { cell })
      }
      edges.set(key, [...out.values()])
    }
    frontier = reached
  }
  return { kind, places: [...places.values()], visits, edges }
}

/** The cell that an input meets in a place. */
export function cellAt({ server, memory, path, nowMs }: Place, input: OperationStep): string {
  return cellOf(situationAt(server.world, operationOf(input, memory, path.length), nowMs))
}

/** The place at the start of a scenario in a world. */
export function placeAtStart(setting: readonly ResourceSetting[]): Place {
  return { setting, server: started(worldOf(setting)), memory: {}, nowMs: START_MS, path: [] }
}

/** The place after one more step. */
export function take(rules: CompiledRules, place: Place, step: Step): Place {
  if (!isWait(step)) return perform(rules, place, step).place
  return {
    ...place,
    nowMs: Math.max(place.nowMs, waitedUntil(place, step.on, step.wait, step.ms)),
    path: [...place.path, step],
  }
}

/** The place after an operation, and how the model answered it. */
export function perform(
  rules: CompiledRules,
  place: Place,
  step: OperationStep,
): { readonly place: Place; readonly served: Served } {
  const operation = operationOf(step, place.memory, place.path.length)
  const served = serve(rules, place.server, operation, place.nowMs)
  const memory = remembering(place.memory, step, served.answer)
  return { place: { ...place, server: served.state, memory, path: [...place.path, step] }, served }
}

/** The worlds that scenarios about a kind start from. */
export function worldsOf(kind: ResourceKind): readonly (readonly ResourceSetting[])[] {
  return Object.values(WORLDS).filter((world) => subjectOf(world).kind === kind)
}

/** Every input in a place: each relation of ids that exists there, each duration, each break period. */
export function inputsAt(place: Place): readonly OperationStep[] {
  const { name: on, kind } = subjectOf(place.setting)
  const ids = idsAt(place)
  const leaseIds = [undefined, ...ids.leaseIds]
  const uses = (Object.keys(USES) as Use[]).filter((use) => USES[use].kind === kind)
  return [
    ...ids.proposals.flatMap((proposedLeaseId) =>
      DURATIONS.map((duration) => step({ do: 'acquire', on, proposedLeaseId, duration })),
    ),
    ...[undefined, ...INVALID_DURATIONS].map((duration) => step({ do: 'acquire', on, proposedLeaseId: 'A', duration })),
    step({ do: 'acquire', on, proposedLeaseId: MALFORMED, duration: undefined }),
    step({ do: 'acquire', on, proposedLeaseId: MALFORMED, duration: '61' }),
    ...leaseIds.flatMap((leaseId) => [step({ do: 'renew', on, leaseId }), step({ do: 'release', on, leaseId })]),
    ...leaseIds.flatMap((leaseId) =>
      ids.proposals.map((proposedLeaseId) => step({ do: 'change', on, leaseId, proposedLeaseId })),
    ),
    ...leaseIds.flatMap((leaseId) =>
      periodsAt(place).map((breakPeriod) => step({ do: 'break', on, leaseId, breakPeriod })),
    ),
    ...uses.flatMap((use) =>
      takesLeaseId(use) ? leaseIds.map((leaseId) => step({ do: use, on, leaseId })) : [step({ do: use, on })],
    ),
  ]
}

/** The waits that lead to another state: into the lease, to its last second, past its end. */
export function waitsFrom(place: Place): readonly Step[] {
  const { name: on } = subjectOf(place.setting)
  if (deadlineAt(place, on) === undefined) return []
  return [
    { wait: 'for', on, ms: 5400 },
    { wait: 'until deadline', on, ms: -1 },
    { wait: 'until deadline', on, ms: 1000 },
  ]
}

/** The plainest look at the resource that scenarios in a world are about. */
export function observing({ setting }: Pick<Place, 'setting'>): OperationStep {
  const { name: on, kind } = subjectOf(setting)
  return { do: kind === 'blob' ? 'getBlobProperties' : 'getContainerProperties', on }
}

/** The operations of a place's kind that belong to the class of another: what a tour may use in its stead. */
export function operationsLike(name: OperationName): readonly OperationName[] {
  if (isLeaseAction(name)) return [name]
  const { kind } = USES[name]
  return (Object.keys(USES) as Use[]).filter((use) => USES[use].kind === kind && classOf(use) === classOf(name))
}

const DURATIONS = ['15', '30', '60', '-1']
const INVALID_DURATIONS = ['0', '14', '61', '-2', '15.5']
const MALFORMED = 'malformed:not-a-guid'

/** The symbols for every relation that an id can have to the resource in a place; simple names first, they make the paths. */
function idsAt({ server: { world }, setting }: Place) {
  const { lease, former } = resourceIn(world, subjectOf(setting).name)
  const held = symbolOf(leaseIdOf(lease), 'held')
  const known = held === undefined ? [] : [held, `${held}@upper`, `${held}@N`]
  const past = symbolOf(former, 'former') ?? []
  const next = held === 'A' ? 'B' : 'A'
  const unused = next === past ? 'fresh' : next
  return {
    leaseIds: [...known, ...[past].flat(), unused, MALFORMED],
    proposals: [unused, undefined, ...known, ...[past].flat(), 'fresh@N', MALFORMED],
  }
}

/** What the inputs of a place depend on: places that agree in this have the same inputs in the same cells. */
export function inputsKeyOf(place: Place): string {
  const { lease, former } = resourceIn(place.server.world, subjectOf(place.setting).name)
  const ids = [symbolOf(leaseIdOf(lease), 'held'), symbolOf(former, 'former'), place.memory.held === leaseIdOf(lease)]
  return [keyOf(place), ...ids, ...periodsAt(place)].join(' | ')
}

function symbolOf(id: string | undefined, remembered: 'held' | 'former'): string | undefined {
  return id === undefined ? undefined : (nameOfId(id) ?? remembered)
}

function periodsAt(place: Place): readonly (string | undefined)[] {
  const { name } = subjectOf(place.setting)
  const deadline = deadlineAt(place, name)
  const left = deadline === undefined ? undefined : (deadline - place.nowMs) / 1000
  const equal = left !== undefined && Number.isInteger(left) ? [String(left)] : []
  const shorter = left === undefined || left > 2 ? ['2'] : []
  return [undefined, '0', ...shorter, ...equal, '60', '61', '-1']
}

function takesLeaseId(use: Use): boolean {
  return USES[use].class !== 'list'
}

function deadlineAt({ server: { world }, nowMs }: Place, name: string): Instant | undefined {
  const deadline = deadlineOf(resourceIn(world, name).lease)
  return deadline !== undefined && deadline.earliestMs > nowMs ? deadline.earliestMs : undefined
}

function waitedUntil(place: Place, on: string, wait: 'for' | 'until deadline', ms: number): Instant {
  if (wait === 'for') return place.nowMs + ms
  const deadline = deadlineAt(place, on)
  return deadline === undefined ? place.nowMs : deadline + ms
}

function isHere(before: Place, after: Place): boolean {
  if (before.server.world === after.server.world) return true
  const { name } = subjectOf(before.setting)
  const bare = ({ server, nowMs }: Place) => {
    const { existence, lease, former } = resourceIn(server.world, name)
    return JSON.stringify([existence, agedTo(lease, nowMs), former])
  }
  return bare(before) === bare(after) && keyOf(before) === keyOf(after)
}

/** Places that a server may tell apart, or from which different ids can be named, have different keys. */
export function keyOf(place: Place): string {
  let key = KEYS.get(place)
  if (key === undefined) {
    key = computedKeyOf(place)
    KEYS.set(place, key)
  }
  return key
}

/** Walks ask for the key of a place again and again. */
const KEYS = new WeakMap<Place, string>()

function computedKeyOf(place: Place): string {
  const read = operationOf(observing(place), place.memory, 0)
  const situation = situationAt(place.server.world, read, place.nowMs)
  const length = situation.firstLook ? `, ${SHADES.length(situation)}` : ''
  return `${stateOf(situation)}${length}${situation.subject.former === undefined ? '' : ', with a former id'}`
}

/** A step without the headers that are not sent. */
function step({ do: name, on, leaseId, proposedLeaseId, duration, breakPeriod }: SomeHeaders): OperationStep {
  return {
    do: name,
    on,
    ...(leaseId === undefined ? undefined : { leaseId }),
    ...(proposedLeaseId === undefined ? undefined : { proposedLeaseId }),
    ...(duration === undefined ? undefined : { duration }),
    ...(breakPeriod === undefined ? undefined : { breakPeriod }),
  }
}

type SomeHeaders = { readonly [K in keyof OperationStep]: OperationStep[K] | undefined } & Pick<
  OperationStep,
  'do' | 'on'
>
