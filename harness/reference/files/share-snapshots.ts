import { NEVER_LEASED } from '../../../model/lease.ts'
import type { Resource } from '../../../model/resource.ts'
import type { World } from '../../../model/world.ts'
import { type Answer, done, invalidHeader, isRefusal, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { newTags } from '../ledger.ts'
import { readMetadata } from '../metadata.ts'
import { snapshotInstant } from '../snapshot-instant.ts'
import { copyOf } from '../sparse-bytes.ts'
import { fileResourceName, onShare, shareSnapshotName } from './place.ts'
import type { StoredShare, Tree } from './store.ts'

/** The values of `x-ms-delete-snapshots`. */
const OPTIONS = ['include', 'include-leased']

/** A snapshot can be leased, independently of its share. */
export function snapshotShare(call: Call): Answer {
  return onShare(call, 'snapshotShare', ({ name, share }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    const { nowMs } = call.request
    const { snapshots, properties } = share!
    const instant = snapshotInstant(nowMs, snapshots)
    const own = metadata.size === 0 ? properties.metadata : metadata
    snapshots.set(instant, { properties: { ...properties, metadata: own }, tree: frozenTree(call, share!) })
    const { ledger } = call.account.files
    const resource = { name: shareSnapshotName(name, instant), kind: 'share-snapshot', parent: name } as const
    ledger.put({ ...resource, existence: 'present', lease: NEVER_LEASED, ...newTags(nowMs) })
    return done({ 'x-ms-snapshot': instant })
  })
}

/** The entries of a share as they are now: later writes do not reach them. */
function frozenTree({ account: { files } }: Call, share: StoredShare): Tree {
  const tree: Tree = new Map()
  for (const [key, entry] of share.tree) {
    if (entry.type === 'directory') {
      tree.set(key, entry)
      continue
    }
    const { etag = '', lastModified = '' } = files.ledger.find(fileResourceName(share.name, entry.path)) ?? {}
    tree.set(key, { ...entry, bytes: copyOf(entry.bytes), frozen: { etag, lastModified } })
  }
  return tree
}

/** Deletes a share with all that is in it, or one of its snapshots. */
export function deleteShare(call: Call): Answer {
  const { headers, query, address } = call.request
  const option = headers['x-ms-delete-snapshots']
  if (option !== undefined && !OPTIONS.includes(option.toLowerCase())) {
    return invalidHeader('x-ms-delete-snapshots', option)
  }
  if (query.has('sharesnapshot')) {
    if (option !== undefined) return refusal(400, 'InvalidQueryParameterValue')
    return onShare(call, 'deleteShareSnapshot', ({ name, share, snapshot }) => {
      share!.snapshots.delete(snapshot!)
      forgetSnapshots(call, name, share!.snapshots.size === 0)
      return done()
    })
  }
  const effect = () => {
    const { files } = call.account
    const share = files.shares.get(address.root)!
    if (share.snapshots.size > 0 && option === undefined) return refusal(409, 'ShareHasSnapshots')
    for (const path of share.tree.keys()) files.ledger.remove(fileResourceName(share.name, path))
    for (const instant of share.snapshots.keys()) files.ledger.remove(shareSnapshotName(share.name, instant))
    files.shares.delete(share.name)
    return done()
  }
  return onShare(call, 'deleteShare', effect, snapshotsOf(call))
}

/** The model remembers that a share has snapshots; when the last one goes, it has none any more. */
function forgetSnapshots({ account: { files } }: Call, name: string, isLast: boolean): void {
  const resource = files.ledger.find(name)
  if (resource === undefined || !isLast) return
  const { hasSnapshots: _hasSnapshots, ...rest } = resource
  files.ledger.put(rest)
}

function snapshotsOf({ account: { files }, request: { address } }: Call): World {
  const instants = [...(files.shares.get(address.root)?.snapshots.keys() ?? [])]
  return instants
    .map((instant) => files.ledger.find(shareSnapshotName(address.root, instant)))
    .filter((each): each is Resource => each !== undefined)
}
