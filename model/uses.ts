import type { BlobType, ResourceKind } from './resource.ts'

/**
 * Classes of uses: rules, cells and signatures speak of these, not of single operations.
 *
 * - `observe` reads and reports the lease, `read` reads and does not, `list` reports it in a listing and takes no lease id
 * - `read blocks` reads what is not content yet, so an uncommitted blob is enough for it
 * - `read tags` answers no ETag; `append` is a write that a sealed blob takes no more, `seal` seals it
 * - `snapshot` is a write that the lease does not stop, as it stops no read
 * - `write` changes what exists, `create` may make the resource, `stage` adds blocks that are not content yet,
 *   `mark` changes what does not count as content (tags, access tier)
 * - `copy` begins a copy onto the resource that goes on by itself, `abort` ends one, `rename` moves another resource here
 * - `make` creates and never overwrites, `undelete` brings back what was deleted softly
 * - `lease` is a lease request whose action is missing or unknown
 */
export const USE_CLASSES = [
  'observe',
  'read',
  'read blocks',
  'read tags',
  'list',
  'snapshot',
  'write',
  'append',
  'seal',
  'create',
  'stage',
  'mark',
  'copy',
  'abort',
  'rename',
  'make',
  'delete',
  'undelete',
  'lease',
] as const
export type UseClass = (typeof USE_CLASSES)[number]
export interface UseDescription {
  readonly kind: ResourceKind
  readonly class: UseClass
  /** The name in Azure's documentation. */
  readonly title: string
  /** The status of a success. Source: the operation's own REST page, recorded for each. */
  readonly success: number
  /** The only type of blob that the operation is for. */
  readonly blobType?: BlobType
  /** The type of blob that there is afterwards. */
  readonly makes?: BlobType
  /** It needs another resource to copy from or to move. */
  readonly needsSource?: true
  /** It answers without a body, so an error code has only the header to come in. */
  readonly head?: true
  /** Stands for its class in the fine cells; every other use has coarse cells of its own. */
  readonly typical?: true
}

const blob = <C extends UseClass>(of: C, title: string, success: number, more: Partial<UseDescription> = {}) =>
  ({ kind: 'blob', class: of, title, success, ...more }) as const
const container = <C extends UseClass>(of: C, title: string, success: number, more: Partial<UseDescription> = {}) =>
  ({ kind: 'container', class: of, title, success, ...more }) as const
const share = <C extends UseClass>(of: C, title: string, success: number, more: Partial<UseDescription> = {}) =>
  ({ kind: 'share', class: of, title, success, ...more }) as const
const file = <C extends UseClass>(of: C, title: string, success: number, more: Partial<UseDescription> = {}) =>
  ({ kind: 'file', class: of, title, success, ...more }) as const
const TYPICAL = { typical: true } as const
const APPEND = { blobType: 'append' } as const
const PAGE = { blobType: 'page' } as const
const BLOCK = { blobType: 'block' } as const
const MAKES_BLOCK = { makes: 'block' } as const
const FROM = { needsSource: true } as const

