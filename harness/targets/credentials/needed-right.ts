import { lettersFor } from '../../../model/access/lease-access.ts'
import { isLeaseAction, type LeaseAction, type OperationName } from '../../../model/operation.ts'
import { KINDS, type ResourceKind } from '../../../model/resource.ts'
import type { Use } from '../../../model/uses.ts'

/** What an operation asks of a shared access signature. */
export interface NeededRight {
  /** The type of resource that an account SAS has to be for: service, container or share, object. */
  readonly resource: 's' | 'c' | 'o'
  /** Letters of which any one is enough; none: no signature permits it. */
  readonly letters: string
  /** Letters that are needed besides, each of them. */
  readonly also?: string
  /** Whether a signature for a container permits it too. */
  readonly service: boolean
}

const object = (letters: string, also = ''): NeededRight => ({ resource: 'o', letters, also, service: true })
const top = (letters: string): NeededRight => ({ resource: 'c', letters, service: false })
const listing: NeededRight = { resource: 's', letters: 'l', service: false }

const READ = object('r')
const WRITE = object('w')
const APPEND = object('aw')
const TAGS = object('t')
/** Who copies has to be able to read the source too, which is in the same account. */
const WRITE_AND_READ = object('w', 'r')
const READ_TOP = top('r')
const WRITE_TOP = top('w')
/** Only the key of the account opens access policies. */
const NEVER = top('')

/**
 * What each use needs. A create-like write needs `w` here and not the `c` that would do for a new blob, since scenarios
 * overwrite. Sources: "Create an account SAS", "Create a service SAS".
 */
const OF_USE: Readonly<Record<Use, NeededRight>> = {
  getBlob: READ,
  getBlobProperties: READ,
  getBlobMetadata: READ,
  getBlobTags: TAGS,
  getBlockList: READ,
  getPageRanges: READ,
  listBlobs: { resource: 'c', letters: 'l', service: true },
  snapshotBlob: object('wc'),
  setBlobMetadata: WRITE,
  setBlobProperties: WRITE,
  appendBlock: APPEND,
  appendBlockFromUrl: object('aw', 'r'),
  sealAppendBlob: APPEND,
  putPage: WRITE,
  clearPage: WRITE,
  putPageFromUrl: WRITE_AND_READ,
  resizePageBlob: WRITE,
  setSequenceNumber: WRITE,
  setBlobTags: TAGS,
  setBlobTier: WRITE,
  putBlob: WRITE,
  putAppendBlob: WRITE,
  putPageBlob: WRITE,
  putBlockList: WRITE,
  putBlobFromUrl: WRITE_AND_READ,
  copyBlobSync: WRITE_AND_READ,
  copyBlob: WRITE_AND_READ,
  putBlock: WRITE,
  putBlockFromUrl: WRITE_AND_READ,
  abortCopyBlob: WRITE,
  deleteBlob: object('d'),
  undeleteBlob: WRITE,
  leaseBlob: WRITE,
  getBlobSnapshot: READ,
  getBlobSnapshotProperties: READ,
  deleteBlobSnapshot: object('d'),

  getContainerProperties: READ_TOP,
  getContainerMetadata: READ_TOP,
  getContainerAcl: NEVER,
  listContainers: listing,
  setContainerMetadata: WRITE_TOP,
  setContainerAcl: NEVER,
  createContainer: top('cw'),
  deleteContainer: top('d'),
  leaseContainer: WRITE_TOP,

  getShareProperties: READ_TOP,
  getShareMetadata: READ_TOP,
  getShareAcl: NEVER,
  getShareStats: READ_TOP,
  listShares: listing,
  snapshotShare: top('cw'),
  setShareMetadata: WRITE_TOP,
  setShareProperties: WRITE_TOP,
  setShareAcl: NEVER,
  createShare: top('cw'),
  deleteShare: top('d'),
  leaseShare: WRITE_TOP,
  getShareSnapshotProperties: READ_TOP,
  deleteShareSnapshot: top('d'),

  getFile: READ,
  getFileProperties: READ,
  getFileMetadata: READ,
  listRanges: READ,
  setFileMetadata: WRITE,
  setFileProperties: WRITE,
  putRange: WRITE,
  clearRange: WRITE,
  createFile: WRITE,
  copyFile: WRITE_AND_READ,
  abortCopyFile: WRITE,
  renameFile: object('w', 'd'),
  deleteFile: object('d'),
  leaseFile: WRITE,
}

/** What an operation asks of a shared access signature. */
export function neededRight(name: OperationName, kind: ResourceKind, version: string): NeededRight {
  return isLeaseAction(name) ? ofLease(name, kind, version) : OF_USE[name]
}

/** A snapshot has no lease, and asking for one is asked for as that of its base is. */
function ofLease(action: LeaseAction, kind: ResourceKind, version: string): NeededRight {
  const { family } = KINDS[kind]
  // A file's lease is never renewed; whoever asks for it all the same asks to write.
  const letters = lettersFor(family, action, 'account', version) || 'w'
  return family === 'blob' || family === 'file' ? object(letters) : top(letters)
}
