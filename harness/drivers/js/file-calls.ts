import type { ShareClient, ShareFileClient, ShareServiceClient } from '@azure/storage-file-share'
import type { Use } from '../../../model/uses.ts'
import type { CallArguments, CallDescription } from '../../../reports/driver-protocol.ts'
import { COPY_ID, TEXT } from '../wire/content.ts'
import { FILE_BYTES } from '../wire/file.ts'
import { drained } from './drained.ts'
import { listedShare } from './listed.ts'
import type { UseCall } from './use-call.ts'

/** The clients for one resource of the file service. */
export interface FilePlace {
  readonly service: ShareServiceClient
  /** Of a snapshot, the client of the snapshot. */
  readonly share: ShareClient
  /** Of a share it is not used. */
  readonly file: ShareFileClient
  /** What a copy reads, as the server reaches it. */
  readonly sourceUrl: string
  /** What a rename moves. */
  readonly sourceFile: ShareFileClient | undefined
}

const LEASED: CallDescription = { leaseId: 'optional' }
const QUOTA_GIB = 100
const metadata = { leasecheck: 'set' }

function use(takes: CallDescription, call: UseCall<FilePlace>['call']): UseCall<FilePlace> {
  return { takes, call }
}

function conditions({ leaseId }: CallArguments): { leaseAccessConditions?: { leaseId: string } } {
  return leaseId === undefined ? {} : { leaseAccessConditions: { leaseId } }
}

function lease(leaseId: string | undefined): { leaseId?: string } {
  return leaseId === undefined ? {} : { leaseId }
}

/**
 * The calls for the uses of shares and files. Left out is what the SDK has no call for: it reads metadata together with the
 * other properties, and its lease clients send no unknown action.
 */
export const FILE_CALLS: Readonly<Partial<Record<Use, UseCall<FilePlace>>>> = {
  getShareProperties: use(LEASED, ({ share }, asked) => share.getProperties(conditions(asked))),
  getShareAcl: use(LEASED, ({ share }, asked) => share.getAccessPolicy(conditions(asked))),
  getShareStats: use(LEASED, ({ share }, asked) => share.getStatistics(conditions(asked))),
  listShares: use({}, ({ service, share }) => listedShare(service.listShares({ prefix: share.name }), share.name)),
  snapshotShare: use({}, ({ share }) => share.createSnapshot()),
  setShareMetadata: use(LEASED, ({ share }, asked) => share.setMetadata(metadata, conditions(asked))),
  setShareProperties: use(LEASED, ({ share }, asked) =>
    share.setProperties({ quotaInGB: QUOTA_GIB, ...conditions(asked) }),
  ),
  setShareAcl: use(LEASED, ({ share }, asked) => share.setAccessPolicy([], conditions(asked))),
  createShare: use({}, ({ share }) => share.create()),
  deleteShare: use({ ...LEASED, snapshots: ['include', 'include-leased'] }, ({ share }, asked) =>
    share.delete({
      ...conditions(asked),
      ...(asked.snapshots === undefined ? {} : { deleteSnapshots: asked.snapshots }),
    }),
  ),

  getShareSnapshotProperties: use(LEASED, ({ share }, asked) => share.getProperties(conditions(asked))),
  deleteShareSnapshot: use(LEASED, ({ share }, asked) => share.delete(conditions(asked))),

  getFile: use(LEASED, async ({ file }, asked) => drained(await file.download(0, undefined, conditions(asked)))),
  getFileProperties: use(LEASED, ({ file }, asked) => file.getProperties(conditions(asked))),
  listRanges: use(LEASED, ({ file }, asked) => file.getRangeList(conditions(asked))),
  setFileMetadata: use(LEASED, ({ file }, asked) => file.setMetadata(metadata, conditions(asked))),
  setFileProperties: use(LEASED, ({ file }, asked) =>
    file.setHttpHeaders({ fileContentType: 'text/plain' }, conditions(asked)),
  ),
  putRange: use(LEASED, ({ file }, asked) => file.uploadRange(TEXT, 0, TEXT.length, conditions(asked))),
  clearRange: use(LEASED, ({ file }, asked) => file.clearRange(0, FILE_BYTES, conditions(asked))),
  createFile: use(LEASED, ({ file }, asked) =>
    file.create(FILE_BYTES, { ...conditions(asked), fileHttpHeaders: { fileContentType: 'text/plain' } }),
  ),
  copyFile: use({ ...LEASED, source: 'required' }, ({ file, sourceUrl }, asked) =>
    file.startCopyFromURL(sourceUrl, conditions(asked)),
  ),
  abortCopyFile: use(LEASED, ({ file }, asked) => file.abortCopyFromURL(COPY_ID, conditions(asked))),
  renameFile: use({ ...LEASED, source: 'required', sourceLeaseId: 'optional' }, async ({ file, sourceFile }, asked) => {
    const { fileRenameResponse } = await sourceFile!.rename(file.name, {
      replaceIfExists: true,
      destinationLeaseAccessConditions: lease(asked.leaseId),
      sourceLeaseAccessConditions: lease(asked.sourceLeaseId),
    })
    return fileRenameResponse
  }),
  deleteFile: use(LEASED, ({ file }, asked) => file.delete(conditions(asked))),
}
