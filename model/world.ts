import { NEVER_LEASED } from './lease.ts'
import type { Resource, ResourceKind, ResourceName } from './resource.ts'

/** The resources of one scenario, parents before children. */
export type World = readonly Resource[]

/** How a scenario finds a resource: there or not. */
export interface ResourceSetting {
  readonly name: ResourceName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
  readonly condition: 'present' | 'absent'
}

/** The world at the start of a scenario: nothing is leased, nothing has been observed. */
export function worldOf(settings: readonly ResourceSetting[]): World {
  return settings.map(({ condition, ...setting }) => ({ ...setting, existence: condition, lease: NEVER_LEASED }))
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

/** The world after a resource was deleted: its children go with it, leased or not. Source: Lease Blob, Delete Container. */
export function deleted(world: World, name: ResourceName): World {
  return world.map((each) => (each.name === name || each.parent === name ? gone(each) : each))
}

function gone({ name, kind, parent }: Resource): Resource {
  return { name, kind, ...(parent === undefined ? {} : { parent }), existence: 'absent', lease: NEVER_LEASED }
}
