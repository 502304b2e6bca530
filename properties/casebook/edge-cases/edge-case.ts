/**
 * A question that people ask about leases. The sentences are written by hand; what the service answers in each scene is
 * written beside them and held against the model by a test, so a changed rule cannot leave a wrong sentence behind.
 */
export interface EdgeCase {
  /** Names its place on the page. */
  readonly id: string
  readonly question: string
  readonly answer: string
  readonly scenes: readonly Scene[]
}

/** One request in one situation, on one kind of resource. */
export interface Scene {
  /** What is done, for readers. */
  readonly what: string
  /** A replay token; its last request is the one that is asked about. */
  readonly token: string
  /** What may be answered to it, as `answersInWords` tells it. */
  readonly says: string
  /** The lease afterwards as `leaseInWords` tells it, where it is the point of the question. */
  readonly after?: string
  /** The value of `x-ms-lease-time`, where it is the point of the question. */
  readonly leaseTime?: string
}

/** The same scene in several worlds, which answer alike. */
export function scenes(
  what: string,
  worlds: readonly string[],
  path: string,
  says: string,
  shows: Pick<Scene, 'after' | 'leaseTime'> = {},
): readonly Scene[] {
  return worlds.map((world) => ({ what, token: `lc1/${world}/${path}`, says, ...shows }))
}

/** The kinds whose leases can end by themselves, and all that can be leased. */
export const TIMED = ['blob', 'container', 'share'] as const
export const ALL = ['blob', 'container', 'share', 'file'] as const

/** Steps that scenes begin with. */
export const LEASED = 'acquire,proposed=A,duration=15'
export const LEASED_FOR_EVER = 'acquire,proposed=A,duration=-1'
export const EXPIRED = `${LEASED}/wait,deadline+1000ms`
