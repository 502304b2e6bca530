import type { ConditionSymbol } from '../../../model/condition.ts'
import { isLeaseAction, type OperationName } from '../../../model/operation.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import type { OperationStep } from '../../../model/scenario.ts'
import type { CallDescription, CallTable, Numbers } from '../../../reports/driver-protocol.ts'
import type { Expresses, Expressible } from '../driver.ts'

/** The key of a call in the table: a lease action is another call for each kind of resource. */
export function callKey(name: OperationName, kind: ResourceKind): string {
  return isLeaseAction(name) ? `${kind}.${name}` : name
}

/** Whether a step can be said in calls of a library. */
export function expressesIn({ calls, numbers }: { readonly calls: CallTable; readonly numbers: Numbers }): Expresses {
  return (step, kind) => {
    const call = calls[callKey(step.do, kind)]
    if (call === undefined || step.action !== undefined || !areSendable(step) || !fits(call, step, numbers))
      return 'not at all'
    return sentBy(call, step)
  }
}

/** Whether what is sent is what the step says, or of the library's own choice. */
function sentBy({ sends, fills = [] }: CallDescription, step: OperationStep): Expressible {
  return sends === 'nothing' || fills.some((argument) => step[argument] === undefined) ? 'otherwise' : 'exactly'
}

const ARGUMENTS = ['leaseId', 'proposedLeaseId', 'duration', 'breakPeriod', 'source', 'sourceLeaseId'] as const

function fits(call: CallDescription, step: OperationStep, numbers: Numbers): boolean {
  const { snapshots, condition } = step
  return (
    ARGUMENTS.every((argument) => (step[argument] === undefined ? call[argument] !== 'required' : call[argument])) &&
    [step.duration, step.breakPeriod].every((number) => number === undefined || isNumber(number, numbers)) &&
    (step.duration === undefined || call.durations?.includes(Number(step.duration)) !== false) &&
    (step.breakPeriod === undefined || call.notBreakPeriods?.includes(Number(step.breakPeriod)) !== true) &&
    (snapshots === undefined || call.snapshots?.includes(snapshots) === true) &&
    (condition === undefined || takesCondition(call, condition))
  )
}

function takesCondition({ conditions = [] }: CallDescription, symbol: ConditionSymbol): boolean {
  return conditions.some((header) => symbol.startsWith(`${header}:`))
}

/** A text that a number of the language gives back unchanged. */
function isNumber(text: string, numbers: Numbers): boolean {
  const value = Number(text)
  if (String(value) !== text || !Number.isFinite(value)) return false
  switch (numbers) {
    case 'int32':
      return (value | 0) === value
    case 'whole':
      return Number.isSafeInteger(value)
    case 'any':
      return true
    default:
      return numbers satisfies never
  }
}

/** Ids that libraries pass on as they stand: they leave out empty ones, trim others, and send no header twice. */
function areSendable({ leaseId, proposedLeaseId, sourceLeaseId }: OperationStep): boolean {
  return [leaseId, proposedLeaseId, sourceLeaseId].every((symbol) => {
    if (symbol === undefined) return true
    if (!symbol.startsWith('malformed:')) return !symbol.endsWith('@twice')
    return /^malformed:[!-~](?:[ -~]*[!-~])?$/.test(symbol)
  })
}
