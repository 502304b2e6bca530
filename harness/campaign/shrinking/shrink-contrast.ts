import type { Scenario } from '../../../model/scenario.ts'
import { isSame } from '../../../reports/baseline.ts'
import type { Contrast } from '../contrast.ts'

/** At most so many pairs of plays go into one shrink. */
const MAX_PAIRS = 60

/**
 * A shorter scenario that still shows what a contrast shows: steps are left out as long as it stays, many at a time at first
 * and then one by one. What a property says needs no model, so none can tell beforehand which steps matter.
 */
export async function shrunkContrast(
  found: Contrast,
  contrastIn: (scenario: Scenario) => Promise<Contrast | undefined>,
): Promise<Contrast> {
  let best = found
  let pairs = 0
  for (let length = Math.ceil(found.scenario.steps.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let end = best.scenario.steps.length; end > 0 && pairs < MAX_PAIRS; end -= length) {
      const { world, steps } = best.scenario
      const kept = steps.filter((_, place) => place < end - length || place >= end)
      if (kept.length === 0) continue
      pairs++
      const shorter = await contrastIn({ world, steps: kept })
      if (shorter !== undefined && isSame(shorter.divergence, found.divergence)) best = shorter
    }
  }
  return best
}
