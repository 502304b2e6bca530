import type { Account } from '../account.ts'
import { isRefusal, type Refusal, refusal } from '../answer.ts'
import type { StorageRequest } from '../request.ts'
import { forbidden, needs, type Permission } from './permission.ts'
import { type SasToken, type SignedAddress, verifySas } from './sas-token.ts'
import { verifySharedKey } from './shared-key.ts'

/** Who sends a request, once that is proved. */
export type Caller =
  | { readonly by: 'key' }
  | { readonly by: 'nobody' }
  | { readonly by: 'sas'; readonly token: SasToken }

const KEY: Caller = { by: 'key' }
const NOBODY: Caller = { by: 'nobody' }

/** Finds out who sends a request: by the account's key, by a shared access signature, or nobody says. */
export function authenticate(request: StorageRequest, account: Account): Caller | Refusal {
  const { credential } = account
  if (request.headers.authorization !== undefined) return verifySharedKey(request, credential) ?? KEY
  return bearerOf(request, account)
}

/** Who somebody is by the address alone. */
function bearerOf(request: SignedAddress, account: Account): Caller | Refusal {
  const { credential } = account
  if (!request.query.has('sig')) return NOBODY
  const policies = rootOf(request, account)?.policies ?? []
  const token = verifySas(request, credential.account, credential.key, policies)
  return 'code' in token ? token : { by: 'sas', token }
}

/** Whether a caller may do what an operation does; undefined if so. */
export function authorize(
  caller: Caller,
  permission: Permission,
  request: SignedAddress,
  account: Account,
): Refusal | undefined {
  switch (caller.by) {
    case 'key':
      return undefined
    case 'sas':
      return forbidden(caller.token, permission, request)
    case 'nobody':
      return isPublic(permission, request, account) ? undefined : refusal(401, 'NoAuthenticationInformation')
    default:
      return caller satisfies never
  }
}

/**
 * Whether the sender of a request may read what it names as a source. The key opens everything in the account; who has no
 * more than a signature needs one for the source too. Source: "Copy Blob From URL".
 */
export function mayReadSource(caller: Caller, source: SignedAddress, account: Account): boolean {
  if (caller.by === 'key') return true
  const reader = bearerOf(source, account)
  return !isRefusal(reader) && authorize(reader, READ, source, account) === undefined
}

const READ = needs('o', 'r', 'r', 'blob')

function rootOf({ service, address }: SignedAddress, { blobs, files }: Account) {
  return service === 'blob' ? blobs.containers.get(address.root) : files.shares.get(address.root)
}

/** Whether the container lets anybody do it. */
function isPublic({ anonymous }: Permission, { service, address }: SignedAddress, { blobs }: Account): boolean {
  if (service !== 'blob' || anonymous === undefined) return false
  const access = blobs.containers.get(address.root)?.publicAccess
  return access === 'container' || (access === 'blob' && anonymous === 'blob')
}
