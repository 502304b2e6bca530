import {
  classOf,
  isLeaseAction,
  LEASE_ACTIONS,
  type LeaseAction,
  type OperationClass,
  operationsOf,
} from '../operation.ts'
import type { ResourceKind } from '../resource.ts'

/** The classes of the uses that a kind of resource has. */
export function useClassesOf(kind: ResourceKind): readonly OperationClass[] {
  return [...new Set(operationsOf(kind).flatMap((name) => (isLeaseAction(name) ? [] : [classOf(name)])))]
}

/** Whether a class is that of a lease action and not of uses. */
export function isLeaseClass(of: OperationClass): of is LeaseAction {
  return LEASE_ACTIONS.some((action) => action === of)
}
