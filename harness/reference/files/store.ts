import type { Instant } from '../../../model/time.ts'
import type { AccessPolicy } from '../authorization/sas-token.ts'
import type { CopyRecord } from '../blobs/store.ts'
import type { ContentHeaders } from '../content-headers.ts'
import { Ledger } from '../ledger.ts'
import type { Metadata } from '../metadata.ts'
import { noProperties, type ServiceProperties } from '../service-properties.ts'
import type { SparseBytes } from '../sparse-bytes.ts'

/** The file service of the account. Whether something exists, and its lease, is for the ledger to say. */
export interface FileStore {
  readonly ledger: Ledger
  readonly shares: Map<string, StoredShare>
  readonly properties: ServiceProperties
}

export interface StoredShare {
  readonly name: string
  properties: ShareProperties
  policies: readonly AccessPolicy[]
  /** Descriptions of who may do what, each named by its place. */
  readonly permissions: string[]
  readonly tree: Tree
  /** By the instant that names the snapshot. */
  readonly snapshots: Map<string, ShareSnapshot>
}

export interface ShareProperties {
  readonly metadata: Metadata
  readonly quotaGiB: number
  readonly accessTier: string
  readonly accessTierChangedMs: Instant
  readonly protocols: string
  readonly rootSquash: string | undefined
}

export interface ShareSnapshot {
  readonly properties: ShareProperties
  readonly tree: Tree
}

/** Directories and files by their paths in lower case, since paths differ by more than case; the root is the empty path. */
export type Tree = Map<string, Entry>
export type Entry = StoredDirectory | StoredFile

/** What directories and files have in common. An entry is never changed in place, but for the bytes of a file. */
export interface EntryProperties {
  /** As it was written when it was created. */
  readonly path: string
  readonly id: string
  readonly metadata: Metadata
  /** Attributes, permission and times of SMB, by the names of their headers. */
  readonly smb: Readonly<Record<string, string>>
}

export interface StoredDirectory extends EntryProperties {
  readonly type: 'directory'
  readonly etag: string
  readonly lastModified: string
}

export interface StoredFile extends EntryProperties {
  readonly type: 'file'
  readonly bytes: SparseBytes
  readonly headers: ContentHeaders
  readonly copy: CopyRecord | undefined
  /** Of a file in a snapshot, which the ledger does not know. */
  readonly frozen?: { readonly etag: string; readonly lastModified: string }
}

export function emptyFileStore(): FileStore {
  return { ledger: new Ledger(), shares: new Map(), properties: noProperties() }
}
