import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, recorded } from './evidence.ts'
import { leasePage, recordedAs } from './kind-evidence.ts'
import { type HeaderClaim, header } from './rule.ts'
import type { SourceKey } from './sources.ts'

/**
 * Lease operations and reads leave ETag and Last-Modified alone.
 * @param seen whether the operation was recorded for this kind.
 */
export function contentUnchanged(kind: ResourceKind, seen = true): readonly HeaderClaim[] {
  const page = doc(leasePage(kind), 'a lease operation does not change them')
  const evidence = seen ? [page, recorded()] : [page]
  return [header('etag', claim('unchanged', ...evidence)), header('last-modified', claim('unchanged', ...evidence))]
}

/** The page that describes the lease headers of a read. */
const PROPERTIES_PAGES: Readonly<Record<ResourceKind, SourceKey>> = {
  blob: 'get-blob-properties',
  'blob-snapshot': 'get-blob-properties',
  container: 'get-blob-properties',
  share: 'get-share-properties',
  'share-snapshot': 'get-share-properties',
  file: 'get-file-properties',
}

/** What a read reports about the lease. */
export function leaseReport(kind: ResourceKind): readonly HeaderClaim[] {
  return report(
    doc(PROPERTIES_PAGES[kind]),
    ...recordedAs(kind, { blob: 640, container: 513, share: 22, 'share-snapshot': 14, file: 101 }),
  )
}

/** What a listing reports about the lease of what it lists: the recordings of reads say nothing of it. */
export function listedReport(page: SourceKey, ...known: readonly Evidence[]): readonly HeaderClaim[] {
  return report(doc(page), ...known)
}

function report(...evidence: readonly Evidence[]): readonly HeaderClaim[] {
  return [
    header('x-ms-lease-state', claim('reported state', ...evidence)),
    header('x-ms-lease-status', claim('reported status', ...evidence)),
    header('x-ms-lease-duration', claim('reported duration', ...evidence)),
  ]
}
