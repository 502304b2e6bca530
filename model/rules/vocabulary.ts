import type { FeatureValue } from '../features.ts'
import type { LeaseAction } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, recorded } from './evidence.ts'
import { type HeaderClaim, header } from './rule.ts'
import type { SourceKey } from './sources.ts'

/** Sets of feature values that the tables use again and again. */
export const HELD: readonly FeatureValue<'leaseId'>[] = ['held']
export const HELD_OTHERWISE: readonly FeatureValue<'leaseId'>[] = ['held, spelt otherwise']
export const HELD_ANYHOW: readonly FeatureValue<'leaseId'>[] = ['held', 'held, spelt otherwise']
export const ANOTHER: readonly FeatureValue<'leaseId'>[] = ['former', 'fresh']
export const GIVEN: readonly FeatureValue<'leaseId'>[] = [...HELD_ANYHOW, ...ANOTHER]

export const PROPOSED_ANOTHER: readonly FeatureValue<'proposedLeaseId'>[] = [
  'former',
  'fresh',
  'fresh, spelt otherwise',
]
export const PROPOSED: readonly FeatureValue<'proposedLeaseId'>[] = [...HELD_ANYHOW, ...PROPOSED_ANOTHER]

/** Codes of lease operations. Release and renew say that the id is wrong where break and change say that there is no lease. */
export const MISMATCH = 'LeaseIdMismatchWithLeaseOperation'
export const NOT_PRESENT = 'LeaseNotPresentWithLeaseOperation'

/** The REST page on leases of a kind. */
export function leasePage(kind: ResourceKind): SourceKey {
  return kind === 'blob' ? 'lease-blob' : 'lease-container'
}

/** A spelling of the held id: what names its rules, and what is known of them. */
export interface Spelling {
  readonly suffix: string
  readonly ids: readonly FeatureValue<'leaseId'>[]
  /** The evidence that counts for this spelling, of that for the canonical one. */
  readonly known: (...evidence: readonly Evidence[]) => readonly Evidence[]
}

/** The two ways of spelling the held id, so that a table has a row for each. */
export function spellings(kind: ResourceKind): readonly Spelling[] {
  return [
    { suffix: 'held', ids: HELD, known: (...evidence) => evidence },
    { suffix: 'held-spelt-otherwise', ids: HELD_OTHERWISE, known: () => [anySpelling(kind)] },
  ]
}

/** Ids are compared by value, however they are written. */
export function anySpelling(kind: ResourceKind): Evidence {
  return doc(
    leasePage(kind),
    'any form of GUID is accepted; 32-digit ids were recorded to come back hyphenated, and to be accepted in either form',
  )
}

/** Lease operations and reads leave ETag and Last-Modified alone. */
export function contentUnchanged(kind: ResourceKind): readonly HeaderClaim[] {
  const evidence = [doc(leasePage(kind), 'a lease operation does not change them'), recorded()]
  return [header('etag', claim('unchanged', ...evidence)), header('last-modified', claim('unchanged', ...evidence))]
}

/** How many successful lease operations were recorded with their headers, version 2012-02-12 and later. */
const RECORDED_ANSWERS: Readonly<Record<ResourceKind, Readonly<Record<LeaseAction, number>>>> = {
  blob: { acquire: 3433, renew: 417, change: 335, release: 512, break: 581 },
  container: { acquire: 2069, renew: 358, change: 280, release: 420, break: 780 },
}

/**
 * The headers of a lease operation that succeeds. The lease id comes in its canonical spelling, and with the operations that
 * leave the lease held; the lease time comes with a break only.
 */
export function leaseHeaders(
  kind: ResourceKind,
  action: LeaseAction,
  time: readonly HeaderClaim[] = [],
): readonly HeaderClaim[] {
  const evidence = [doc(leasePage(kind)), recorded(RECORDED_ANSWERS[kind][action])]
  const holds = action === 'acquire' || action === 'renew' || action === 'change'
  return [
    header('x-ms-lease-id', claim(holds ? 'the lease id' : 'absent', ...evidence)),
    ...(action === 'break' ? time : [header('x-ms-lease-time', claim('absent', ...evidence))]),
    ...contentUnchanged(kind),
  ]
}

/** What a read reports about the lease. */
export function leaseReport(kind: ResourceKind): readonly HeaderClaim[] {
  const evidence = [doc('get-blob-properties'), recorded(kind === 'blob' ? 640 : 513)]
  return [
    header('x-ms-lease-state', claim('reported state', ...evidence)),
    header('x-ms-lease-status', claim('reported status', ...evidence)),
    header('x-ms-lease-duration', claim('reported duration', ...evidence)),
  ]
}
