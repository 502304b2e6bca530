import { isWait, type OperationStep, type Scenario } from '../../model/scenario.ts'
import type { Sendable } from '../../properties/guide.ts'
import type { Leg } from '../../properties/leg.ts'
import type { Expresses } from '../drivers/driver.ts'
import type { Permits } from '../targets/credentials/permits.ts'

/** Which inputs go over the wire as they are meant, so that their cells are reached. */
export function sendableBy(expresses: Expresses): Sendable {
  return (input, world) => expressible(input, world, expresses) === 'exactly'
}

/** Which inputs can be said at all, so that what lies behind them can be reached. */
export function sayableBy(expresses: Expresses): Sendable {
  return (input, world) => expressible(input, world, expresses) !== 'not at all'
}

/** What a driver can be asked for with a credential that does not permit everything. */
export function allowed(expresses: Expresses, permits: Permits | undefined): Expresses {
  if (permits === undefined) return expresses
  return (step, kind, world) => (permits(step, kind, world) ? expresses(step, kind, world) : 'not at all')
}

/** Whether a credential permits a scenario as it stands. */
export function isPermitted(scenario: Scenario, permits: Permits | undefined): boolean {
  return (
    expressed(
      scenario,
      allowed(() => 'exactly', permits),
    ) === scenario
  )
}

/** Whether a driver sends a scenario as it stands: what it left out or said otherwise would show nothing of it. */
export function isExpressible({ steps, world }: Scenario, expresses: Expresses): boolean {
  return steps.every((step) => isWait(step) || expressible(step, world, expresses) === 'exactly')
}

/** A scenario without the steps that the driver cannot express. What they would have changed stays as it was. */
export function expressed(scenario: Scenario, expresses: Expresses): Scenario {
  const steps = scenario.steps.filter(
    (step) => isWait(step) || expressible(step, scenario.world, expresses) !== 'not at all',
  )
  return steps.length === scenario.steps.length ? scenario : { ...scenario, steps }
}

/** A leg of a tour without the steps that the driver cannot express. */
export function expressedLeg({ scenario, retryFrom }: Leg, expresses: Expresses): Leg {
  const path = expressed({ ...scenario, steps: scenario.steps.slice(0, retryFrom) }, expresses)
  return { scenario: expressed(scenario, expresses), retryFrom: path.steps.length }
}

function expressible(step: OperationStep, world: Scenario['world'], expresses: Expresses) {
  return expresses(step, world.find(({ name }) => name === step.on)!.kind, world)
}
