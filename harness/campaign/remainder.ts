import type { Play } from '../../properties/play.ts'
import type { Leg } from '../../properties/tour.ts'

/** What is left of a leg behind the divergence that cut it short, approached again by its path. */
export function remainder({ scenario, retryFrom }: Leg, { judgement, verdicts }: Play): Leg | undefined {
  const done = verdicts.length
  if (!judgement.ended || done <= retryFrom || done >= scenario.steps.length) return undefined
  const steps = [...scenario.steps.slice(0, retryFrom), ...scenario.steps.slice(done)]
  return { scenario: { ...scenario, steps }, retryFrom }
}
