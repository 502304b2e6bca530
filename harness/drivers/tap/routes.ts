import type { ResourceKind } from '../../../model/resource.ts'
import type { Use } from '../../../model/uses.ts'
import type { TappedRequest } from './tapped.ts'

/** How a use looks on the wire: what tells its requests from those of others on the same kind of resource. */
export interface Route {
  readonly use: Use
  readonly kind: ResourceKind
  readonly methods: readonly string[]
  /** The query parameter `comp`. */
  readonly comp?: string
  /** Headers that have to be there, with the value they need to have if it matters. */
  readonly has?: Readonly<Record<string, string | true>>
}

type Has = Route['has']

const FROM_URL: Has = { 'x-ms-copy-source': true }

function blob(use: Use, method: string, comp?: string, has?: Has): Route {
  return route('blob', use, [method], comp, has)
}

function container(use: Use, method: string, comp?: string): Route {
  // A GET of a container reads no more than a HEAD, and clients use either.
  return route('container', use, method === 'GET' && comp !== 'list' ? ['GET', 'HEAD'] : [method], comp)
}

function share(use: Use, method: string, comp?: string): Route {
  return route('share', use, method === 'GET' ? ['GET', 'HEAD'] : [method], comp)
}

function file(use: Use, method: string, comp?: string, has?: Has): Route {
  return route('file', use, comp === 'metadata' && method === 'GET' ? ['GET', 'HEAD'] : [method], comp, has)
}

function route(kind: ResourceKind, use: Use, methods: readonly string[], comp?: string, has?: Has): Route {
  return { kind, use, methods, ...(comp === undefined ? {} : { comp }), ...(has === undefined ? {} : { has }) }
}

/** Requests by what they ask for; of those that fit the first is meant. Sources: the REST pages named by the uses' titles. */
const ROUTES: readonly Route[] = [
  blob('getBlob', 'GET'),
  blob('getBlobProperties', 'HEAD'),
  blob('getBlobMetadata', 'GET', 'metadata'),
  blob('getBlobMetadata', 'HEAD', 'metadata'),
  blob('getBlobTags', 'GET', 'tags'),
  blob('getBlockList', 'GET', 'blocklist'),
  blob('getPageRanges', 'GET', 'pagelist'),
  blob('snapshotBlob', 'PUT', 'snapshot'),
  blob('setBlobMetadata', 'PUT', 'metadata'),
  blob('resizePageBlob', 'PUT', 'properties', { 'x-ms-blob-content-length': true }),
  blob('setSequenceNumber', 'PUT', 'properties', { 'x-ms-sequence-number-action': true }),
  blob('setBlobProperties', 'PUT', 'properties'),
  blob('appendBlockFromUrl', 'PUT', 'appendblock', FROM_URL),
  blob('appendBlock', 'PUT', 'appendblock'),
  blob('sealAppendBlob', 'PUT', 'seal'),
  blob('putPageFromUrl', 'PUT', 'page', FROM_URL),
  blob('clearPage', 'PUT', 'page', { 'x-ms-page-write': 'clear' }),
  blob('putPage', 'PUT', 'page'),
  blob('setBlobTags', 'PUT', 'tags'),
  blob('setBlobTier', 'PUT', 'tier'),
  blob('putBlockList', 'PUT', 'blocklist'),
  blob('putBlockFromUrl', 'PUT', 'block', FROM_URL),
  blob('putBlock', 'PUT', 'block'),
  blob('abortCopyBlob', 'PUT', 'copy'),
  blob('undeleteBlob', 'PUT', 'undelete'),
  blob('putBlobFromUrl', 'PUT', undefined, { ...FROM_URL, 'x-ms-blob-type': true }),
  blob('copyBlobSync', 'PUT', undefined, { ...FROM_URL, 'x-ms-requires-sync': 'true' }),
  blob('copyBlob', 'PUT', undefined, FROM_URL),
  blob('putAppendBlob', 'PUT', undefined, { 'x-ms-blob-type': 'AppendBlob' }),
  blob('putPageBlob', 'PUT', undefined, { 'x-ms-blob-type': 'PageBlob' }),
  blob('putBlob', 'PUT'),
  blob('deleteBlob', 'DELETE'),

  route('blob-snapshot', 'getBlobSnapshot', ['GET']),
  route('blob-snapshot', 'getBlobSnapshotProperties', ['HEAD']),
  route('blob-snapshot', 'deleteBlobSnapshot', ['DELETE']),

  container('getContainerProperties', 'GET'),
  container('getContainerMetadata', 'GET', 'metadata'),
  container('getContainerAcl', 'GET', 'acl'),
  container('listBlobs', 'GET', 'list'),
  container('setContainerMetadata', 'PUT', 'metadata'),
  container('setContainerAcl', 'PUT', 'acl'),
  container('createContainer', 'PUT'),
  container('deleteContainer', 'DELETE'),

  share('getShareProperties', 'GET'),
  share('getShareMetadata', 'GET', 'metadata'),
  share('getShareAcl', 'GET', 'acl'),
  share('getShareStats', 'GET', 'stats'),
  share('snapshotShare', 'PUT', 'snapshot'),
  share('setShareMetadata', 'PUT', 'metadata'),
  share('setShareProperties', 'PUT', 'properties'),
  share('setShareAcl', 'PUT', 'acl'),
  share('createShare', 'PUT'),
  share('deleteShare', 'DELETE'),

  route('share-snapshot', 'getShareSnapshotProperties', ['GET', 'HEAD']),
  route('share-snapshot', 'deleteShareSnapshot', ['DELETE']),

  file('getFile', 'GET'),
  file('getFileProperties', 'HEAD'),
  file('getFileMetadata', 'GET', 'metadata'),
  file('listRanges', 'GET', 'rangelist'),
  file('setFileMetadata', 'PUT', 'metadata'),
  file('setFileProperties', 'PUT', 'properties'),
  file('clearRange', 'PUT', 'range', { 'x-ms-write': 'clear' }),
  file('putRange', 'PUT', 'range'),
  file('abortCopyFile', 'PUT', 'copy'),
  file('renameFile', 'PUT', 'rename'),
  file('copyFile', 'PUT', undefined, FROM_URL),
  file('createFile', 'PUT'),
  file('deleteFile', 'DELETE'),
]

const BY_KIND = Map.groupBy(ROUTES, ({ kind }) => kind)

/** The use that a request on a kind of resource asks for. */
export function routeOf(kind: ResourceKind, { method, query, headers }: TappedRequest): Route | undefined {
  const comp = query.get('comp')?.toLowerCase()
  return BY_KIND.get(kind)?.find(
    (each) =>
      each.methods.includes(method) &&
      each.comp === comp &&
      Object.entries(each.has ?? {}).every(([name, value]) =>
        value === true ? headers[name] !== undefined : headers[name]?.toLowerCase() === value.toLowerCase(),
      ),
  )
}
