import { isLeaseAction, type OperationName } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { USES } from '../../model/uses.ts'

/** Whether there is such an operation on a kind of resource: every kind has lease operations, if only to refuse them. */
export function isFor(name: OperationName, kind: ResourceKind): boolean {
  return isLeaseAction(name) || USES[name].kind === kind
}
