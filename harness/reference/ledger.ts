import { NEVER_LEASED } from '../../model/lease.ts'
import type { Resource, ResourceName } from '../../model/resource.ts'
import type { ServerState } from '../../model/server.ts'
import type { Instant } from '../../model/time.ts'
import type { World } from '../../model/world.ts'

/** What an absent resource is made of. */
export type Absent = Pick<Resource, 'name' | 'kind' | 'parent'>

/**
 * What the model knows of each resource of one service: whether it exists, its lease, its ETag. Content is kept elsewhere.
 * Each request takes the few resources that it concerns out of here as a world, and puts the world that follows back in.
 */
export class Ledger {
  readonly #resources = new Map<ResourceName, Resource>()
  #issued = 0

  /** How many worlds have followed, so that ids which the model makes up are new. */
  get issued(): number {
    return this.#issued
  }

  find(name: ResourceName): Resource | undefined {
    return this.#resources.get(name)
  }

  /** The resource of that name, or that there is none. */
  resource({ name, kind, parent }: Absent): Resource {
    return this.#resources.get(name) ?? absent(name, kind, parent)
  }

  exists(name: ResourceName): boolean {
    return this.#resources.get(name)?.existence === 'present'
  }

  /** Notes a resource that a request has made without being its subject, such as a snapshot. */
  put(resource: Resource): void {
    this.#resources.set(resource.name, resource)
  }

  /** Gives a resource another name, and another parent with it. */
  rename(from: ResourceName, to: Pick<Resource, 'name' | 'parent'>): void {
    const resource = this.#resources.get(from)
    if (resource === undefined) return
    this.#resources.delete(from)
    this.#resources.set(to.name, { ...resource, ...to })
  }

  remove(name: ResourceName): void {
    this.#resources.delete(name)
  }

  /** Takes over the world that followed a request; what got other content gets a new ETag. */
  commit(before: World, { world: after, issued }: ServerState, nowMs: Instant): void {
    this.#issued = issued
    for (const [i, resource] of after.entries()) {
      if (resource === before[i]) continue
      if (resource.existence === 'absent') this.#resources.delete(resource.name)
      else
        this.#resources.set(
          resource.name,
          resource.etag === before[i]?.etag ? resource : { ...resource, ...newTags(nowMs) },
        )
    }
  }
}

function absent(name: ResourceName, kind: Resource['kind'], parent: ResourceName | undefined): Resource {
  return { name, kind, ...(parent === undefined ? {} : { parent }), existence: 'absent', lease: NEVER_LEASED }
}

let tags = 0

/** A new ETag, and when it came to be. */
export function newTags(nowMs: Instant): { readonly etag: string; readonly lastModified: string } {
  tags += 1
  return { etag: `"0x8DE${tags.toString(16).toUpperCase().padStart(12, '0')}"`, lastModified: httpDate(nowMs) }
}

let dateSecond = Number.NaN
let dateText = ''

/** An instant as HTTP writes it; most requests of a moment share one. */
export function httpDate(nowMs: Instant): string {
  const second = Math.floor(nowMs / 1000)
  if (second !== dateSecond) {
    dateSecond = second
    dateText = new Date(second * 1000).toUTCString()
  }
  return dateText
}
