import type { Lease } from './lease.ts'
import type { LeaseId } from './lease-id.ts'

export const RESOURCE_KINDS = ['blob', 'container'] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** The name of a resource inside its scenario; the harness gives it a real name. */
export type ResourceName = string

/** One resource of a world. */
export interface Resource {
  readonly name: ResourceName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
  readonly existence: 'present' | 'absent'
  readonly lease: Lease
  /** The id that the resource held before the one it remembers now; no rule reads it, a faulty server may. */
  readonly former?: LeaseId
  /** The ETag and Last-Modified last observed for the present content; unknown until an answer shows them. */
  readonly etag?: string
  readonly lastModified?: string
  /** The latest instant at which the content may have changed last, milliseconds since the epoch; unknown before any answer. */
  readonly changedByMs?: number
}

/** What a kind of resource is called, in Azure's words. */
export const KINDS: Readonly<Record<ResourceKind, { readonly noun: string }>> = {
  blob: { noun: 'Blob' },
  container: { noun: 'Container' },
}

/** Limits of `x-ms-lease-duration` and `x-ms-lease-break-period`, in seconds. Sources: Lease Blob, Lease Container. */
export const DURATION_SECONDS = { shortest: 15, longest: 60, infinite: -1 } as const
export const BREAK_PERIOD_SECONDS = { shortest: 0, longest: 60 } as const
