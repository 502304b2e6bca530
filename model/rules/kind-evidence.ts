import type { FeatureValue } from '../features.ts'
import type { ResourceKind } from '../resource.ts'
import { doc, type Evidence, recorded, sdkTest } from './evidence.ts'
import type { SourceKey } from './sources.ts'
import { HELD, HELD_OTHERWISE } from './vocabulary.ts'

const LEASE_PAGES: Readonly<Record<ResourceKind, SourceKey>> = {
  blob: 'lease-blob',
  'blob-snapshot': 'lease-blob',
  container: 'lease-container',
  share: 'lease-share',
  'share-snapshot': 'lease-share',
  file: 'lease-file',
}

/** The REST page on leases of a kind. */
export function leasePage(kind: ResourceKind): SourceKey {
  return LEASE_PAGES[kind]
}

/** How often something was recorded, by kind; of a kind that is left out it never was. */
export type Counts = Readonly<Partial<Record<ResourceKind, number>>>

/**
 * The recordings that speak for a kind: none, where there are none of that very kind. Recordings of share snapshots were
 * counted with those of shares; the counts of share snapshots are of the sessions that name them.
 */
export function recordedAs(kind: ResourceKind, counts: Counts, note?: string): readonly Evidence[] {
  const count = counts[kind]
  return count === undefined ? [] : [recorded(count, note)]
}

/** The lease tests that ran against the live service; those of the .NET client are about blobs and containers. */
export function leaseTests(
  kind: ResourceKind,
  tested: readonly ResourceKind[] = ['blob', 'container'],
): readonly Evidence[] {
  return tested.includes(kind) ? [sdkTest('net-v11-lease-tests')] : []
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
  const seen = kind === 'blob' || kind === 'container'
  return doc(
    leasePage(kind),
    seen
      ? 'any form of GUID is accepted; 32-digit ids were recorded to come back hyphenated, and to be accepted in either form'
      : 'any form of GUID is accepted',
  )
}
