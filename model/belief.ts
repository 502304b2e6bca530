import type { CompiledRules } from './compiled-rules.ts'
import type { Operation } from './operation.ts'
import type { Resource } from './resource.ts'
import { type Response, respond } from './respond.ts'
import type { Outcome } from './rules/rule.ts'
import { situations } from './situation.ts'
import type { Instant, Span } from './time.ts'
import type { World } from './world.ts'
import { worldAfter } from './world-after.ts'

/** A world that the server may be in, and the requests that may still act in it because their answer never came. */
export interface BelievedWorld {
  readonly world: World
  readonly pending: readonly Pending[]
}

/** A request whose outcome is unknown: it may act at any instant from `sentMs` on, or never. */
export interface Pending {
  readonly operation: Operation
  readonly sentMs: Instant
}

/** The finite set of worlds that explain everything observed so far. */
export type Belief = readonly BelievedWorld[]

/** Beyond so many worlds a verdict is `unknown` rather than slow. */
export const MAX_WORLDS = 256

export function certain(world: World): Belief {
  return [{ world, pending: [] }]
}

/** The belief after a request went out whose answer never came. */
export function withPending(belief: Belief, operation: Operation, sentMs: Instant): Belief {
  return belief.map(({ world, pending }) => ({ world, pending: [...pending, { operation, sentMs }] }))
}

/**
 * The worlds in which the server may be when it acts somewhere inside `window`: any of the pending requests may have acted
 * before, in any order. `undefined` if there are too many to follow.
 */
export function settled(rules: CompiledRules, belief: Belief, window: Span, drift: number): Belief | undefined {
  if (belief.every(({ pending }) => pending.length === 0)) return belief
  const reached = new Map<string, BelievedWorld>()
  const open = [...belief]
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const key = JSON.stringify([each.world, each.pending])
    if (reached.has(key)) continue
    if (reached.size >= MAX_WORLDS) return undefined
    reached.set(key, each)
    for (const acting of each.pending) open.push(...afterPending(rules, each, acting, window, drift))
  }
  return [...reached.values()]
}

function afterPending(rules: CompiledRules, from: BelievedWorld, acting: Pending, window: Span, drift: number): Belief {
  const pending = from.pending.filter((each) => each !== acting)
  const when = { earliestMs: acting.sentMs, latestMs: window.latestMs }
  return situations(from.world, acting.operation, when, drift).flatMap((situation) =>
    outcomesOf(respond(rules, situation)).map((outcome) => ({ world: worldAfter(situation, outcome), pending })),
  )
}

function outcomesOf({ outcomes, otherwise }: Response): readonly Outcome[] {
  return otherwise === undefined ? outcomes : [...outcomes, ...outcomesOf(otherwise)]
}

/** The belief without worlds that cannot be told apart. */
export function distinct(belief: Belief): Belief {
  if (belief.length < 2) return belief
  return [...new Map(belief.map((each) => [keyOf(each), each])).values()]
}

/** Worlds of a belief share most of their resources, so what tells a resource from others is written down once. */
const KEYS = new WeakMap<Resource, string>()

/** A resource without what no answer of the service depends on: how it came to be available, and that it was there before it is again. */
function told({ lease, deleted, ...resource }: Resource): object {
  const isMissing = deleted === true && resource.existence === 'absent'
  return { ...resource, lease: lease.state === 'available' ? 'available' : lease, isMissing }
}

function keyOf({ world, pending }: BelievedWorld): string {
  let key = pending.length === 0 ? '' : JSON.stringify(pending)
  for (const resource of world) {
    let own = KEYS.get(resource)
    if (own === undefined) {
      own = JSON.stringify(told(resource))
      KEYS.set(resource, own)
    }
    key += own
  }
  return key
}
