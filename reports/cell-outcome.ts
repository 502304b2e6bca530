import type { Signature } from './results.ts'

/** A divergence as a cell shows it. */
export interface CellDivergence extends Signature {
  readonly expected: string
}

/** What a run has shown of one cell. */
export type CellOutcome =
  | { readonly outcome: 'agreed' }
  | {
      readonly outcome: 'diverged'
      /** Each distinct one, in a fixed order. */
      readonly divergences: readonly CellDivergence[]
      /** Whether some plays met the cell and agreed: the target tells apart what the cell does not. */
      readonly alsoAgreed: boolean
    }
  /** It can be reached only through a divergence that leaves the state of the server unknown, or that the client never sends. */
  | { readonly outcome: 'masked'; readonly by: Signature }
  /** The target does not know the operation. */
  | { readonly outcome: 'not implemented'; readonly by: Signature }
  /** The driver has no call for it. */
  | { readonly outcome: 'not expressible' }
  | { readonly outcome: 'not reached'; readonly because: 'nothing led there' | 'it was not looked for' }

/** What a cell is about: its kind and class, as `blob acquire`. */
export function topicOf(cell: string): string {
  return cell.split(' | ', 1)[0]!
}

/** The kind of resource of a cell, as `blob` or `blob-snapshot`. */
export function kindOfCell(cell: string): string {
  return cell.split(' ', 1)[0]!
}
