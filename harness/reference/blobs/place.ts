import type { OperationName } from '../../../model/operation.ts'
import type { Resource, ResourceName } from '../../../model/resource.ts'
import type { World } from '../../../model/world.ts'
import { type Answer, type Effect, invalidParameter, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { isFor } from '../kind-of-operation.ts'
import { modelled } from '../modelled.ts'
import { NO_TAGS } from '../tag-expression.ts'
import type { StoredBlob, StoredContainer } from './store.ts'

/** The container that a request is about. */
export interface ContainerPlace {
  readonly name: string
  readonly resource: Resource
  /** Undefined if it does not exist. */
  readonly container: StoredContainer | undefined
}

/** The blob, or the snapshot of a blob, that a request is about. */
export interface BlobPlace {
  readonly name: string
  readonly container: StoredContainer | undefined
  /** Undefined if it does not exist. */
  readonly blob: StoredBlob | undefined
  /** The instant that names the snapshot. */
  readonly snapshot: string | undefined
  readonly parents: World
  readonly resource: Resource
}

/** Names of containers, and the three that the service has for itself. Source: "Naming and referencing containers". */
const CONTAINER_NAME = /^(?:[a-z0-9](?:-?[a-z0-9]){2,62}|\$(?:root|web|logs))$/
const MOST_NAME_CHARACTERS = 1024

export function isContainerName(name: string): boolean {
  return name.length <= 63 && CONTAINER_NAME.test(name)
}

function containerPlace({ account: { blobs }, request }: Call): ContainerPlace {
  const name = request.address.root
  const resource = blobs.ledger.resource({ name, kind: 'container' })
  return { name, resource, container: blobs.containers.get(name) }
}

/** What the model calls a blob, or a snapshot of it. */
export function blobResourceName(container: string, name: string, snapshot?: string): ResourceName {
  return snapshot === undefined ? `${container}/${name}` : `${container}/${name}?snapshot=${snapshot}`
}

/** Where a blob is, or would be. */
export function placeOfBlob(call: Call, root: string, name: string, snapshot: string | undefined): BlobPlace {
  const { ledger, containers } = call.account.blobs
  const container = containers.get(root)
  const parent = ledger.resource({ name: root, kind: 'container' })
  const base = ledger.resource({ name: blobResourceName(root, name), kind: 'blob', parent: root })
  if (snapshot === undefined) {
    return { name, container, blob: container?.blobs.get(name), snapshot, parents: [parent], resource: base }
  }
  const resource = ledger.resource({
    name: blobResourceName(root, name, snapshot),
    kind: 'blob-snapshot',
    parent: base.name,
  })
  const blob = container?.snapshots.get(name)?.get(snapshot)
  return { name, container, blob, snapshot, parents: [parent, base], resource }
}

/** Carries out an operation on a container that the model has rules for. */
export function onContainer(call: Call, name: OperationName, effect: (place: ContainerPlace) => Effect): Answer {
  const place = containerPlace(call)
  const { ledger } = call.account.blobs
  return modelled(call, { ledger, name, on: place.name, world: [place.resource] }, () => effect(place))
}

/**
 * Carries out an operation on a blob, or on a snapshot of it, that the model has rules for. `beside` are other resources that
 * matter: its snapshots, the source of a copy.
 */
export function onBlob(
  call: Call,
  name: OperationName,
  effect: (place: BlobPlace) => Effect,
  beside: Beside = NOTHING,
): Answer {
  const { address, query } = call.request
  if (address.name.length > MOST_NAME_CHARACTERS) return refusal(400, 'InvalidResourceName')
  const snapshot = query.get('snapshot')
  if (snapshot !== undefined && (Number.isNaN(Date.parse(snapshot)) || !isFor(name, 'blob-snapshot'))) {
    return invalidParameter('snapshot', snapshot)
  }
  const place = placeOfBlob(call, address.root, address.name, snapshot)
  const own = [...place.parents, place.resource]
  const world = beside.world.length === 0 ? own : joined(own, beside.world)
  const question = {
    ledger: call.account.blobs.ledger,
    name,
    on: place.resource.name,
    world,
    source: beside.source,
    succeeds: beside.succeeds ?? false,
  }
  return modelled(call, { ...question, tags: place.blob?.tags ?? NO_TAGS }, () => effect(place))
}

/** What else matters to an operation on a blob. */
export interface Beside {
  readonly world: World
  readonly source?: ResourceName
  readonly succeeds?: boolean
}

const NOTHING: Beside = { world: [] }

/** Both, but nothing twice. */
function joined(world: World, more: World): World {
  return [...world, ...more.filter((each) => !world.some(({ name }) => name === each.name))]
}
