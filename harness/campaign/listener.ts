import type { Play } from '../../properties/play.ts'
import type { Bucket, ResultEvent } from '../../reports/results.ts'

/** Who hears what a campaign tells while it runs. */
export interface Listener {
  /** A line of the results, in an order that does not depend on timing. */
  readonly event: (event: ResultEvent) => void
  /** A new bucket, as soon as it has been shrunk. */
  readonly found: (bucket: Bucket) => void
  /** A play that counts, in the same order as its event. */
  readonly played?: (play: Play) => void
  readonly progress: (state: Progress) => void
}

export interface Progress {
  readonly phase: 'baseline' | 'tour' | 'random' | 'twins' | 'hostile'
  readonly scenarios: number
  readonly planned: number
  readonly requests: number
  readonly cells: number
}
