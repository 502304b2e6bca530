import type { Account } from './account.ts'
import { isRefusal, type Refusal } from './answer.ts'
import { authenticate, authorize, type Caller } from './authorization/authorize.ts'
import type { StorageRequest } from './request.ts'
import type { Route } from './route.ts'
import { findRoute } from './routes.ts'

/** A request that may be carried out. */
export interface Admitted {
  readonly caller: Caller
  readonly route: Route
}

/** Decides by the head of a request alone whether it may be carried out, and how. */
export function admit(account: Account, request: StorageRequest): Admitted | Refusal {
  const caller = authenticate(request, account)
  if (isRefusal(caller)) return caller
  const route = findRoute(request)
  if (isRefusal(route)) return caller.by === 'nobody' ? UNAUTHENTICATED : route
  return authorize(caller, route.permission, request, account) ?? { caller, route }
}

const UNAUTHENTICATED: Refusal = { status: 401, code: 'NoAuthenticationInformation' }
