import { isWait, type Scenario } from '../../../model/scenario.ts'
import { inOrder } from '../in-order.ts'
import type { Played } from '../play-scenario.ts'
import { ownAmongChosen } from '../shards/own-among-chosen.ts'
import { isDealtTo } from '../shards/shard.ts'
import { chosenForTwins, compared, type TwinPlan, twinPlans } from '../twins.ts'
import type { Phase } from './phase.ts'
import { isTimeUp, untilTimeIsUp } from './time-limit.ts'

/** Of so many scenarios of a round the twins are played. */
const MAX_TWINNED = 4

/** Plays random scenarios round by round, and twins of some: as many as were planned, or as there is time for. */
export async function wander(phase: Phase): Promise<void> {
  const { plan, untilMs, servers } = phase
  const most = untilMs === undefined ? plan.runs : Number.POSITIVE_INFINITY
  for (let round = 0, done = 0; done < most && !isTimeUp(untilMs); round++) {
    const scenarios = plan.random(round, most - done)
    await playTwins(phase, twinPlans(await playRound(phase, scenarios, done)))
    done += scenarios.length
    await servers.replaceFull()
  }
}

/**
 * Plays a round, a shard its part of it, and gives the plays that get twins.
 * @param before how many random scenarios there were before this round
 */
async function playRound(phase: Phase, round: readonly Scenario[], before: number): Promise<readonly Played[]> {
  const { plan, play, inFlight, untilMs, intake } = phase
  const shard = plan.share?.shard
  const candidates = round.flatMap((whole, place) => {
    const scenario = intake.obstacles.upToObstacle(whole)
    const isOwn = shard === undefined || isDealtTo(shard, before + place)
    return scenario.steps.some((step) => !isWait(step)) ? [{ scenario, isOwn }] : []
  })
  const own = candidates.flatMap(({ scenario, isOwn }) => (isOwn ? [scenario] : []))
  const plays: Played[] = []
  for await (const played of inOrder(untilTimeIsUp(own, untilMs), inFlight, play)) {
    intake.take(played, 'random')
    plays.push(played)
  }
  if (shard === undefined) return chosenForTwins(plays, MAX_TWINNED)
  return isTimeUp(untilMs) ? [] : ownAmongChosen(candidates, plays, MAX_TWINNED, play)
}

async function playTwins({ play, inFlight, untilMs, intake }: Phase, plans: readonly TwinPlan[]): Promise<void> {
  intake.expect(plans.length)
  const all = inOrder(untilTimeIsUp(plans, untilMs), inFlight, (plan) => compared(plan, play))
  for await (const twinned of all) intake.takeTwin(twinned, 'twins')
}
