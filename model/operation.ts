import { type LeaseIdArgument, leaseIdArgument, NO_LEASE_ID } from './lease-id.ts'
import { KINDS, type ResourceKind, type ResourceName } from './resource.ts'

export const LEASE_ACTIONS = ['acquire', 'renew', 'change', 'release', 'break'] as const
export type LeaseAction = (typeof LEASE_ACTIONS)[number]

/**
 * Classes of uses: rules, cells and signatures speak of these, not of single operations.
 * `observe` reads and reports the lease, `read` reads and does not, `list` reports it in a listing and takes no lease id,
 * `create` may make the resource, `write` needs it to exist.
 */
export const USE_CLASSES = ['observe', 'read', 'list', 'write', 'create', 'delete'] as const
export type UseClass = (typeof USE_CLASSES)[number]
export type OperationClass = LeaseAction | UseClass

export interface UseDescription {
  readonly kind: ResourceKind
  readonly class: UseClass
  /** The name in Azure's documentation. */
  readonly title: string
  /** The status of a success. Source: the operation's own REST page, recorded for each. */
  readonly success: number
}

/** Every use that the model knows, and its class. Source: Lease Blob, Lease Container; recorded for each. */
export const USES = {
  getBlob: { kind: 'blob', class: 'observe', title: 'Get Blob', success: 200 },
  getBlobProperties: { kind: 'blob', class: 'observe', title: 'Get Blob Properties', success: 200 },
  getBlobMetadata: { kind: 'blob', class: 'read', title: 'Get Blob Metadata', success: 200 },
  listBlobs: { kind: 'blob', class: 'list', title: 'List Blobs', success: 200 },
  setBlobMetadata: { kind: 'blob', class: 'write', title: 'Set Blob Metadata', success: 200 },
  setBlobProperties: { kind: 'blob', class: 'write', title: 'Set Blob Properties', success: 200 },
  putBlob: { kind: 'blob', class: 'create', title: 'Put Blob', success: 201 },
  deleteBlob: { kind: 'blob', class: 'delete', title: 'Delete Blob', success: 202 },
  getContainerProperties: { kind: 'container', class: 'observe', title: 'Get Container Properties', success: 200 },
  getContainerMetadata: { kind: 'container', class: 'read', title: 'Get Container Metadata', success: 200 },
  getContainerAcl: { kind: 'container', class: 'read', title: 'Get Container ACL', success: 200 },
  setContainerMetadata: { kind: 'container', class: 'write', title: 'Set Container Metadata', success: 200 },
  setContainerAcl: { kind: 'container', class: 'write', title: 'Set Container ACL', success: 200 },
  deleteContainer: { kind: 'container', class: 'delete', title: 'Delete Container', success: 202 },
} as const satisfies Record<string, UseDescription>

export type Use = keyof typeof USES
export type OperationName = LeaseAction | Use
export const OPERATION_NAMES: readonly OperationName[] = [...LEASE_ACTIONS, ...(Object.keys(USES) as Use[])]

/** What a request carries in a header that holds a number: its text, and the whole number it denotes, if it does. */
export interface NumberArgument {
  readonly text: string
  readonly value: number | undefined
}

/**
 * One request as the server sees it. One shape for every operation, since any header can be sent with any operation; a header
 * that was not sent is `none` or `undefined`.
 */
export interface Operation {
  readonly name: OperationName
  readonly on: ResourceName
  readonly leaseId: LeaseIdArgument
  readonly proposedLeaseId: LeaseIdArgument
  /** `x-ms-lease-duration`, seconds. */
  readonly duration: NumberArgument | undefined
  /** `x-ms-lease-break-period`, seconds. */
  readonly breakPeriod: NumberArgument | undefined
}

/** The header texts of an operation; what is left out is not sent. */
export interface OperationHeaders {
  readonly leaseId?: string | undefined
  readonly proposedLeaseId?: string | undefined
  readonly duration?: string | undefined
  readonly breakPeriod?: string | undefined
}

export function operation(name: OperationName, on: ResourceName, headers: OperationHeaders = {}): Operation {
  return {
    name,
    on,
    leaseId: headers.leaseId === undefined ? NO_LEASE_ID : leaseIdArgument(headers.leaseId),
    proposedLeaseId: headers.proposedLeaseId === undefined ? NO_LEASE_ID : leaseIdArgument(headers.proposedLeaseId),
    duration: numberArgument(headers.duration),
    breakPeriod: numberArgument(headers.breakPeriod),
  }
}

export function isLeaseAction(name: OperationName): name is LeaseAction {
  return !(name in USES)
}

const CLASSES = Object.fromEntries(
  OPERATION_NAMES.map((name) => [name, isLeaseAction(name) ? name : USES[name].class]),
) as Readonly<Record<OperationName, OperationClass>>

export function classOf(name: OperationName): OperationClass {
  return CLASSES[name]
}

/**
 * The status with which a use succeeds.
 * @throws Error for a lease action: its rules name their status.
 */
export function successOf(name: OperationName): number {
  if (isLeaseAction(name)) throw new Error(`${name} is no use: its rules name their status`)
  return USES[name].success
}

/** Whether an operation does nothing but read the lease back. */
export function isReadBack(name: OperationName): boolean {
  return classOf(name) === 'observe' || classOf(name) === 'list'
}

/** What people call the operation on this kind of resource, in Azure's words. */
export function titleOf(name: OperationName, kind: ResourceKind): string {
  if (!isLeaseAction(name)) return USES[name].title
  return `Lease ${KINDS[kind].noun} (${name})`
}

/** The operations that a kind of resource has. */
export function operationsOf(kind: ResourceKind): readonly OperationName[] {
  return OPERATION_NAMES.filter((name) => isLeaseAction(name) || USES[name].kind === kind)
}

function numberArgument(text: string | undefined): NumberArgument | undefined {
  if (text === undefined) return undefined
  return { text, value: /^-?[0-9]{1,9}$/.test(text) ? Number(text) : undefined }
}
