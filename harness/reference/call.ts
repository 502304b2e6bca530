import type { Account } from './account.ts'
import type { Caller } from './authorization/authorize.ts'
import type { StorageRequest } from './request.ts'

/** One request that is to be carried out. */
export interface Call {
  readonly account: Account
  readonly request: StorageRequest
  readonly caller: Caller
  readonly body: Buffer
}
