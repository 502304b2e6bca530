import type { CellResults } from '../../../reports/cell-results.ts'
import type { Footer, Header, ResultEvent, ShardOfRun } from '../../../reports/results.ts'

/** What a shard has left behind. */
export interface ShardResults {
  /** What to call it, for people. */
  readonly file: string
  readonly header: Header & { readonly shard: ShardOfRun }
  readonly events: readonly ResultEvent[]
  /** Missing if the shard was cut off: what it saw until then cannot be counted on. */
  readonly end: { readonly footer: Footer; readonly cells: CellResults } | undefined
}

/** A shard that came to its end, in whatever way. */
export type EndedShard = ShardResults & { readonly end: NonNullable<ShardResults['end']> }

export function hasEnded(shard: ShardResults): shard is EndedShard {
  return shard.end !== undefined
}
