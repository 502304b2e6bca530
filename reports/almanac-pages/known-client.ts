import type { CellCounts } from '../cell-results.ts'
import type { Topic } from '../topic-tally.ts'
import type { KnownDivergence } from './almanac-data.ts'

/** A client library, and what is known of the versions of it that were checked in front of the reference server. */
export interface KnownClient {
  readonly driver: string
  /** Newest first; never empty. */
  readonly versions: readonly KnownClientVersion[]
  readonly divergences: readonly DivergenceOfClient[]
}

/** One version of a library, cell by cell. */
export interface KnownClientVersion {
  /** Its packages with their versions. */
  readonly client: string
  /** The versions alone, in short. */
  readonly label: string
  readonly apiVersion: string
  readonly families: readonly string[]
  readonly topics: readonly TopicOfClient[]
  /** The operations that it has no call for in any state, in Azure's words. */
  readonly without: readonly { readonly kind: string; readonly title: string }[]
}

/** What became of the cells of one operation, or one class of uses. */
export interface TopicOfClient extends Topic {
  readonly counts: CellCounts
  /** A scenario that ends with a request that it has no call for, as a replay token. */
  readonly example: string | undefined
}

/** An entry of the library's baseline. */
export interface DivergenceOfClient extends Omit<KnownDivergence, 'target'> {
  /** The versions in which it was seen, in short. */
  readonly versions: readonly string[]
}
