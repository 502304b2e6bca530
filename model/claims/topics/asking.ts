import type { ResourceKind } from '../../resource.ts'
import type { Prediction, ScenarioCheck } from '../documented-claim.ts'

/** The kinds that can be leased, and those whose leases may last a while and break after a while. */
export const ALL: readonly ResourceKind[] = ['blob', 'container', 'share', 'file']
export const TIMED: readonly ResourceKind[] = ['blob', 'container', 'share']

/** Steps that bring a lease with the id A into a state. */
export const HELD = 'acquire,proposed=A,duration=-1'
export const BREAKING = `${HELD}/break,period=60`
export const BROKEN = `${HELD}/break`
export const EXPIRED = 'acquire,proposed=A,duration=15/wait,deadline+1000ms'

/** Where a claim was told to us and we have not seen the passage ourselves. */
export const QUOTED = 'as quoted to us; we did not find the passage'

/** A check that asks the server. */
export function ask(
  kinds: readonly ResourceKind[],
  steps: string,
  expects: Prediction,
  more: Pick<ScenarioCheck, 'world' | 'version' | 'withStepBefore' | 'atMost'> = {},
): ScenarioCheck {
  return { ask: 'the server', kinds, steps, expects, ...more }
}
