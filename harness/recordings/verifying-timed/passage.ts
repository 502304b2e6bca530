import type { Instant } from '../../../model/time.ts'

/** A request on its way to the server and back. */
export interface Passage {
  readonly number: number
  /** When it began: no later than it was sent. */
  beganMs: Instant
  /** When the server had acted, at the latest; undefined as long as that is not known. */
  actedMs: Instant | undefined
}

/** Whether the server may have acted on either of two requests first. */
export function overlaps(a: Passage, b: Passage): boolean {
  return a.beganMs <= endOf(b) && b.beganMs <= endOf(a)
}

export function endOf({ actedMs }: Passage): Instant {
  return actedMs ?? Number.POSITIVE_INFINITY
}
