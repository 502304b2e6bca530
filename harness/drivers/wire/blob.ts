import { TAG } from '../../../model/condition.ts'
import {
  ABORT,
  BLOCK_ID,
  FIRST_PAGE,
  METADATA,
  NO_BLOCKS,
  PAGE,
  PAGE_BYTES,
  TEXT,
  TEXT_TYPE,
  tagsXml,
  XML_TYPE,
} from './content.ts'
import { comp, type LaterHeaders, type Shapes, type SourceHeader, shape } from './shape.ts'

/** Every blob carries the tag from its creation on, so that conditions can ask for it. Source: Set Blob Tags. */
const TAGGED: LaterHeaders = { from: '2019-12-12', headers: ['x-ms-tags', TAG.join('=')] }
const SOURCE: SourceHeader = { header: 'x-ms-copy-source', signed: true }
/** Copy Blob reads a blob of its own account with the rights of the request itself. Source: Copy Blob. */
const OWN_SOURCE: SourceHeader = { header: 'x-ms-copy-source', signed: false }

const BLOCK_BLOB = ['x-ms-blob-type', 'BlockBlob']
const BLOCK = [comp('block'), ['blockid', BLOCK_ID]] as const
/** Set Blob Properties removes what it does not name. */
const CONTENT_TYPE = ['x-ms-blob-content-type', 'text/plain']
const WRITE_PAGE = ['x-ms-page-write', 'update', 'x-ms-range', FIRST_PAGE]

/** Requests about a blob. Sources: the REST pages named by the titles of the operations. */
export const BLOB_SHAPES = {
  getBlob: shape('GET', []),
  getBlobProperties: shape('HEAD', []),
  getBlobMetadata: shape('GET', [comp('metadata')]),
  getBlobTags: shape('GET', [comp('tags')]),
  getBlockList: shape('GET', [comp('blocklist'), ['blocklisttype', 'all']]),
  getPageRanges: shape('GET', [comp('pagelist')]),
  listBlobs: shape('GET', [['restype', 'container'], comp('list')]),
  snapshotBlob: shape('PUT', [comp('snapshot')]),
  setBlobMetadata: shape('PUT', [comp('metadata')], { headers: METADATA }),
  setBlobProperties: shape('PUT', [comp('properties')], { headers: CONTENT_TYPE }),
  appendBlock: shape('PUT', [comp('appendblock')], { headers: TEXT_TYPE, body: TEXT }),
  appendBlockFromUrl: shape('PUT', [comp('appendblock')], { source: SOURCE }),
  sealAppendBlob: shape('PUT', [comp('seal')]),
  putPage: shape('PUT', [comp('page')], { headers: [...WRITE_PAGE, ...TEXT_TYPE], body: PAGE }),
  clearPage: shape('PUT', [comp('page')], { headers: ['x-ms-page-write', 'clear', 'x-ms-range', FIRST_PAGE] }),
  putPageFromUrl: shape('PUT', [comp('page')], {
    headers: [...WRITE_PAGE, 'x-ms-source-range', FIRST_PAGE],
    source: SOURCE,
  }),
  resizePageBlob: shape('PUT', [comp('properties')], {
    headers: [...CONTENT_TYPE, 'x-ms-blob-content-length', String(2 * PAGE_BYTES)],
  }),
  setSequenceNumber: shape('PUT', [comp('properties')], {
    headers: [...CONTENT_TYPE, 'x-ms-sequence-number-action', 'update', 'x-ms-blob-sequence-number', '1'],
  }),
  setBlobTags: shape('PUT', [comp('tags')], { headers: XML_TYPE, body: tagsXml(TAG) }),
  setBlobTier: shape('PUT', [comp('tier')], { headers: ['x-ms-access-tier', 'Hot'] }),
  putBlob: shape('PUT', [], { headers: [...TEXT_TYPE, ...BLOCK_BLOB], body: TEXT, later: TAGGED }),
  putAppendBlob: shape('PUT', [], { headers: ['x-ms-blob-type', 'AppendBlob'], later: TAGGED }),
  putPageBlob: shape('PUT', [], {
    headers: ['x-ms-blob-type', 'PageBlob', 'x-ms-blob-content-length', String(PAGE_BYTES)],
    later: TAGGED,
  }),
  putBlockList: shape('PUT', [comp('blocklist')], { headers: XML_TYPE, body: NO_BLOCKS, later: TAGGED }),
  putBlobFromUrl: shape('PUT', [], { headers: BLOCK_BLOB, later: TAGGED, source: SOURCE }),
  copyBlobSync: shape('PUT', [], { headers: ['x-ms-requires-sync', 'true'], later: TAGGED, source: SOURCE }),
  copyBlob: shape('PUT', [], { later: TAGGED, source: OWN_SOURCE }),
  putBlock: shape('PUT', BLOCK, { headers: TEXT_TYPE, body: TEXT }),
  putBlockFromUrl: shape('PUT', BLOCK, { source: SOURCE }),
  abortCopyBlob: shape('PUT', ABORT.parameters, { headers: ABORT.headers }),
  deleteBlob: shape('DELETE', []),
  undeleteBlob: shape('PUT', [comp('undelete')]),
  leaseBlob: shape('PUT', [comp('lease')]),
} as const satisfies Shapes

/** Requests about a snapshot of a blob; the address names the snapshot. */
export const BLOB_SNAPSHOT_SHAPES = {
  getBlobSnapshot: shape('GET', []),
  getBlobSnapshotProperties: shape('HEAD', []),
  deleteBlobSnapshot: shape('DELETE', []),
} as const satisfies Shapes
