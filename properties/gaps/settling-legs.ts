import { tokenOf } from '../../model/notation.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Leg } from '../leg.ts'
import type { Gap } from './gap.ts'

/** So many requests are asked in one scenario at most, so that what one of them upsets stays small. */
const MOST_IN_A_ROW = 12

/**
 * The scenarios that settle gaps, one for as many gaps as go together: requests that change nothing, whatever is answered, are
 * asked one after the other in the same state. A gap whose request may change something has a scenario of its own.
 */
export function settlingLegs(gaps: readonly Gap[]): readonly Leg[] {
  const alone = gaps.filter(({ settledBy }) => !settledBy.changesNothing)
  const chained = gaps.filter(({ settledBy }) => settledBy.changesNothing)
  const chains = Map.groupBy(chained, ({ settledBy: { scenario, step, hostile } }) =>
    [hostile, tokenOf({ ...scenario, steps: scenario.steps.slice(0, step) })].join(' '),
  )
  const legs = [
    ...[...chains.values()].flatMap(chainedLegs),
    ...alone.map(({ settledBy: { scenario } }) => ({ scenario, retryFrom: scenario.steps.length })),
  ]
  return [...new Map(legs.map((leg) => [tokenOf(leg.scenario), leg])).values()]
}

function chainedLegs(gaps: readonly Gap[]): readonly Leg[] {
  const { scenario, step } = gaps[0]!.settledBy
  const path = scenario.steps.slice(0, step)
  const requests = new Map(
    gaps.map(({ settledBy }) => [tokenOf(settledBy.scenario), settledBy.scenario.steps.slice(step)]),
  )
  const all = [...requests.values()]
  const legs: Leg[] = []
  for (let first = 0; first < all.length; first += MOST_IN_A_ROW) {
    const steps: Scenario['steps'] = [...path, ...all.slice(first, first + MOST_IN_A_ROW).flat()]
    legs.push({ scenario: { world: scenario.world, steps }, retryFrom: step })
  }
  return legs
}
