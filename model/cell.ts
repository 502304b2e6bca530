import { FEATURES, type FeatureName, SHADES } from './features.ts'
import { classOf, type OperationClass } from './operation.ts'
import type { Situation } from './situation.ts'

/**
 * What a request of each class carries that the service may look at. A cell is a state of the resource together with these:
 * the finest distinction that coverage counts and tours visit.
 */
const INPUTS: Readonly<Record<OperationClass, readonly FeatureName[]>> = {
  acquire: ['proposedLeaseId', 'duration'],
  renew: ['leaseId'],
  change: ['leaseId', 'proposedLeaseId'],
  release: ['leaseId'],
  break: ['leaseId', 'breakPeriod'],
  observe: ['leaseId'],
  read: ['leaseId'],
  list: [],
  write: ['leaseId'],
  create: ['leaseId'],
  delete: ['leaseId'],
}

/** The state of the resource as the tours tell states apart: finer than the rules do. */
export function stateOf(situation: Situation): string {
  const { existence, state } = FEATURES
  const where = existence.of(situation)
  if (where !== 'present') return where
  const shades = [SHADES.length(situation), SHADES.timeLeft(situation), SHADES.past(situation)].filter((shade) => shade !== 'none')
  return [state.of(situation), ...shades].join(', ')
}

/** The cell of a situation, in words: kind and class, state, input. */
export function cellOf(situation: Situation): string {
  const of = classOf(situation.operation.name)
  const inputs = INPUTS[of].map((name) => `${name}: ${FEATURES[name].of(situation)}`)
  return `${situation.subject.kind} ${of} | ${stateOf(situation)}${inputs.length === 0 ? '' : ` | ${inputs.join(', ')}`}`
}
