import type { BlobClient, BlobServiceClient, ContainerClient } from '@azure/storage-blob'
import { type ConditionHeader, TAG } from '../../../model/condition.ts'
import type { Use } from '../../../model/uses.ts'
import type { CallArguments, CallDescription } from '../../../reports/driver-protocol.ts'
import { BLOCK_ID, COPY_ID, PAGE, PAGE_BYTES, TEXT } from '../wire/content.ts'
import { drained } from './drained.ts'
import { listedContainer, listedLeaf } from './listed.ts'
import { blobConditions, type UseCall } from './use-call.ts'

/** The clients for one resource of the blob service. */
export interface BlobPlace {
  readonly service: BlobServiceClient
  readonly container: ContainerClient
  /** Of a snapshot, the client of the snapshot; of a container it is not used. */
  readonly blob: BlobClient
  /** What a copy reads, as the server reaches it. */
  readonly sourceUrl: string
}

const DATES: ConditionHeader[] = ['if-modified-since', 'if-unmodified-since']
const TAGGED: ConditionHeader[] = ['if-match', 'if-none-match', ...DATES, 'x-ms-if-tags']
const GUARDED: CallDescription = { leaseId: 'optional', conditions: TAGGED }
const COPYING: CallDescription = { ...GUARDED, source: 'required' }
const LEASED: CallDescription = { leaseId: 'optional' }
const TAG_CONDITION: CallDescription = { ...LEASED, conditions: ['x-ms-if-tags'] }

function use(takes: CallDescription, call: UseCall<BlobPlace>['call']): UseCall<BlobPlace> {
  return { takes, call }
}

const tags = { [TAG[0]]: TAG[1] }
const metadata = { leasecheck: 'set' }
const conditionsOf = (asked: CallArguments) => ({ conditions: blobConditions(asked) })

/**
 * The calls for the uses of blobs and containers. Left out is what the SDK has no call for: it reads metadata together with the
 * other properties, and its lease clients send no unknown action.
 */
