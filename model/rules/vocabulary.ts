import type { FeatureValue } from '../features.ts'
import type { LeaseAction } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, recorded, sdkTest } from './evidence.ts'
import { type HeaderClaim, header, type Outcome, refusal } from './rule.ts'
import type { SourceKey } from './sources.ts'

/** Sets of feature values that the tables use again and again. */
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

/** Codes of lease operations. Release and renew say that the id is wrong where break and change say that there is no lease. */
export const MISMATCH = 'LeaseIdMismatchWithLeaseOperation'
export const NOT_PRESENT = 'LeaseNotPresentWithLeaseOperation'

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

/**
 * A lease operation that is refused: the page of the kind tells the status, tests and recordings the code, which the page of
 * error codes explains for blobs and containers only. Where nothing is known of this kind, the code is taken to be that of
 * containers, whose table shares and files have.
 */
export function conflict(kind: ResourceKind, code: string, ...known: readonly Evidence[]): Outcome {
  const explained = kind === 'blob' || kind === 'container' ? [doc('blob-error-codes')] : []
  const told = [...explained, ...known.filter((each) => each.kind !== 'doc')]
  return refusal(
    claim(409, doc(leasePage(kind)), ...known),
    claim(code, ...(told.length === 0 ? [inferred('as for a container')] : told)),
  )
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

/** Lease operations and reads leave ETag and Last-Modified alone. */
export function contentUnchanged(kind: ResourceKind): readonly HeaderClaim[] {
  const evidence = [doc(leasePage(kind), 'a lease operation does not change them'), recorded()]
  return [header('etag', claim('unchanged', ...evidence)), header('last-modified', claim('unchanged', ...evidence))]
}

/** How many successful lease operations were recorded with their headers, version 2012-02-12 and later. */
const RECORDED_ANSWERS: Readonly<Record<LeaseAction, Counts>> = {
  acquire: { blob: 3433, container: 2069, share: 178, 'share-snapshot': 4, file: 274 },
  renew: { blob: 417, container: 358, share: 26 },
  change: { blob: 335, container: 280, share: 20, file: 22 },
  release: { blob: 512, container: 420, share: 72, 'share-snapshot': 4, file: 33 },
  break: { blob: 581, container: 780, share: 38, file: 26 },
}

/**
 * The headers of a lease operation that succeeds. The lease id comes in its canonical spelling, and with the operations that
 * leave the lease held; the lease time comes with a break only, and with the release of a share.
 */
export function leaseHeaders(
  kind: ResourceKind,
  action: LeaseAction,
  time: readonly HeaderClaim[] = [],
): readonly HeaderClaim[] {
  const evidence = [doc(leasePage(kind)), ...recordedAs(kind, RECORDED_ANSWERS[action])]
  const holds = action === 'acquire' || action === 'renew' || action === 'change'
  return [
    header('x-ms-lease-id', claim(holds ? 'the lease id' : 'absent', ...evidence)),
    ...(action === 'break' ? time : [timeWithout(kind, action, evidence)]),
    ...contentUnchanged(kind),
  ]
}

function timeWithout(kind: ResourceKind, action: LeaseAction, evidence: readonly Evidence[]): HeaderClaim {
  const isShare = kind === 'share' || kind === 'share-snapshot'
  if (action !== 'release' || !isShare) return header('x-ms-lease-time', claim('absent', ...evidence))
  const known = recordedAs(kind, { share: 20, 'share-snapshot': 4 }, 'the page says that only a break answers it')
  return header('x-ms-lease-time', claim('0', ...known))
}

/** The page that describes the lease headers of a read. */
const PROPERTIES_PAGES: Readonly<Record<ResourceKind, SourceKey>> = {
  blob: 'get-blob-properties',
  'blob-snapshot': 'get-blob-properties',
  container: 'get-blob-properties',
  share: 'get-share-properties',
  'share-snapshot': 'get-share-properties',
  file: 'get-file-properties',
}

/** What a read reports about the lease. */
export function leaseReport(kind: ResourceKind): readonly HeaderClaim[] {
  const evidence = [
    doc(PROPERTIES_PAGES[kind]),
    ...recordedAs(kind, { blob: 640, container: 513, share: 22, 'share-snapshot': 14, file: 101 }),
  ]
  return [
    header('x-ms-lease-state', claim('reported state', ...evidence)),
    header('x-ms-lease-status', claim('reported status', ...evidence)),
    header('x-ms-lease-duration', claim('reported duration', ...evidence)),
  ]
}
