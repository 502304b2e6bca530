import type { StepVerdict } from '../../../model/judge.ts'
import type { Hindrance } from '../verifying/hindrance.ts'
import type { Met } from '../verifying/met.ts'
import type { Told } from './lane-knowledge.ts'

/** What a request turned out to be for one lane. */
export type Deed =
  | Judgeable
  /** Something may have been done that nobody can tell; `later`: or will be, since it was never answered. */
  | { readonly is: 'loss'; readonly later: boolean }
  | { readonly is: 'nothing' }

/** Everything is known that the judge has to know; an exchange without an answer may still be served. */
export interface Judgeable {
  readonly is: 'judgeable'
  readonly told: Told
  /** The resources that it is about, and what they are in. */
  readonly members: readonly Met[]
  /** Whether it may have changed something. */
  readonly changes: boolean
  /** Hears what is said of it; absent where it only tells what became of the container or share. */
  readonly heard?: ((said: Said) => void) | undefined
}

export type Said = { readonly verdict: StepVerdict } | { readonly why: Hindrance }

export const NOTHING: Deed = { is: 'nothing' }

export function changes(deed: Deed): boolean {
  return deed.is === 'loss' || (deed.is === 'judgeable' && deed.changes)
}