export const BLOB_CALLS: Readonly<Partial<Record<Use, UseCall<BlobPlace>>>> = {
  getBlob: use(GUARDED, async ({ blob }, asked) => drained(await blob.download(0, undefined, conditionsOf(asked)))),
  getBlobProperties: use(GUARDED, ({ blob }, asked) => blob.getProperties(conditionsOf(asked))),
  // Their other conditions go out under names of their own (x-ms-blob-if-match), which the model does not know.
  getBlobTags: use(TAG_CONDITION, ({ blob }, asked) => blob.getTags(conditionsOf(asked))),
  getBlockList: use({ leaseId: 'optional', conditions: ['x-ms-if-tags'] }, ({ blob }, asked) =>
    blob.getBlockBlobClient().getBlockList('all', conditionsOf(asked)),
  ),
  getPageRanges: use(GUARDED, ({ blob }, asked) =>
    blob.getPageBlobClient().getPageRanges(0, undefined, conditionsOf(asked)),
  ),
  listBlobs: use({}, ({ container, blob }) => listedLeaf(container.listBlobsFlat({ prefix: blob.name }), blob.name)),
  snapshotBlob: use(GUARDED, ({ blob }, asked) => blob.createSnapshot(conditionsOf(asked))),
  setBlobMetadata: use(GUARDED, ({ blob }, asked) => blob.setMetadata(metadata, conditionsOf(asked))),
  setBlobProperties: use(GUARDED, ({ blob }, asked) =>
    blob.setHTTPHeaders({ blobContentType: 'text/plain' }, conditionsOf(asked)),
  ),
  appendBlock: use(GUARDED, ({ blob }, asked) =>
    blob.getAppendBlobClient().appendBlock(TEXT, TEXT.length, conditionsOf(asked)),
  ),
  appendBlockFromUrl: use(COPYING, ({ blob, sourceUrl }, asked) =>
    blob.getAppendBlobClient().appendBlockFromURL(sourceUrl, 0, TEXT.length, conditionsOf(asked)),
  ),
  sealAppendBlob: use({ leaseId: 'optional', conditions: ['if-match', 'if-none-match', ...DATES] }, ({ blob }, asked) =>
    blob.getAppendBlobClient().seal(conditionsOf(asked)),
  ),
  putPage: use(GUARDED, ({ blob }, asked) =>
    blob.getPageBlobClient().uploadPages(PAGE, 0, PAGE_BYTES, conditionsOf(asked)),
  ),
  clearPage: use(GUARDED, ({ blob }, asked) => blob.getPageBlobClient().clearPages(0, PAGE_BYTES, conditionsOf(asked))),
  putPageFromUrl: use(COPYING, ({ blob, sourceUrl }, asked) =>
    blob.getPageBlobClient().uploadPagesFromURL(sourceUrl, 0, 0, PAGE_BYTES, conditionsOf(asked)),
  ),
  resizePageBlob: use(GUARDED, ({ blob }, asked) =>
    blob.getPageBlobClient().resize(2 * PAGE_BYTES, conditionsOf(asked)),
  ),
  setSequenceNumber: use(GUARDED, ({ blob }, asked) =>
    blob.getPageBlobClient().updateSequenceNumber('update', 1, conditionsOf(asked)),
  ),
  setBlobTags: use(TAG_CONDITION, ({ blob }, asked) => blob.setTags(tags, conditionsOf(asked))),
  setBlobTier: use({ leaseId: 'optional', conditions: ['x-ms-if-tags'] }, ({ blob }, asked) =>
    blob.setAccessTier('Hot', conditionsOf(asked)),
  ),
  putBlob: use(GUARDED, ({ blob }, asked) =>
    blob.getBlockBlobClient().upload(TEXT, TEXT.length, { ...conditionsOf(asked), tags }),
  ),
  putAppendBlob: use(GUARDED, ({ blob }, asked) => blob.getAppendBlobClient().create({ ...conditionsOf(asked), tags })),
  putPageBlob: use(GUARDED, ({ blob }, asked) =>
    blob.getPageBlobClient().create(PAGE_BYTES, { ...conditionsOf(asked), tags }),
  ),
  putBlockList: use(GUARDED, ({ blob }, asked) =>
    blob.getBlockBlobClient().commitBlockList([], { ...conditionsOf(asked), tags }),
  ),
  putBlobFromUrl: use(COPYING, ({ blob, sourceUrl }, asked) =>
    blob.getBlockBlobClient().syncUploadFromURL(sourceUrl, { ...conditionsOf(asked), tags }),
  ),
  copyBlobSync: use(COPYING, ({ blob, sourceUrl }, asked) =>
    blob.syncCopyFromURL(sourceUrl, { ...conditionsOf(asked), tags }),
  ),
  copyBlob: use(COPYING, async ({ blob, sourceUrl }, asked) => {
    const poller = await blob.beginCopyFromURL(sourceUrl, { ...conditionsOf(asked), tags })
    // The poller asks nothing more unless it is told to wait.
    return poller.getResult() ?? {}
  }),
  putBlock: use(LEASED, ({ blob }, asked) =>
    blob.getBlockBlobClient().stageBlock(BLOCK_ID, TEXT, TEXT.length, conditionsOf(asked)),
  ),
  putBlockFromUrl: use({ ...LEASED, source: 'required' }, ({ blob, sourceUrl }, asked) =>
    blob.getBlockBlobClient().stageBlockFromURL(BLOCK_ID, sourceUrl, 0, undefined, conditionsOf(asked)),
  ),
  abortCopyBlob: use(LEASED, ({ blob }, asked) => blob.abortCopyFromURL(COPY_ID, conditionsOf(asked))),
  deleteBlob: use({ ...GUARDED, snapshots: ['include'] }, ({ blob }, asked) =>
    blob.delete({ ...conditionsOf(asked), ...(asked.snapshots === undefined ? {} : { deleteSnapshots: 'include' }) }),
  ),
  undeleteBlob: use({}, ({ blob }) => blob.undelete()),

  getBlobSnapshot: use(GUARDED, async ({ blob }, asked) =>
    drained(await blob.download(0, undefined, conditionsOf(asked))),
  ),
  getBlobSnapshotProperties: use(GUARDED, ({ blob }, asked) => blob.getProperties(conditionsOf(asked))),
  deleteBlobSnapshot: use(GUARDED, ({ blob }, asked) => blob.delete(conditionsOf(asked))),

  getContainerProperties: use(LEASED, ({ container }, asked) => container.getProperties(conditionsOf(asked))),
  getContainerAcl: use(LEASED, ({ container }, asked) => container.getAccessPolicy(conditionsOf(asked))),
  listContainers: use({}, ({ service, container }) =>
    listedContainer(service.listContainers({ prefix: container.containerName }), container.containerName),
  ),
  setContainerMetadata: use({ leaseId: 'optional', conditions: ['if-modified-since'] }, ({ container }, asked) =>
    container.setMetadata(metadata, conditionsOf(asked)),
  ),
  setContainerAcl: use({ leaseId: 'optional', conditions: DATES }, ({ container }, asked) =>
    container.setAccessPolicy(undefined, [], conditionsOf(asked)),
  ),
  createContainer: use({}, ({ container }) => container.create()),
  deleteContainer: use({ leaseId: 'optional', conditions: DATES }, ({ container }, asked) =>
    container.delete(conditionsOf(asked)),
  ),
}
