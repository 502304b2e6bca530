import type { Visit } from '../../../model/machine.ts'
import type { Leg } from '../../../properties/leg.ts'
import { inOrder } from '../in-order.ts'
import type { Phase } from './phase.ts'
import { playLeg } from './play-leg.ts'
import { isTimeUp, untilTimeIsUp } from './time-limit.ts'

/** How often the tour goes around divergences before it leaves what is left unreached. */
const MAX_DETOURS = 12

/**
 * Takes a planned tour, then, if anything stood in its way, tours of what divergences kept from being reached, around them.
 * @param belongs whether a visit is one for this tour.
 * @param take plays some legs of it.
 */
export async function takeTour(
  phase: Phase,
  legs: readonly Leg[],
  belongs: (visit: Visit) => boolean,
  take: (phase: Phase, legs: readonly Leg[]) => Promise<void>,
): Promise<void> {
  const { plan, untilMs, intake } = phase
  const { cells } = intake.ledger.coverage
  const isOwn = plan.share?.goesAround ?? (() => true)
  await take(phase, legs)
  for (let detour = 0; detour < MAX_DETOURS && !isTimeUp(untilMs) && !intake.obstacles.isClear; detour++) {
    const left = intake.obstacles.detours(
      plan,
      (visit) => plan.wanted(visit) && belongs(visit) && !cells.has(visit.cell) && isOwn(visit.cell),
    )
    if (left.length === 0) return
    intake.expect(left.length)
    await take(phase, left)
  }
}

/** Legs that harm no server: many at once, told as they come. */
export async function takeLegs(phase: Phase, legs: readonly Leg[]): Promise<void> {
  const { play, inFlight, untilMs, intake } = phase
  for await (const played of inOrder(untilTimeIsUp(legs, untilMs), inFlight, (leg) => playLeg(leg, play))) {
    for (const each of played) intake.take(each, 'tour')
  }
}
