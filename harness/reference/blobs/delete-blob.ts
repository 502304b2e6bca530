import type { Resource } from '../../../model/resource.ts'
import type { World } from '../../../model/world.ts'
import { type Answer, done, type Effect, invalidHeader, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { retentionMs } from '../service-properties.ts'
import { type BlobPlace, blobResourceName, onBlob } from './place.ts'
import type { DeletedBlob, StoredContainer } from './store.ts'

/** Delete Blob: the blob, with or without its snapshots, only these, or one of them. */
export function deleteBlob(call: Call): Answer {
  const { headers, query } = call.request
  const option = headers['x-ms-delete-snapshots']?.toLowerCase()
  if (option !== undefined && option !== 'include' && option !== 'only') {
    return invalidHeader('x-ms-delete-snapshots', option)
  }
  if (query.has('snapshot')) {
    if (option !== undefined) return invalidHeader('x-ms-delete-snapshots', option)
    return onBlob(call, 'deleteBlobSnapshot', (place) => withoutSnapshots(call, place, [place.snapshot!]))
  }
  if (option === 'only') return deleteSnapshots(call)
  return onBlob(call, 'deleteBlob', (place) => withoutBlob(call, place, option === 'include'), {
    world: snapshotsOf(call),
  })
}

/** Deletes all snapshots of a blob. The blob stays as it is, so its lease is not asked. */
function deleteSnapshots(call: Call): Answer {
  return onBlob(call, 'getBlobMetadata', (place) => {
    withoutSnapshots(call, place, [...(place.container!.snapshots.get(place.name)?.keys() ?? [])])
    return { status: 202, headers: {} }
  })
}

function withoutSnapshots({ account: { blobs } }: Call, place: BlobPlace, instants: readonly string[]): Effect {
  const { container, name } = place
  const snapshots = container!.snapshots.get(name)
  for (const instant of instants) {
    snapshots?.delete(instant)
    blobs.ledger.remove(blobResourceName(container!.name, name, instant))
  }
  if (snapshots?.size === 0) container!.snapshots.delete(name)
  const base = blobs.ledger.find(blobResourceName(container!.name, name))
  if (base !== undefined && (snapshots?.size ?? 0) === 0) {
    const { hasSnapshots: _hasSnapshots, ...rest } = base
    blobs.ledger.put(rest)
  }
  return done({ 'x-ms-delete-type-permanent': 'true' })
}

function withoutBlob(call: Call, { container, name, blob }: BlobPlace, alsoSnapshots: boolean): Effect {
  const { ledger, properties } = call.account.blobs
  const snapshots = container!.snapshots.get(name) ?? new Map()
  if (snapshots.size > 0 && !alsoSnapshots) return refusal(409, 'SnapshotsPresent')
  const snapshotResources = snapshotsOf(call)
  for (const instant of snapshots.keys()) ledger.remove(blobResourceName(container!.name, name, instant))
  container!.blobs.delete(name)
  container!.snapshots.delete(name)
  const keptMs = retentionMs(properties)
  const isKept = keptMs > 0 && blob!.content !== undefined
  const { nowMs } = call.request
  if (isKept)
    container!.deleted.set(name, {
      blob: blob!,
      snapshots,
      snapshotResources,
      deletedMs: nowMs,
      goneMs: nowMs + keptMs,
    })
  return done({ 'x-ms-delete-type-permanent': String(!isKept) })
}

/** Brings back a blob that was deleted softly, with the snapshots that it had then. The model does not know whether there is one. */
export function undeleteBlob(call: Call): Answer {
  const { address, nowMs } = call.request
  const there = call.account.blobs.containers.get(address.root)
  const succeeds = there !== undefined && deletedBlob(there, address.name, nowMs) !== undefined
  const undelete = ({ container, name }: BlobPlace) => {
    const found = deletedBlob(container!, name, call.request.nowMs)
    if (found === undefined) return done()
    container!.deleted.delete(name)
    container!.blobs.set(name, found.blob)
    if (found.snapshots.size > 0) container!.snapshots.set(name, new Map(found.snapshots))
    for (const resource of found.snapshotResources) call.account.blobs.ledger.put(resource)
    return done()
  }
  return onBlob(call, 'undeleteBlob', undelete, { world: [], succeeds })
}

/** What can still be brought back under a name. */
export function deletedBlob(container: StoredContainer, name: string, nowMs: number): DeletedBlob | undefined {
  const found = container.deleted.get(name)
  if (found === undefined || nowMs < found.goneMs) return found
  container.deleted.delete(name)
  return undefined
}

/** The snapshots of the blob that a request is about, as the model knows them. */
function snapshotsOf({ account: { blobs }, request: { address } }: Call): World {
  const instants = blobs.containers.get(address.root)?.snapshots.get(address.name)?.keys() ?? []
  return [...instants]
    .map((instant) => blobs.ledger.find(blobResourceName(address.root, address.name, instant)))
    .filter((each): each is Resource => each !== undefined)
}
