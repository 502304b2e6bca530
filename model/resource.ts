import type { Lease } from './lease.ts'
import type { LeaseId } from './lease-id.ts'

/** What can be leased, and snapshots of blobs, which cannot. */
export const RESOURCE_KINDS = ['blob', 'blob-snapshot', 'container', 'share', 'share-snapshot', 'file'] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** The four kinds that people speak of; a snapshot belongs to the family of what it was taken of. */
export const FAMILIES = ['blob', 'container', 'share', 'file'] as const
export type Family = (typeof FAMILIES)[number]
export type Service = 'blob' | 'file'

/** The name of a resource inside its scenario; the harness gives it a real name. */
export type ResourceName = string

/** An uncommitted blob has blocks and no content: nothing but Put Block has been done to it. */
export const EXISTENCES = ['present', 'uncommitted', 'absent'] as const
export type Existence = (typeof EXISTENCES)[number]

export const BLOB_TYPES = ['block', 'append', 'page'] as const
export type BlobType = (typeof BLOB_TYPES)[number]

/** One resource of a world. */
export interface Resource {
  readonly name: ResourceName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
  readonly existence: Existence
  /** What an existing blob is made of. */
  readonly blobType?: BlobType
  /** An append blob that takes no more blocks. */
  readonly isSealed?: true
  readonly lease: Lease
  /** The id that the resource held before the one it remembers now; only the oldest versions renew it, and faulty servers. */
  readonly former?: LeaseId
  /** The ETag and Last-Modified last observed for the present content; unknown until an answer shows them. */
  readonly etag?: string
  readonly lastModified?: string
  /** The latest instant at which the content may have changed last, milliseconds since the epoch; unknown before any answer. */
  readonly changedByMs?: number
  /** Snapshots were taken of it that are not resources of the world. */
  readonly hasSnapshots?: true
  /** A container or share that was there before: its name may not be free yet. */
  readonly deleted?: true
  /** What nobody has seen of it yet: what the other fields say of that is no more than a stand-in. */
  readonly unseen?: Unseen
}

/** What nobody has seen of a resource, because it was there before anybody looked. */
export interface Unseen {
  readonly existence?: true
  /** Its lease; if there is one, its id is one of these or one that no request will carry. */
  readonly lease?: readonly LeaseId[]
  /** Whether it has snapshots, leased or not. */
  readonly snapshots?: true
}

export interface KindDescription {
  /** What it is called, in Azure's words. */
  readonly noun: string
  readonly family: Family
  readonly service: Service
}

export const KINDS: Readonly<Record<ResourceKind, KindDescription>> = {
  blob: { noun: 'blob', family: 'blob', service: 'blob' },
  'blob-snapshot': { noun: 'blob snapshot', family: 'blob', service: 'blob' },
  container: { noun: 'container', family: 'container', service: 'blob' },
  share: { noun: 'share', family: 'share', service: 'file' },
  'share-snapshot': { noun: 'share snapshot', family: 'share', service: 'file' },
  file: { noun: 'file', family: 'file', service: 'file' },
}

/** The kinds of the families that were chosen, in the order of `RESOURCE_KINDS`. */
export function kindsOf(families: readonly Family[]): readonly ResourceKind[] {
  return RESOURCE_KINDS.filter((kind) => families.includes(KINDS[kind].family))
}

/** Limits of `x-ms-lease-duration` and `x-ms-lease-break-period`, in seconds. Sources: Lease Blob, Lease Container. */
export const DURATION_SECONDS = { shortest: 15, longest: 60, infinite: -1 } as const
export const BREAK_PERIOD_SECONDS = { shortest: 0, longest: 60 } as const
