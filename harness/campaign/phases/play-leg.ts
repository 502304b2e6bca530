import type { Scenario } from '../../../model/scenario.ts'
import type { Leg } from '../../../properties/leg.ts'
import type { Play } from '../../../properties/play.ts'
import type { Played } from '../play-scenario.ts'

/** Plays a leg of a tour, and what is left of it behind each divergence that cut it short. */
export async function playLeg(leg: Leg, play: (scenario: Scenario) => Promise<Played>): Promise<readonly Played[]> {
  const all: Played[] = []
  for (let left: Leg | undefined = leg; left !== undefined; left = remainder(left, all.at(-1)!.play)) {
    all.push(await play(left.scenario))
  }
  return all
}

/** What is left of a leg behind the divergence that cut it short, approached again by its path. */
function remainder({ scenario, retryFrom }: Leg, { judgement, verdicts }: Play): Leg | undefined {
  const done = verdicts.length
  if (!judgement.ended || done <= retryFrom || done >= scenario.steps.length) return undefined
  const steps = [...scenario.steps.slice(0, retryFrom), ...scenario.steps.slice(done)]
  return { scenario: { ...scenario, steps }, retryFrom }
}
