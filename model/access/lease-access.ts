import { LEASE_ACTIONS, type LeaseAction } from '../operation.ts'
import { FAMILIES, type Family } from '../resource.ts'
import { type Claim, claim, doc, type Evidence, inferred, open } from '../rules/evidence.ts'

/** Whose signature a SAS is: that of the account, or that of one container, with what is in it. */
export const SAS_SCOPES = ['account', 'container'] as const
export type SasScope = (typeof SAS_SCOPES)[number]

/**
 * What a lease operation asks of whoever comes with a shared access signature. This is the layer `authorization`: it decides
 * before anything about the resource is looked at, so what is refused here has changed nothing.
 */
export interface LeaseAccessRule {
  readonly id: string
  readonly kind: Family
  readonly action: LeaseAction
  readonly scope: SasScope
  /** Letters of which any one is enough; empty: no signature of this scope permits it. */
  readonly letters: Claim<string>
  /** How it is refused otherwise. */
  readonly status: Claim<number>
  readonly code: Claim<string>
}

/** From this version on whoever may delete may break a lease too. Source: "Create a service SAS". */
export const DELETERS_BREAK_SINCE = '2017-07-29'

const REFUSED = doc('common-error-codes', 'this code is 403')
const MISMATCH = claim('AuthorizationPermissionMismatch', REFUSED)
const STATUS = claim(403, REFUSED)

/** Every lease operation, by what kind of signature it is asked. */
export const LEASE_ACCESS: readonly LeaseAccessRule[] = FAMILIES.flatMap((kind) =>
  LEASE_ACTIONS.filter((action) => kind !== 'file' || action !== 'renew').flatMap((action) =>
    scopesOf(kind).map((scope) => ruleFor(kind, action, scope)),
  ),
)

const BY_ID = new Map(LEASE_ACCESS.map((rule) => [rule.id, rule]))

/** The letters of which any one is enough, in a version of the service; none where the operation is no operation. */
export function lettersFor(kind: Family, action: LeaseAction, scope: SasScope, version: string): string {
  const letters = BY_ID.get(idOf(kind, action, scope))?.letters.values[0] ?? ''
  return version >= DELETERS_BREAK_SINCE ? letters : letters.replace('d', '')
}

function idOf(kind: Family, action: LeaseAction, scope: SasScope): string {
  return `${kind}.access.${scope}-sas.${action}`
}

/** Signatures of a container are of the blob service; shares have their own, of which nothing is said here. */
function scopesOf(kind: Family): readonly SasScope[] {
  return kind === 'blob' || kind === 'container' ? SAS_SCOPES : ['account']
}

function ruleFor(kind: Family, action: LeaseAction, scope: SasScope): LeaseAccessRule {
  const id = idOf(kind, action, scope)
  if (kind === 'container' && scope === 'container') {
    const never = doc('create-service-sas', 'a container is leased by an account SAS only')
    const codes = ['AuthorizationFailure', 'AuthorizationPermissionMismatch', 'AuthorizationResourceTypeMismatch']
    return { id, kind, action, scope, letters: claim('', never), status: claim(403, REFUSED), code: open(codes) }
  }
  return {
    id,
    kind,
    action,
    scope,
    letters: claim(action === 'break' ? 'wd' : 'w', source(kind, scope)),
    status: STATUS,
    code: MISMATCH,
  }
}

function source(kind: Family, scope: SasScope): Evidence {
  if (kind === 'share') return inferred('leases of shares are in no table of permissions; those of containers are')
  if (kind === 'file') return inferred('Lease File asks for permission to write; that deleting breaks is said of blobs')
  return scope === 'account'
    ? doc('create-account-sas', 'w for all, and d for break alone from 2017-07-29 on')
    : doc('create-service-sas', 'w for all, and d for break alone from 2017-07-29 on')
}
