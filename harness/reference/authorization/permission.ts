import { type Refusal, refusal } from '../answer.ts'
import type { StorageRequest } from '../request.ts'
import type { SasToken } from './sas-token.ts'

/** What an operation asks of a shared access signature. Any one of the letters is enough. */
export interface Permission {
  /** The type of resource that a signature of the account has to be for. */
  readonly resource: 's' | 'c' | 'o'
  /** Letters of a signature of the account; none: it can never be used. */
  readonly account: string
  /** Letters of a signature of a container, share, blob or file; none: it can never be used. */
  readonly service: string
  /** Which public access of the container lets anybody do it. */
  readonly anonymous?: 'blob' | 'container'
}

/** Writes a permission: the letters for the account, and those for the resource where they are others. */
export function needs(
  resource: Permission['resource'],
  account: string,
  service = account,
  anonymous?: Permission['anonymous'],
): Permission {
  return { resource, account, service, ...(anonymous === undefined ? {} : { anonymous }) }
}

/** Whether a signature that is in order permits an operation; undefined if it does. */
export function forbidden(
  token: SasToken,
  permission: Permission,
  { service }: Pick<StorageRequest, 'service'>,
): Refusal | undefined {
  const letters = token.kind === 'account' ? permission.account : permission.service
  if (letters === '') return refusal(403, 'AuthorizationFailure')
  if (token.kind === 'account') {
    if (!token.services.includes(service === 'blob' ? 'b' : 'f')) return refusal(403, 'AuthorizationServiceMismatch')
    if (!token.resources.includes(permission.resource)) return refusal(403, 'AuthorizationResourceTypeMismatch')
  }
  for (const letter of letters) if (token.permissions.includes(letter)) return undefined
  return refusal(403, 'AuthorizationPermissionMismatch')
}
