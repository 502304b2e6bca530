import type { ResourceName } from '../../model/resource.ts'
import type { ResourceSetting } from '../../model/world.ts'
import type { Names } from '../drivers/driver.ts'
import { type RealName, snapshotOf } from '../drivers/real-name.ts'

/** The time of a snapshot that there is not, until a server takes it and says its own. */
const NEVER = '2001-01-01T00:00:00.0000000Z'

/** What may stand in the name of a container or share as it is. Source: Naming and referencing containers. */
const PLAIN = /^[a-z][a-z0-9]{0,19}$/

/**
 * Real names: a scenario owns its containers and shares, and everything else lives inside these. None of their names begins
 * with one of another scenario, so that a listing by prefix touches nothing of others.
 * @param base belongs to the scenario alone, and ends with its number.
 * @param inside the container in which everything takes place, where the scenario may not make its own.
 */
export function realNames(world: readonly ResourceSetting[], base: string, inside?: string): Names {
  const names = new Map<ResourceName, RealName>()
  const topName = (name: ResourceName): RealName =>
    `${base}-${PLAIN.test(name) ? name : world.findIndex((each) => each.name === name) + 1}`
  for (const { name, kind, parent } of world) {
    const above = parent === undefined ? topName(name) : (names.get(parent) ?? topName(parent))
    switch (kind) {
      case 'container':
      case 'share':
        names.set(name, kind === 'container' && inside !== undefined ? inside : topName(name))
        break
      case 'blob':
      case 'file':
        // In a container with others' blobs the name is what tells them apart.
        names.set(name, inside === undefined || kind === 'file' ? `${above}/${name}` : `${inside}/${base}-${name}`)
        break
      case 'blob-snapshot':
      case 'share-snapshot':
        names.set(name, snapshotOf(above, NEVER))
        break
      default:
        kind satisfies never
    }
  }
  return names
}
