import { LEASE_ACTIONS, type OperationName } from '../../model/operation.ts'
import type { Use } from '../../model/uses.ts'
import { needs, type Permission } from './authorization/permission.ts'
import type { StorageRequest } from './request.ts'

const ACTIONS: ReadonlyMap<string, OperationName> = new Map(LEASE_ACTIONS.map((action) => [action, action]))

/** The operation that `x-ms-lease-action` asks for, in whatever case; `otherwise` if it asks for none that there is. */
export function leaseOperation({ headers }: StorageRequest, otherwise: Use): OperationName {
  const text = headers['x-ms-lease-action'] ?? ''
  return ACTIONS.get(text) ?? ACTIONS.get(text.toLowerCase()) ?? otherwise
}

/** From this version on whoever may delete may break a lease too. Source: "Create a service SAS". */
const DELETERS_BREAK_SINCE = '2017-07-29'

/** What a lease operation asks of a shared access signature: no signature but the account's leases a container or share. */
export function leasePermission(request: StorageRequest, resource: 'c' | 'o'): Permission {
  const isBreak = request.headers['x-ms-lease-action']?.toLowerCase() === 'break'
  const letters = isBreak && request.version >= DELETERS_BREAK_SINCE ? 'wd' : 'w'
  return needs(resource, letters, resource === 'c' ? '' : letters)
}
