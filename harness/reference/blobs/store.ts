import type { Resource } from '../../../model/resource.ts'
import type { Instant } from '../../../model/time.ts'
import type { AccessPolicy } from '../authorization/sas-token.ts'
import type { ContentHeaders } from '../content-headers.ts'
import { Ledger } from '../ledger.ts'
import type { Metadata } from '../metadata.ts'
import { noProperties, type ServiceProperties } from '../service-properties.ts'
import type { Tags } from '../tag-expression.ts'
import type { BlobContent } from './content.ts'

/** The blob service of the account. Whether something exists, and its lease, is for the ledger to say. */
export interface BlobStore {
  readonly ledger: Ledger
  readonly containers: Map<string, StoredContainer>
  readonly properties: ServiceProperties
}

export interface StoredContainer {
  readonly name: string
  metadata: Metadata
  publicAccess: 'blob' | 'container' | undefined
  policies: readonly AccessPolicy[]
  readonly blobs: Map<string, StoredBlob>
  /** By the name of the blob, then by the instant that names the snapshot. */
  readonly snapshots: Map<string, Map<string, StoredBlob>>
  /** Deleted softly, so that they can come back. */
  readonly deleted: Map<string, DeletedBlob>
}

export interface StoredBlob {
  /** Undefined while nothing but blocks has been sent. */
  readonly content: BlobContent | undefined
  /** Blocks that no block list has taken up yet. */
  readonly staged: Map<string, Buffer>
  readonly headers: ContentHeaders
  readonly metadata: Metadata
  readonly tags: Tags
  readonly tier: string | undefined
  readonly createdMs: Instant
  readonly copy: CopyRecord | undefined
}

/** The last copy onto a blob or a file. Every copy is complete when its request is answered. */
export interface CopyRecord {
  readonly id: string
  readonly source: string
  readonly completedMs: Instant
  readonly sizeBytes: number
}

export interface DeletedBlob {
  readonly blob: StoredBlob
  readonly snapshots: ReadonlyMap<string, StoredBlob>
  /** The snapshots as the model knew them. */
  readonly snapshotResources: readonly Resource[]
  readonly deletedMs: Instant
  /** From here on it cannot come back. */
  readonly goneMs: Instant
}

export function emptyBlobStore(): BlobStore {
  return { ledger: new Ledger(), containers: new Map(), properties: noProperties() }
}
