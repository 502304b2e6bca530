import type { FeatureValue } from '../features.ts'

/** The ids that a request may carry. A header without text that gets past the syntax counts as none. */
export const NOT_GIVEN: readonly FeatureValue<'leaseId'>[] = ['none', 'empty']
export const HELD: readonly FeatureValue<'leaseId'>[] = ['held']
export const HELD_OTHERWISE: readonly FeatureValue<'leaseId'>[] = ['held, spelt otherwise']
export const HELD_ANYHOW: readonly FeatureValue<'leaseId'>[] = ['held', 'held, spelt otherwise']
export const ANOTHER: readonly FeatureValue<'leaseId'>[] = ['former', 'fresh']
export const GIVEN: readonly FeatureValue<'leaseId'>[] = [...HELD_ANYHOW, ...ANOTHER]

export const NOT_PROPOSED: readonly FeatureValue<'proposedLeaseId'>[] = ['none', 'empty']
export const PROPOSED_ANOTHER: readonly FeatureValue<'proposedLeaseId'>[] = [
  'former',
  'fresh',
  'fresh, spelt otherwise',
]
export const PROPOSED: readonly FeatureValue<'proposedLeaseId'>[] = [...HELD_ANYHOW, ...PROPOSED_ANOTHER]

export const LOCKED: readonly FeatureValue<'state'>[] = ['leased', 'breaking']
export const UNLOCKED: readonly FeatureValue<'state'>[] = ['available', 'broken', 'expired']
/** The lease is over, and its id is remembered. */
export const ENDED: readonly FeatureValue<'state'>[] = ['broken', 'expired']

/** Codes of uses, the same for every kind of resource: the id of the lease is missing, or the lease is over. */
export const ID_MISSING = 'LeaseIdMissing'
export const LOST = 'LeaseLost'
