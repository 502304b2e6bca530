import type { Scenario } from '../../../model/scenario.ts'
import { subjectOf } from '../../../model/world.ts'
import { isComparable } from '../contrast.ts'
import type { Played } from '../play-scenario.ts'

/** A scenario of a round, and whether it is this shard that has played it. */
export interface Candidate {
  readonly scenario: Scenario
  readonly isOwn: boolean
}

/** So many scenarios of other shards are played to find out who gets the twins of a round. */
const MAX_FOREIGN = 12

/**
 * Which plays of a shard get twins. The first comparable plays of a whole round get them, of each kind of resource in turn, so
 * those of other shards that come before are played here too: nothing is told of them, and nothing counts them. On a target
 * that hardly ever agrees there is an end to that, and a shard would rather play a twin too many than miss one.
 * @param candidates the whole round, in its order
 * @param plays those of the own ones, in the same order
 * @param most how many plays of the whole round get twins
 */
export async function ownAmongChosen(
  candidates: readonly Candidate[],
  plays: readonly Played[],
  most: number,
  play: (scenario: Scenario) => Promise<Played>,
): Promise<readonly Played[]> {
  if (!plays.some((each) => isComparable(each.play))) return []
  const own = [...plays]
  let foreign = 0
  const known = candidates.map((candidate, place) => ({
    candidate,
    place,
    played: candidate.isOwn ? own.shift() : undefined,
  }))
  const queues = [...Map.groupBy(known, ({ candidate }) => subjectOf(candidate.scenario.world).kind).values()]
  const chosen: { readonly place: number; readonly played: Played; readonly isOwn: boolean }[] = []
  const next = async (queue: typeof known) => {
    for (let first = queue.shift(); first !== undefined; first = queue.shift()) {
      const { candidate, place } = first
      if (!candidate.isOwn && foreign++ >= MAX_FOREIGN) continue
      const played = candidate.isOwn ? first.played : await play(candidate.scenario)
      if (played !== undefined && isComparable(played.play)) return { place, played, isOwn: candidate.isOwn }
    }
    return undefined
  }
  let inTurn = queues
  while (chosen.length < most && inTurn.length > 0) {
    const found = await Promise.all(inTurn.map(async (queue) => ({ queue, best: await next(queue) })))
    const rank = found.flatMap(({ queue, best }) => (best === undefined ? [] : [{ queue, best }]))
    // Kinds take turns in the order in which they came first.
    if (chosen.length === 0) rank.sort((a, b) => a.best.place - b.best.place)
    chosen.push(...rank.map(({ best }) => best))
    inTurn = rank.map(({ queue }) => queue)
  }
  return chosen.slice(0, most).flatMap(({ played, isOwn }) => (isOwn ? [played] : []))
}
