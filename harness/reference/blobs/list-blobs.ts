import { agedTo, reportOf } from '../../../model/lease.ts'
import type { Resource } from '../../../model/resource.ts'
import { type Answer, isRefusal, refusal, xmlBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { httpDate } from '../ledger.ts'
import { type ListQuery, type Page, page, readListQuery } from '../listing.ts'
import { element, escaped, nameElement, XML_HEAD } from '../xml.ts'
import { BLOB_TYPE_NAMES, sizeOf } from './content.ts'
import { deletedBlob } from './delete-blob.ts'
import { blobResourceName } from './place.ts'
import type { DeletedBlob, StoredBlob, StoredContainer } from './store.ts'
import { tagsElement } from './tags.ts'

/** One line of a listing: a blob, a snapshot of one, one that was deleted, or a prefix that stands for many. */
type Entry =
  | { readonly kind: 'prefix'; readonly name: string }
  | {
      readonly kind: 'blob'
      readonly name: string
      readonly blob: StoredBlob
      readonly resource: Resource
      readonly snapshot?: string
    }
  | {
      readonly kind: 'deleted'
      readonly name: string
      readonly deleted: DeletedBlob
      readonly blob: StoredBlob
      readonly snapshot?: string
    }

/** List Blobs. It takes no lease id, and of leases it only reports. */
export function listBlobs(call: Call): Answer {
  const { account, request } = call
  const container = account.blobs.containers.get(request.address.root)
  if (container === undefined) return refusal(404, 'ContainerNotFound')
  const query = readListQuery(request)
  if (isRefusal(query)) return query
  const listed = page(entriesOf(call, container, query), query)
  return xmlBody(200, document(call, container, query, listed))
}

function entriesOf(call: Call, container: StoredContainer, query: ListQuery): readonly Entry[] {
  const names = new Set(container.blobs.keys())
  if (query.include.has('snapshots')) for (const name of container.snapshots.keys()) names.add(name)
  if (query.include.has('deleted')) for (const name of container.deleted.keys()) names.add(name)
  const wanted = [...names].filter((name) => name.startsWith(query.prefix)).sort(byCodeUnits)
  const entries: Entry[] = []
  let lastPrefix: string | undefined
  for (const name of wanted) {
    const end = query.delimiter === '' ? -1 : name.indexOf(query.delimiter, query.prefix.length)
    if (end < 0) {
      entries.push(...entriesUnder(call, container, name, query))
      continue
    }
    const prefix = name.slice(0, end + query.delimiter.length)
    if (prefix !== lastPrefix) entries.push({ kind: 'prefix', name: prefix })
    lastPrefix = prefix
  }
  return entries
}

/** What a listing shows under one name: snapshots before the blob, oldest first. */
function entriesUnder(
  { account: { blobs }, request: { nowMs } }: Call,
  container: StoredContainer,
  name: string,
  { include }: ListQuery,
): readonly Entry[] {
  const entries: Entry[] = []
  const resourceOf = (snapshot?: string) => blobs.ledger.find(blobResourceName(container.name, name, snapshot))
  if (include.has('snapshots')) {
    for (const [snapshot, blob] of container.snapshots.get(name) ?? []) {
      const resource = resourceOf(snapshot)
      if (resource !== undefined) entries.push({ kind: 'blob', name, blob, resource, snapshot })
    }
  }
  const deleted = include.has('deleted') ? deletedBlob(container, name, nowMs) : undefined
  if (deleted !== undefined) {
    if (include.has('snapshots')) {
      for (const [snapshot, blob] of deleted.snapshots) entries.push({ kind: 'deleted', name, deleted, blob, snapshot })
    }
    entries.push({ kind: 'deleted', name, deleted, blob: deleted.blob })
  }
  const blob = container.blobs.get(name)
  const resource = blob && resourceOf()
  const isShown = blob?.content !== undefined || include.has('uncommittedblobs')
  if (blob !== undefined && resource !== undefined && isShown) entries.push({ kind: 'blob', name, blob, resource })
  return entries
}

function document(
  { request, account }: Call,
  container: StoredContainer,
  query: ListQuery,
  listed: Page<Entry>,
): string {
  const endpoint = `http://${request.headers.host ?? ''}/${account.credential.account}/`
  const entries = listed.entries.map((entry) => entryElement(entry, query, request.nowMs)).join('')
  return (
    `${XML_HEAD}<EnumerationResults ServiceEndpoint="${escaped(endpoint)}" ContainerName="${escaped(container.name)}">` +
    query.echo +
    `<Blobs>${entries}</Blobs>${element('NextMarker', listed.next ?? '')}</EnumerationResults>`
  )
}

function entryElement(entry: Entry, query: ListQuery, nowMs: number): string {
  if (entry.kind === 'prefix') return `<BlobPrefix>${nameElement(entry.name)}</BlobPrefix>`
  const { blob } = entry
  const deletedFlag = entry.kind === 'deleted' ? element('Deleted', 'true') : ''
  const { include } = query
  const metadata = include.has('metadata')
    ? `<Metadata>${[...blob.metadata].map(([name, value]) => element(name, value)).join('')}</Metadata>`
    : ''
  const tags = include.has('tags') && blob.tags.size > 0 ? tagsElement(blob.tags) : ''
  const properties = `<Properties>${commonProperties(blob, include.has('copy'))}${ownProperties(entry, nowMs)}</Properties>`
  return `<Blob>${nameElement(entry.name)}${deletedFlag}${element('Snapshot', entry.snapshot)}${properties}${metadata}${tags}</Blob>`
}

function commonProperties(blob: StoredBlob, withCopy: boolean): string {
  const { content, headers, copy } = blob
  const type = content?.type ?? 'block'
  return [
    element('Creation-Time', httpDate(blob.createdMs)),
    element('Content-Length', content === undefined ? 0 : sizeOf(content)),
    element('Content-Type', headers['content-type'] ?? ''),
    element('Content-Encoding', headers['content-encoding'] ?? ''),
    element('Content-Language', headers['content-language'] ?? ''),
    element('Content-MD5', headers['content-md5'] ?? ''),
    element('Cache-Control', headers['cache-control'] ?? ''),
    element('Content-Disposition', headers['content-disposition'] ?? ''),
    content?.type === 'page' ? element('x-ms-blob-sequence-number', content.sequenceNumber) : '',
    element('BlobType', BLOB_TYPE_NAMES[type]),
    type === 'block' ? element('AccessTier', blob.tier ?? 'Hot') : '',
    type === 'block' && blob.tier === undefined ? element('AccessTierInferred', 'true') : '',
    content?.type === 'append' && content.isSealed ? element('Sealed', 'true') : '',
    blob.tags.size > 0 ? element('TagCount', blob.tags.size) : '',
    copy === undefined || !withCopy
      ? ''
      : element('CopyId', copy.id) +
        element('CopyStatus', 'success') +
        element('CopySource', copy.source.split('?')[0]!) +
        element('CopyProgress', `${copy.sizeBytes}/${copy.sizeBytes}`) +
        element('CopyCompletionTime', httpDate(copy.completedMs)),
    element('ServerEncrypted', 'true'),
  ].join('')
}

/** What is deleted has no lease to report, and neither has a snapshot. */
function ownProperties(entry: Exclude<Entry, { kind: 'prefix' }>, nowMs: number): string {
  if (entry.kind === 'deleted') {
    const { deletedMs, goneMs } = entry.deleted
    const days = Math.floor((goneMs - nowMs) / (24 * 60 * 60_000))
    return element('DeletedTime', httpDate(deletedMs)) + element('RemainingRetentionDays', days)
  }
  const { etag, lastModified, lease } = entry.resource
  const tagged = element('Last-Modified', lastModified) + element('Etag', etag?.replaceAll('"', ''))
  return entry.snapshot === undefined ? tagged + leaseElements(lease, nowMs) : tagged
}

/** What a listing reports of a lease. */
export function leaseElements(lease: Resource['lease'], nowMs: number): string {
  const { status, state, duration } = reportOf(agedTo(lease, nowMs))
  return (
    element('LeaseStatus', status) +
    element('LeaseState', state) +
    (duration === 'absent' ? '' : element('LeaseDuration', duration))
  )
}

export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
