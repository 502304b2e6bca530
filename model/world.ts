import { NEVER_LEASED } from './lease.ts'
import type { LeaseId } from './lease-id.ts'
import type { BlobType, Resource, ResourceKind, ResourceName, Unseen } from './resource.ts'

/** The resources of one scenario, parents before children. */
export type World = readonly Resource[]

/** How a scenario finds a resource: there or not; a blob that is there is a block blob unless it says otherwise. */
export const SETTING_CONDITIONS = ['present', 'append', 'page', 'uncommitted', 'absent'] as const
export type SettingCondition = (typeof SETTING_CONDITIONS)[number]

/** A resource at the start of a scenario. */
export interface ResourceSetting {
  readonly name: ResourceName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
  readonly condition: SettingCondition
  /** The ETag that its creation answered, if that is known. */
  readonly etag?: string
}

/** A resource of which nothing is known at the start, as in a recording that does not show its creation. */
export interface UnseenSetting {
  readonly name: ResourceName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
  /** The lease ids that requests carry to it. */
  readonly unseenIds: readonly LeaseId[]
}

/** The resource that a scenario is about. */
export function subjectOf(world: readonly ResourceSetting[]): ResourceSetting {
  const subject = world.at(-1)
  if (subject === undefined) throw new Error('a world needs at least one resource')
  return subject
}

/** The world at the start of a scenario: nothing is leased, nothing has been observed. */
export function worldOf(settings: readonly (ResourceSetting | UnseenSetting)[]): World {
  return settings.map((setting) => ('unseenIds' in setting ? unseen(setting) : atStart(setting)))
}

function atStart({ condition, ...setting }: ResourceSetting): Resource {
  return {
    ...setting,
    existence: condition === 'absent' || condition === 'uncommitted' ? condition : 'present',
    ...(setting.kind === 'blob' && condition !== 'absent' ? { blobType: blobTypeOf(condition) } : {}),
    lease: NEVER_LEASED,
  }
}

/** A resource of which nothing is known. */
export function unseen({ unseenIds, ...setting }: UnseenSetting): Resource {
  const canHaveSnapshots = setting.kind === 'blob' || setting.kind === 'share'
  const all: Unseen = { existence: true, lease: unseenIds, ...(canHaveSnapshots ? { snapshots: true } : {}) }
  return { ...setting, existence: 'present', lease: NEVER_LEASED, unseen: all }
}

function blobTypeOf(condition: SettingCondition): BlobType {
  return condition === 'append' || condition === 'page' ? condition : 'block'
}

/** @throws Error if the world has no resource of that name: a scenario that names one is not a scenario of this world. */
export function resourceIn(world: World, name: ResourceName): Resource {
  for (const resource of world) if (resource.name === name) return resource
  throw new Error(`the world has no resource named ${name}; it has ${world.map((each) => each.name).join(', ')}`)
}

/** The world with one resource replaced. */
export function replaced(world: World, resource: Resource): World {
  return world.map((each) => (each.name === resource.name ? resource : each))
}

/** The world after a resource was deleted: what belongs to it goes with it, leased or not. Source: Lease Blob, Delete Container. */
export function deleted(world: World, name: ResourceName): World {
  const going = new Set([name])
  for (const each of world) if (each.parent !== undefined && going.has(each.parent)) going.add(each.name)
  return world.map((each) => (going.has(each.name) ? gone(each) : each))
}

/** What is left of a resource that was deleted. The name of a container or a share may stay taken for a while. */
function gone({ name, kind, parent }: Resource): Resource {
  const inside = parent === undefined ? { deleted: true as const } : { parent }
  return { name, kind, ...inside, existence: 'absent', lease: NEVER_LEASED }
}
