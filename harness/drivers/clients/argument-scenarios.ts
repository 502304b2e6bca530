import type { ConditionHeader, ConditionSymbol } from '../../../model/condition.ts'
import { isLeaseAction, type OperationName } from '../../../model/operation.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import { isWait, type OperationStep, type Scenario } from '../../../model/scenario.ts'
import { describeUse, type Use } from '../../../model/uses.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { subjectOf } from '../../../model/world.ts'
import type { CallDescription, CallTable } from '../../../reports/driver-protocol.ts'
import { callKey } from './call-table.ts'
import { worldForUse } from './world-for-use.ts'

/**
 * A scenario for each argument of each call that is given in none of some scenarios. A tour tries the states of the model, in
 * which most conditions and calls of a class are alike; a client library may drop one argument of one call.
 */
export function argumentScenarios(calls: CallTable, given: readonly Scenario[]): readonly Scenario[] {
  const known = new Set(given.flatMap(argumentsIn))
  return Object.entries(calls).flatMap(([key, description]) => {
    const { name, kind } = calledBy(key)
    return argumentsOf(name, description)
      .filter(({ argument }) => !known.has(`${key} ${argument}`))
      .map(({ steps }) => scenarioOf(name, kind, steps))
  })
}

/** One argument, and what gives it to a call: where it is a condition, first one that does not hold, which changes nothing. */
interface Giving {
  readonly argument: string
  readonly steps: readonly Partial<OperationStep>[]
}

function argumentsOf(
  name: OperationName,
  { leaseId, conditions = [], snapshots = [] }: CallDescription,
): readonly Giving[] {
  return [
    ...(leaseId === undefined || isLeaseAction(name) ? [] : [{ argument: 'leaseId', steps: [{ leaseId: 'A' }] }]),
    ...conditions.map((header) => ({ argument: header, steps: SYMBOLS[header].map((condition) => ({ condition })) })),
    ...snapshots.map((option) => ({ argument: option, steps: [{ snapshots: option }] })),
  ]
}

/** Of each conditional header, what does not hold and what does. */
const SYMBOLS: Readonly<Record<ConditionHeader, readonly ConditionSymbol[]>> = {
  'if-match': ['if-match:other', 'if-match:current'],
  'if-none-match': ['if-none-match:current', 'if-none-match:other'],
  'if-modified-since': ['if-modified-since:future', 'if-modified-since:past'],
  'if-unmodified-since': ['if-unmodified-since:past', 'if-unmodified-since:future'],
  'x-ms-if-tags': ['x-ms-if-tags:unmet', 'x-ms-if-tags:met'],
}

function scenarioOf(name: OperationName, kind: ResourceKind, given: readonly Partial<OperationStep>[]): Scenario {
  const world = WORLDS[isLeaseAction(name) ? kind : worldForUse(name)]!
  const on = subjectOf(world).name
  const plain = plainStep(name, on)
  const acquire: OperationStep = { do: 'acquire', on, proposedLeaseId: 'A', duration: '-1' }
  const needsLease = (isLeaseAction(name) && name !== 'acquire') || given.some(({ leaseId }) => leaseId !== undefined)
  return { world, steps: [...(needsLease ? [acquire] : []), ...given.map((more) => ({ ...plain, ...more }))] }
}

function plainStep(name: OperationName, on: string): OperationStep {
  switch (name) {
    case 'acquire':
      return { do: name, on, proposedLeaseId: 'A', duration: '-1' }
    case 'renew':
    case 'release':
      return { do: name, on, leaseId: 'A' }
    case 'change':
      return { do: name, on, leaseId: 'A', proposedLeaseId: 'A' }
    case 'break':
      return { do: name, on }
    default:
      return { do: name, on, ...(describeUse(name).needsSource ? { source: 'source' } : {}) }
  }
}

function calledBy(key: string): { readonly name: OperationName; readonly kind: ResourceKind } {
  const [kind, action] = key.split('.') as [ResourceKind, OperationName?]
  return action === undefined ? { name: key as Use, kind: describeUse(key as Use).kind } : { name: action, kind }
}

/** The arguments that a scenario gives, each with the key of its call. */
function argumentsIn({ world, steps }: Scenario): readonly string[] {
  const kinds = new Map(world.map(({ name, kind }) => [name, kind]))
  return steps.flatMap((step) => {
    if (isWait(step)) return []
    const given = [
      ...(step.leaseId === undefined ? [] : ['leaseId']),
      ...(step.condition === undefined ? [] : [step.condition.slice(0, step.condition.indexOf(':'))]),
      ...(step.snapshots === undefined ? [] : [step.snapshots]),
    ]
    return given.map((argument) => `${callKey(step.do, kinds.get(step.on)!)} ${argument}`)
  })
}
