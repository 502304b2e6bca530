import { type Lease, NEVER_LEASED } from './lease.ts'
import type { LeaseId } from './lease-id.ts'
import { classOf, type Operation } from './operation.ts'
import { DURATION_SECONDS, type Resource, type ResourceName } from './resource.ts'
import { eraOf } from './service-version.ts'
import type { Span } from './time.ts'
import { replaced, resourceIn, type UnseenSetting, unseen, type World } from './world.ts'
import { UNMENTIONED_LEASE_ID } from './world-after.ts'

/** Whether an answer may depend on something that nobody has seen. */
export function asksUnseen(world: World, { on, ...operation }: Operation): boolean {
  const source = movedBy(operation)
  for (const resource of world) {
    const { unseen, name } = resource
    if (unseen === undefined) continue
    if (name === on || name === source) {
      if (unseen.existence || unseen.lease !== undefined) return true
    } else if (resourceIn(world, on).parent === name && (unseen.existence || holdsLeaseFor(world, on))) return true
  }
  return false
}

/** Only a rename asks what it moves; to a copy the source does not matter. Source: Copy Blob. */
function movedBy({ name, source }: Pick<Operation, 'name' | 'source'>): ResourceName | undefined {
  return classOf(name) === 'rename' ? source : undefined
}

/** What may be done with a snapshot of a blob depends on the lease of the blob. */
function holdsLeaseFor(world: World, name: ResourceName): boolean {
  const { kind, parent } = resourceIn(world, name)
  if (kind !== 'blob-snapshot' || parent === undefined) return false
  return resourceIn(world, parent).unseen?.lease !== undefined
}

/** The worlds in which everything that an operation may depend on is settled, each one way. */
export function settledFor(world: World, operation: Operation, now: Span): readonly World[] {
  const { parent } = resourceIn(world, operation.on)
  const outside = parent === undefined ? [world] : withParent(world, parent)
  const moved = movedBy(operation)
  const asked = [
    ...(parent !== undefined && holdsLeaseFor(world, operation.on) ? [parent] : []),
    operation.on,
    ...(moved === undefined ? [] : [moved]),
  ]
  return asked.reduce<readonly World[]>(
    (worlds, name) => worlds.flatMap((each) => withResource(each, name, operation, now)),
    outside,
  )
}

/** Where what holds a resource is gone, the resource is too. */
function withParent(world: World, name: ResourceName): readonly World[] {
  const parent = resourceIn(world, name)
  if (!parent.unseen?.existence) return [world]
  const { unseen, existence: _existence, ...rest } = parent
  const { existence: _settled, ...open } = unseen
  const there = replaced(world, { ...rest, existence: 'present', unseen: open })
  return [there, ...(isForgotten(world, name) ? absent(parent).map((each) => replaced(world, each)) : [])]
}

/** Whether everything inside a resource may be gone, for all that is known of it. */
function isForgotten(world: World, name: ResourceName): boolean {
  return world.every(
    ({ parent, existence, unseen }) => parent !== name || unseen?.existence === true || existence === 'absent',
  )
}

function withResource(world: World, name: ResourceName, operation: Operation, now: Span): readonly World[] {
  const resource = resourceIn(world, name)
  const { existence, lease } = resource.unseen ?? {}
  if (!existence && lease === undefined) return [world]
  const parent = resource.parent === undefined ? undefined : resourceIn(world, resource.parent)
  if (parent?.existence === 'absent') return [replaced(world, gone(resource))]
  const present = leased(resource, operation, now)
  const others = existence ? [...absent(resource), ...unusual(resource, present)] : []
  return [...present, ...others].map((each) => replaced(world, each))
}

/** A resource that is not there; the name of a container or share may still be taken. */
function absent(resource: Resource): readonly Resource[] {
  const missing = gone(resource)
  return resource.parent === undefined ? [missing, { ...missing, deleted: true }] : [missing]
}

function gone({ name, kind, parent }: Resource): Resource {
  return { name, kind, ...(parent === undefined ? {} : { parent }), existence: 'absent', lease: NEVER_LEASED }
}

/** Blobs may be uncommitted, or sealed append blobs; nothing else has such conditions. */
function unusual({ kind }: Resource, present: readonly Resource[]): readonly Resource[] {
  if (kind !== 'blob') return []
  return present.flatMap((each) => [
    { ...each, existence: 'uncommitted' as const },
    { ...each, isSealed: true as const },
  ])
}

/** A resource that is there with every lease that it may have. */
function leased({ unseen, ...resource }: Resource, operation: Operation, now: Span): readonly Resource[] {
  const left = unseen?.snapshots ? { unseen: { snapshots: true as const } } : {}
  return leasesOf(resource, unseen?.lease, operation, now).map((lease) => ({ ...resource, ...left, ...lease }))
}

function leasesOf(
  { kind, lease }: Resource,
  ids: readonly LeaseId[] | undefined,
  { version }: Operation,
  now: Span,
): readonly Pick<Resource, 'lease' | 'former'>[] {
  if (ids === undefined) return [{ lease }]
  if (kind === 'blob-snapshot') return [{ lease: NEVER_LEASED }]
  // The oldest versions renew what was released, so the id of a lease that is over matters to them.
  const formers = eraOf(version) === 'before 2012-02-12' ? ids.map((former) => ({ lease: NEVER_LEASED, former })) : []
  const held = [...ids, UNMENTIONED_LEASE_ID].flatMap((id) => heldBy(id, kind, now)).map((each) => ({ lease: each }))
  return [{ lease: NEVER_LEASED }, ...formers, ...held]
}

/** Every lease that an id may stand for. Source of the states of a file: Lease File. */
function heldBy(id: LeaseId, kind: Resource['kind'], now: Span): readonly Lease[] {
  const infinite: Lease = { state: 'leased', id, term: 'infinite' }
  const broken: Lease = { state: 'broken', id }
  if (kind === 'file') return [infinite, broken]
  const ends: Span = { earliestMs: now.earliestMs, latestMs: now.latestMs + LONGEST_MS }
  return [
    infinite,
    broken,
    { state: 'leased', id, term: 'unseen', expires: ends },
    { state: 'breaking', id, breaks: ends },
    { state: 'expired', id, term: 'unseen' },
  ]
}

/** No lease and no break period is longer; a tenth more for clocks that differ. */
const LONGEST_MS = DURATION_SECONDS.longest * 1100

/** The world after something was done to resources that nobody can tell. */
export function forgetting(world: World, lost: readonly UnseenSetting[]): World {
  return lost.reduce((each, setting) => replaced(each, unseen(setting)), world)
}