/** Every use that the model knows, and its class. Source: Lease Blob, Lease Container, Lease Share, Lease File. */
export const USES = {
  getBlob: blob('observe', 'Get Blob', 200, TYPICAL),
  getBlobProperties: blob('observe', 'Get Blob Properties', 200, { ...TYPICAL, head: true }),
  getBlobMetadata: blob('read', 'Get Blob Metadata', 200, TYPICAL),
  getBlobTags: blob('read tags', 'Get Blob Tags', 200),
  getBlockList: blob('read blocks', 'Get Block List', 200, BLOCK),
  getPageRanges: blob('read', 'Get Page Ranges', 200, PAGE),
  listBlobs: blob('list', 'List Blobs', 200, TYPICAL),
  snapshotBlob: blob('snapshot', 'Snapshot Blob', 201),
  setBlobMetadata: blob('write', 'Set Blob Metadata', 200, TYPICAL),
  setBlobProperties: blob('write', 'Set Blob Properties', 200, TYPICAL),
  appendBlock: blob('append', 'Append Block', 201, APPEND),
  appendBlockFromUrl: blob('append', 'Append Block From URL', 201, { ...APPEND, ...FROM }),
  sealAppendBlob: blob('seal', 'Append Blob Seal', 200, APPEND),
  putPage: blob('write', 'Put Page', 201, PAGE),
  clearPage: blob('write', 'Put Page (clear)', 201, PAGE),
  putPageFromUrl: blob('write', 'Put Page From URL', 201, { ...PAGE, ...FROM }),
  resizePageBlob: blob('write', 'Set Blob Properties (size)', 200, PAGE),
  setSequenceNumber: blob('write', 'Set Blob Properties (sequence number)', 200, PAGE),
  setBlobTags: blob('mark', 'Set Blob Tags', 204),
  setBlobTier: blob('mark', 'Set Blob Tier', 200, BLOCK),
  putBlob: blob('create', 'Put Blob', 201, { ...TYPICAL, ...MAKES_BLOCK }),
  putAppendBlob: blob('create', 'Put Blob (append blob)', 201, { makes: 'append' }),
  putPageBlob: blob('create', 'Put Blob (page blob)', 201, { makes: 'page' }),
  putBlockList: blob('create', 'Put Block List', 201, { ...BLOCK, ...MAKES_BLOCK }),
  putBlobFromUrl: blob('create', 'Put Blob From URL', 201, { ...FROM, ...MAKES_BLOCK }),
  copyBlobSync: blob('create', 'Copy Blob From URL', 202, { ...FROM, ...MAKES_BLOCK }),
  copyBlob: blob('copy', 'Copy Blob', 202, { ...FROM, ...MAKES_BLOCK }),
  putBlock: blob('stage', 'Put Block', 201, BLOCK),
  putBlockFromUrl: blob('stage', 'Put Block From URL', 201, { ...BLOCK, ...FROM }),
  abortCopyBlob: blob('abort', 'Abort Copy Blob', 204),
  deleteBlob: blob('delete', 'Delete Blob', 202, TYPICAL),
  undeleteBlob: blob('undelete', 'Undelete Blob', 200),
  leaseBlob: blob('lease', 'Lease Blob', 400),

  getBlobSnapshot: { kind: 'blob-snapshot', class: 'read', title: 'Get Blob (snapshot)', success: 200 },
  getBlobSnapshotProperties: {
    kind: 'blob-snapshot',
    class: 'read',
    title: 'Get Blob Properties (snapshot)',
    success: 200,
    head: true,
  },
  deleteBlobSnapshot: { kind: 'blob-snapshot', class: 'delete', title: 'Delete Blob (snapshot)', success: 202 },

  getContainerProperties: container('observe', 'Get Container Properties', 200, TYPICAL),
  getContainerMetadata: container('read', 'Get Container Metadata', 200, TYPICAL),
  getContainerAcl: container('read', 'Get Container ACL', 200, TYPICAL),
  listContainers: container('list', 'List Containers', 200, TYPICAL),
  setContainerMetadata: container('write', 'Set Container Metadata', 200, TYPICAL),
  setContainerAcl: container('write', 'Set Container ACL', 200, TYPICAL),
  createContainer: container('make', 'Create Container', 201),
  deleteContainer: container('delete', 'Delete Container', 202, TYPICAL),
  leaseContainer: container('lease', 'Lease Container', 400),

  getShareProperties: share('observe', 'Get Share Properties', 200, TYPICAL),
  getShareMetadata: share('read', 'Get Share Metadata', 200, TYPICAL),
  getShareAcl: share('read', 'Get Share ACL', 200, TYPICAL),
  getShareStats: share('read', 'Get Share Stats', 200, TYPICAL),
  listShares: share('list', 'List Shares', 200, TYPICAL),
  snapshotShare: share('snapshot', 'Snapshot Share', 201),
  setShareMetadata: share('write', 'Set Share Metadata', 200, TYPICAL),
  setShareProperties: share('write', 'Set Share Properties', 200, TYPICAL),
  setShareAcl: share('write', 'Set Share ACL', 200, TYPICAL),
  createShare: share('make', 'Create Share', 201),
  deleteShare: share('delete', 'Delete Share', 202, TYPICAL),
  leaseShare: share('lease', 'Lease Share', 400),

  getShareSnapshotProperties: {
    kind: 'share-snapshot',
    class: 'observe',
    title: 'Get Share Properties (snapshot)',
    success: 200,
    typical: true,
  },
  deleteShareSnapshot: {
    kind: 'share-snapshot',
    class: 'delete',
    title: 'Delete Share (snapshot)',
    success: 202,
    typical: true,
  },

  getFile: file('observe', 'Get File', 200, TYPICAL),
  getFileProperties: file('observe', 'Get File Properties', 200, { ...TYPICAL, head: true }),
  getFileMetadata: file('read', 'Get File Metadata', 200, TYPICAL),
  listRanges: file('read', 'List Ranges', 200, TYPICAL),
  setFileMetadata: file('write', 'Set File Metadata', 200, TYPICAL),
  setFileProperties: file('write', 'Set File Properties', 200, TYPICAL),
  putRange: file('write', 'Put Range', 201, TYPICAL),
  clearRange: file('write', 'Put Range (clear)', 201, TYPICAL),
  createFile: file('create', 'Create File', 201, TYPICAL),
  copyFile: file('copy', 'Copy File', 202, FROM),
  abortCopyFile: file('abort', 'Abort Copy File', 204),
  renameFile: file('rename', 'Rename File', 200, FROM),
  deleteFile: file('delete', 'Delete File', 202, TYPICAL),
  leaseFile: file('lease', 'Lease File', 400),
} as const satisfies Record<string, UseDescription>

export type Use = keyof typeof USES

/** What is said of a use beyond its class. */
export function describeUse(name: Use): UseDescription {
  return USES[name]
}
