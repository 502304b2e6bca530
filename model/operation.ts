import type { Condition } from './condition.ts'
import { type LeaseIdArgument, leaseIdArgument, NO_LEASE_ID } from './lease-id.ts'
import type { ResourceKind, ResourceName } from './resource.ts'
import { NEWEST_VERSION, type ServiceVersion } from './service-version.ts'
import { USES, type Use, type UseClass } from './uses.ts'

export const LEASE_ACTIONS = ['acquire', 'renew', 'change', 'release', 'break'] as const
export type LeaseAction = (typeof LEASE_ACTIONS)[number]

export type OperationClass = LeaseAction | UseClass

export type OperationName = LeaseAction | Use
export const OPERATION_NAMES: readonly OperationName[] = [...LEASE_ACTIONS, ...(Object.keys(USES) as Use[])]

/** What a request carries in a header that holds a number: its text, and the whole number it denotes, if it does. */
export interface NumberArgument {
  readonly text: string
  readonly value: number | undefined
}

/** `x-ms-delete-snapshots` of Delete Share and Delete Blob. */
export const SNAPSHOT_OPTIONS = ['include', 'include-leased'] as const
export type SnapshotOption = (typeof SNAPSHOT_OPTIONS)[number]

/**
 * One request as the server sees it. One shape for every operation, since any header can be sent with any operation; a header
 * that was not sent is `none` or `undefined`.
 */
export interface Operation {
  readonly name: OperationName
  readonly on: ResourceName
  readonly version: ServiceVersion
  /** `x-ms-lease-id`; of a rename `x-ms-destination-lease-id`. */
  readonly leaseId: LeaseIdArgument
  readonly proposedLeaseId: LeaseIdArgument
  /** `x-ms-lease-duration`, seconds. */
  readonly duration: NumberArgument | undefined
  /** `x-ms-lease-break-period`, seconds. */
  readonly breakPeriod: NumberArgument | undefined
  readonly condition: Condition | undefined
  /** What a copy reads, and a rename moves. */
  readonly source: ResourceName | undefined
  /** `x-ms-source-lease-id` of a rename. */
  readonly sourceLeaseId: LeaseIdArgument
  readonly snapshots: SnapshotOption | undefined
  /** The text of `x-ms-lease-action`, where it is not the name of the operation. */
  readonly action: string | undefined
}

/** The header texts of an operation; what is left out is not sent. */
export interface OperationHeaders {
  readonly leaseId?: string | undefined
  readonly proposedLeaseId?: string | undefined
  readonly duration?: string | undefined
  readonly breakPeriod?: string | undefined
  readonly condition?: Condition | undefined
  readonly source?: ResourceName | undefined
  readonly sourceLeaseId?: string | undefined
  readonly snapshots?: SnapshotOption | undefined
  readonly action?: string | undefined
}

export function operation(
  name: OperationName,
  on: ResourceName,
  headers: OperationHeaders = {},
  version: ServiceVersion = NEWEST_VERSION,
): Operation {
  return {
    name,
    on,
    version,
    leaseId: headers.leaseId === undefined ? NO_LEASE_ID : leaseIdArgument(headers.leaseId),
    proposedLeaseId: headers.proposedLeaseId === undefined ? NO_LEASE_ID : leaseIdArgument(headers.proposedLeaseId),
    duration: numberArgument(headers.duration),
    breakPeriod: numberArgument(headers.breakPeriod),
    condition: headers.condition,
    source: headers.source,
    sourceLeaseId: headers.sourceLeaseId === undefined ? NO_LEASE_ID : leaseIdArgument(headers.sourceLeaseId),
    snapshots: headers.snapshots,
    action: headers.action,
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

/** The operations that a kind of resource has. */
export function operationsOf(kind: ResourceKind): readonly OperationName[] {
  return OPERATION_NAMES.filter((name) => isLeaseAction(name) || USES[name].kind === kind)
}

function numberArgument(text: string | undefined): NumberArgument | undefined {
  if (text === undefined) return undefined
  return { text, value: /^-?[0-9]{1,9}$/.test(text) ? Number(text) : undefined }
}
