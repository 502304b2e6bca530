import type { LeaseId } from './lease-id.ts'
import type { Instant, Span } from './time.ts'

/** The five lease states of a blob, a container and a share. Source: Lease Blob, Lease Container. */
export const LEASE_STATES = ['available', 'leased', 'breaking', 'broken', 'expired'] as const
export type LeaseState = (typeof LEASE_STATES)[number]

/** How long a lease lasts: whole seconds from 15 to 60, or for ever; `unseen` is a number that no request has shown. */
export type LeaseTerm = number | 'unseen' | 'infinite'

/**
 * The lease of one resource. `expires` and `breaks` are spans because on wall time nobody knows at which instant the server
 * started counting. What `available` came from, and that `broken` came by itself, changes no answer of the service; it is
 * kept because a faulty server may tell these apart, so the tours have to visit them separately.
 */
export type Lease =
  | { readonly state: 'available'; readonly since: 'never leased' | 'released' | 'written over' }
  | { readonly state: 'leased'; readonly id: LeaseId; readonly term: 'infinite' }
  | {
      readonly state: 'leased'
      readonly id: LeaseId
      readonly term: Exclude<LeaseTerm, 'infinite'>
      readonly expires: Span
    }
  | { readonly state: 'breaking'; readonly id: LeaseId; readonly breaks: Span }
  | { readonly state: 'broken'; readonly id: LeaseId; readonly ranOut?: Span }
  | {
      readonly state: 'expired'
      readonly id: LeaseId
      readonly term: Exclude<LeaseTerm, 'infinite'>
      readonly ranOut?: Span
    }

export const NEVER_LEASED: Lease = { state: 'available', since: 'never leased' }

/** The instant at which the lease changes by itself, if it ever does. */
export function deadlineOf(lease: Lease): Span | undefined {
  if (lease.state === 'breaking') return lease.breaks
  return lease.state === 'leased' && lease.term !== 'infinite' ? lease.expires : undefined
}

/** The id that the resource remembers; an available one remembers none. */
export function leaseIdOf(lease: Lease): LeaseId | undefined {
  return lease.state === 'available' ? undefined : lease.id
}

/** The same lease with its deadline known more precisely. */
export function withDeadline(lease: Lease, deadline: Span): Lease {
  if (lease.state === 'breaking') return { ...lease, breaks: deadline }
  return lease.state === 'leased' && lease.term !== 'infinite' ? { ...lease, expires: deadline } : lease
}

/** The lease after its deadline has passed. */
export function ranOut(lease: Lease, deadline: Span): Lease {
  if (lease.state === 'breaking') return { state: 'broken', id: lease.id, ranOut: deadline }
  if (lease.state === 'leased' && lease.term !== 'infinite') {
    return { state: 'expired', id: lease.id, term: lease.term, ranOut: deadline }
  }
  return lease
}

/** The lease as it stands at a known instant. Exactly at its deadline a lease has ended. */
export function agedTo(lease: Lease, instant: Instant): Lease {
  const deadline = deadlineOf(lease)
  return deadline !== undefined && instant >= deadline.earliestMs ? ranOut(lease, deadline) : lease
}

/** What a read reports: the values of `x-ms-lease-state`, `x-ms-lease-status`, `x-ms-lease-duration`. */
export interface LeaseReport {
  readonly state: LeaseState
  readonly status: 'locked' | 'unlocked'
  readonly duration: 'fixed' | 'infinite' | 'absent'
}

/** Source: Lease Blob, Get Blob Properties; recorded 88 times that the duration is absent unless leased. */
export function reportOf(lease: Lease): LeaseReport {
  switch (lease.state) {
    case 'leased':
      return { state: 'leased', status: 'locked', duration: lease.term === 'infinite' ? 'infinite' : 'fixed' }
    case 'breaking':
      return { state: 'breaking', status: 'locked', duration: 'absent' }
    case 'available':
    case 'broken':
    case 'expired':
      return { state: lease.state, status: 'unlocked', duration: 'absent' }
    default:
      return lease satisfies never
  }
}
