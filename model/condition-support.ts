import { CONDITION_HEADERS, type ConditionHeader } from './condition.ts'
import { classOf, isLeaseAction, type OperationClass, type OperationName, operationsOf } from './operation.ts'
import type { ResourceKind } from './resource.ts'
import { NEWEST_VERSION, type ServiceVersion } from './service-version.ts'

/**
 * Which conditional headers each operation is documented to take; one that is not listed takes none. Sources: Specifying
 * conditional headers for Blob service operations, Append Blob Seal; the pages of the file service name none.
 */
const DATES: readonly ConditionHeader[] = ['if-modified-since', 'if-unmodified-since']
const TAGS: readonly ConditionHeader[] = ['x-ms-if-tags']
const ETAGS_AND_DATES: readonly ConditionHeader[] = ['if-match', 'if-none-match', ...DATES]
const ALL: readonly ConditionHeader[] = [...ETAGS_AND_DATES, ...TAGS]

const BY_LEASE_ACTIONS: Readonly<Partial<Record<ResourceKind, readonly ConditionHeader[]>>> = {
  blob: ALL,
  container: DATES,
}

const BY_USE: Readonly<Partial<Record<OperationName, readonly ConditionHeader[]>>> = {
  getBlob: ALL,
  getBlobProperties: ALL,
  getBlobMetadata: ALL,
  getBlobTags: TAGS,
  getBlockList: TAGS,
  getPageRanges: ALL,
  snapshotBlob: ALL,
  setBlobMetadata: ALL,
  setBlobProperties: ALL,
  resizePageBlob: ALL,
  setSequenceNumber: ALL,
  setBlobTags: TAGS,
  setBlobTier: TAGS,
  appendBlock: ALL,
  appendBlockFromUrl: ALL,
  sealAppendBlob: ETAGS_AND_DATES,
  putPage: ALL,
  clearPage: ALL,
  putPageFromUrl: ALL,
  putBlob: ALL,
  putAppendBlob: ALL,
  putPageBlob: ALL,
  putBlockList: ALL,
  putBlobFromUrl: ALL,
  copyBlobSync: ALL,
  copyBlob: ALL,
  deleteBlob: ALL,
  getBlobSnapshot: ALL,
  getBlobSnapshotProperties: ALL,
  deleteBlobSnapshot: ALL,
  setContainerMetadata: ['if-modified-since'],
  setContainerAcl: DATES,
  deleteContainer: DATES,
}

/** Before this version no operation knows conditions on tags. */
const TAGS_FROM: ServiceVersion = '2019-12-12'

/** Whether an operation on a kind of resource is documented to take a conditional header in a version. */
export function takesCondition(
  name: OperationName,
  kind: ResourceKind,
  header: ConditionHeader,
  version: ServiceVersion,
): boolean {
  if (header === 'x-ms-if-tags' && version < TAGS_FROM) return false
  const taken = isLeaseAction(name) ? BY_LEASE_ACTIONS[kind] : BY_USE[name]
  return taken?.includes(header) ?? false
}

/** Whether any operation of a class on a kind of resource is documented to take a conditional header. */
export function takesConditions(of: OperationClass, kind: ResourceKind): boolean {
  return operationsOf(kind).some(
    (name) =>
      classOf(name) === of && CONDITION_HEADERS.some((header) => takesCondition(name, kind, header, NEWEST_VERSION)),
  )
}
