import { NEVER_LEASED } from '../../../model/lease.ts'
import { type Answer, done, isRefusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { readMetadata } from '../metadata.ts'
import { snapshotInstant } from '../snapshot-instant.ts'
import { frozen } from './content.ts'
import { ENCRYPTED } from './create-blob.ts'
import { blobResourceName, onBlob } from './place.ts'

export function snapshotBlob(call: Call): Answer {
  return onBlob(call, 'snapshotBlob', ({ container, name, blob, resource }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    const snapshots = container!.snapshots.get(name) ?? new Map()
    const instant = snapshotInstant(call.request.nowMs, snapshots)
    const content = blob!.content && frozen(blob!.content)
    const own = metadata.size === 0 ? blob!.metadata : metadata
    snapshots.set(instant, { ...blob!, content, metadata: own, staged: new Map() })
    container!.snapshots.set(name, snapshots)
    const { hasSnapshots: _hasSnapshots, former: _former, ...like } = resource
    call.account.blobs.ledger.put({
      ...like,
      name: blobResourceName(container!.name, name, instant),
      kind: 'blob-snapshot',
      parent: resource.name,
      lease: NEVER_LEASED,
    })
    return done({ ...ENCRYPTED, 'x-ms-snapshot': instant })
  })
}
