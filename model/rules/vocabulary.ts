import type { FeatureValue } from '../features.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded } from './evidence.ts'
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
  const evidence = [
    doc(leasePage(kind), 'a lease operation does not change them'),
    recorded(kind === 'blob' ? 3083 : 2214),
  ]
  return [header('etag', claim('unchanged', ...evidence)), header('last-modified', claim('unchanged', ...evidence))]
}

/** `x-ms-lease-id` on success: the id in its canonical spelling, or nothing. */
export function leaseIdHeader(kind: ResourceKind, expected: 'the lease id' | 'absent', count: number): HeaderClaim {
  return header('x-ms-lease-id', claim(expected, doc(leasePage(kind)), recorded(count)))
}

export const NO_LEASE_TIME: HeaderClaim = header(
  'x-ms-lease-time',
  claim('absent', doc('lease-blob', 'only a break returns it'), recorded(4000)),
)

/** What a read reports about the lease. */
export function leaseReport(): readonly HeaderClaim[] {
  const evidence = [doc('get-blob-properties'), recorded(900), inferred('for a listing: the same elements')]
  return [
    header('x-ms-lease-state', claim('reported state', ...evidence)),
    header('x-ms-lease-status', claim('reported status', ...evidence)),
    header('x-ms-lease-duration', claim('reported duration', ...evidence)),
  ]
}
