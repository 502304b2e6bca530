import { type ImplementationRule, implementationRule, type MissingOperations } from '../../../model/implementation.ts'
import { isWait, type Scenario, type Step } from '../../../model/scenario.ts'
import type { ResourceSetting } from '../../../model/world.ts'
import { makingOf } from '../../drivers/preparing.ts'

/** The operations without which a scenario cannot be played, in the order of their use: those that make its world come first. */
export function neededOperations({ world, steps }: Scenario): readonly ImplementationRule[] {
  return [...new Set([...world.flatMap(makingRule), ...steps.flatMap((step) => stepRule(world, step))])]
}

/** The first operation that a scenario needs and a target does not know, if there is one. */
export function firstMissing(
  scenario: Scenario,
  missing: Pick<MissingOperations, 'has'>,
): ImplementationRule | undefined {
  return neededOperations(scenario).find((rule) => missing.has(rule))
}

/** Whether everything that a world starts with can be made. */
export function canBeMade(world: readonly ResourceSetting[], missing: Pick<MissingOperations, 'has'>): boolean {
  return world.flatMap(makingRule).every((rule) => !missing.has(rule))
}

function makingRule({ kind, condition }: ResourceSetting): readonly ImplementationRule[] {
  if (condition === 'absent') return []
  const making = makingOf(kind, condition)
  return [implementationRule(making.kind, making.use)]
}

function stepRule(world: readonly ResourceSetting[], step: Step): readonly ImplementationRule[] {
  if (isWait(step)) return []
  return [implementationRule(world.find(({ name }) => name === step.on)!.kind, step.do)]
}
