import { roughStateOf, stateOf } from './cell.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { SHADES } from './features.ts'
import { deadlineOf, leaseIdOf } from './lease.ts'
import type { ResourceName } from './resource.ts'
import { isWait, type Memory, nameOfId, type OperationStep, operationOf, remembering, type Step } from './scenario.ts'
import { type Served, type ServerState, serve, started } from './server.ts'
import type { ServiceVersion } from './service-version.ts'
import { situationAt } from './situation.ts'
import type { Instant } from './time.ts'
import { isPrincipal, worldNameOf } from './usual-worlds.ts'
import { type ResourceSetting, resourceIn, subjectOf, worldOf } from './world.ts'

/** A point in a scenario, as the model sees it: where the walks of a machine stand. */
export interface Place {
  readonly setting: readonly ResourceSetting[]
  /** The version of the service that is asked. */
  readonly version: ServiceVersion | undefined
  /** Whether unusual requests are tried in every plain state. */
  readonly thorough: boolean
  readonly server: ServerState
  /** What the client remembers of the resource that the scenario is about. */
  readonly memory: Memory
  readonly nowMs: Instant
  /** The steps that lead here from the start of a scenario. */
  readonly path: readonly Step[]
}

const START_MS = 1_000_000_000_000

/** The place at the start of a scenario in a world. */
export function placeAtStart(
  setting: readonly ResourceSetting[],
  version?: ServiceVersion,
  thorough: boolean = false,
): Place {
  const server = started(worldOf(setting))
  const { etag } = resourceIn(server.world, subjectOf(setting).name)
  const memory = etag === undefined ? {} : { etag }
  return { setting, version, thorough, server, memory, nowMs: START_MS, path: [] }
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
  const operation = operationOf(step, place.memory, place.path.length, place.version)
  const served = serve(rules, place.server, operation, place.nowMs)
  const isSubject = step.on === subjectOf(place.setting).name
  const memory = isSubject ? remembering(place.memory, step, served.answer) : place.memory
  return { place: { ...place, server: served.state, memory, path: [...place.path, step] }, served }
}

/** The instant at which the lease of a resource will end by itself, if it will. */
export function deadlineAt({ server: { world }, nowMs }: Place, name: ResourceName): Instant | undefined {
  const deadline = deadlineOf(resourceIn(world, name).lease)
  return deadline !== undefined && deadline.earliestMs > nowMs ? deadline.earliestMs : undefined
}

/** The names by which a scenario can speak of the id that a resource holds, and of the one before. */
export function idNames({ server: { world }, setting }: Place): { readonly held?: string; readonly former?: string } {
  const { lease, former } = resourceIn(world, subjectOf(setting).name)
  const [held, past] = [symbolOf(leaseIdOf(lease), 'held'), symbolOf(former, 'former')]
  return { ...(held === undefined ? {} : { held }), ...(past === undefined ? {} : { former: past }) }
}

function symbolOf(id: string | undefined, remembered: 'held' | 'former'): string | undefined {
  return id === undefined ? undefined : (nameOfId(id) ?? remembered)
}

/** Places that a server may tell apart, or from which different ids can be named, have different keys. */
export function keyOf(place: Place): string {
  let key = KEYS.get(place)
  if (key === undefined) {
    key = isOdd(place) ? roughKeyOf(place) : fineKeyOf(place)
    KEYS.set(place, key)
  }
  return key
}

/**
 * Whether something is odd about the resource, what holds it or what is beside it: then what counts is the company, and not
 * the shades of a state.
 */
export function isOdd({ setting, server: { world } }: Place): boolean {
  if (!isPrincipal(setting)) return true
  const subject = resourceIn(world, subjectOf(setting).name)
  if (subject.existence === 'uncommitted' || (subject.blobType ?? 'block') !== 'block' || subject.hasSnapshots)
    return true
  return world.some(({ name, lease }) => name !== subject.name && lease.state !== 'available')
}

/** Whether the state is one of those in which everything is tried: others differ from them by shades only. */
export function isPlain(place: Place): boolean {
  const { existence, lease } = resourceIn(place.server.world, subjectOf(place.setting).name)
  if (existence !== 'present' || idNames(place).former !== undefined) return existence === 'absent'
  switch (lease.state) {
    case 'available':
      return lease.since === 'never leased'
    case 'leased':
      return lease.term === 'infinite' || (lease.term === 15 && lease.expires.earliestMs === place.nowMs + 15_000)
    case 'breaking':
      return lease.breaks.earliestMs > place.nowMs + 1000
    case 'broken':
      return lease.ranOut === undefined
    case 'expired':
      return lease.term === 15
    default:
      return lease satisfies never
  }
}

/** Walks ask for the key of a place again and again. */
const KEYS = new WeakMap<Place, string>()

function fineKeyOf(place: Place): string {
  const read = operationOf({ do: 'acquire', on: subjectOf(place.setting).name }, place.memory, 0)
  const situation = situationAt(place.server.world, read, place.nowMs)
  const length = situation.firstLook ? `, ${SHADES.length(situation)}` : ''
  return `${stateOf(situation)}${length}${situation.subject.former === undefined ? '' : ', with a former id'}`
}

function roughKeyOf({ setting, server: { world }, nowMs }: Place): string {
  const states = world.map((resource) => {
    const deadline = deadlineOf(resource.lease)
    const isOver = deadline !== undefined && deadline.earliestMs <= nowMs
    const type = resource.blobType === undefined ? '' : `${resource.blobType} `
    return `${type}${roughStateOf(resource)}${isOver ? ', run out' : ''}${resource.hasSnapshots ? ', with snapshots' : ''}`
  })
  return `${worldNameOf(setting)}: ${states.join('; ')}`
}

function waitedUntil(place: Place, on: string, wait: 'for' | 'until deadline', ms: number): Instant {
  if (wait === 'for') return place.nowMs + ms
  const deadline = deadlineAt(place, on)
  return deadline === undefined ? place.nowMs : deadline + ms
}
