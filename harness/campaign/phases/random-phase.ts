import { isWait, type Scenario } from '../../../model/scenario.ts'
import { inOrder } from '../in-order.ts'
import type { Played } from '../play-scenario.ts'
import { compared, type TwinPlan, twinPlans } from '../twins.ts'
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
    done += scenarios.length
    await playTwins(phase, twinPlans(await playRound(phase, scenarios), MAX_TWINNED))
    await servers.replaceFull()
  }
}

async function playRound(phase: Phase, scenarios: readonly Scenario[]): Promise<readonly Played[]> {
  const { play, inFlight, untilMs, intake } = phase
  const open = scenarios
    .map((scenario) => intake.obstacles.upToObstacle(scenario))
    .filter(({ steps }) => steps.some((step) => !isWait(step)))
  const plays: Played[] = []
  for await (const played of inOrder(untilTimeIsUp(open, untilMs), inFlight, play)) {
    intake.take(played, 'random')
    plays.push(played)
  }
  return plays
}

async function playTwins({ play, inFlight, untilMs, intake }: Phase, plans: readonly TwinPlan[]): Promise<void> {
  intake.expect(plans.length)
  const all = inOrder(untilTimeIsUp(plans, untilMs), inFlight, (plan) => compared(plan, play))
  for await (const twinned of all) intake.takeTwin(twinned, 'twins')
}
