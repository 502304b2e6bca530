import type { Answer, Refusal } from './answer.ts'
import type { Permission } from './authorization/permission.ts'
import type { Call } from './call.ts'
import type { StorageRequest } from './request.ts'

/** What a request is answered by, once it is known what it asks for. */
export interface Route {
  readonly permission: Permission
  readonly serve: (call: Call) => Answer
}

/** Operations by method, what the path names, and what the query says: `PUT blob comp=lease`. Some depend on headers too. */
export type Routes = Readonly<Record<string, Route | ((request: StorageRequest) => Route | Refusal)>>

export function route(permission: Permission, serve: Route['serve']): Route {
  return { permission, serve }
}
