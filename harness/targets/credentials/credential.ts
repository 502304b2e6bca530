import type { Sas } from './sas.ts'
import type { DelegationKey } from './user-delegation.ts'

/** What proves that requests may be made. Its secret goes into requests and nowhere else. */
export type Credential = KeyCredential | SasCredential | TokenCredential | { readonly by: 'nobody' }

export interface KeyCredential {
  readonly by: 'key'
  /** The account key, base64. */
  readonly key: string
}

export interface SasCredential {
  readonly by: 'sas'
  readonly sas: Sas
}

export interface TokenCredential {
  readonly by: 'token'
  readonly tokens: TokenSource
  /** Signs the sources of copies; absent where the server gave none. */
  readonly delegation?: DelegationKey | undefined
}

/** Gives access tokens of Microsoft Entra ID, as the credentials of `@azure/identity` do. */
export interface TokenSource {
  getToken(scope: string): Promise<AccessToken | null>
}

export interface AccessToken {
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number
}

/** Which of the two ways of a server to look at a SAS a credential takes, if it is one. */
export function sasKindOf(credential: Credential | undefined): 'account' | 'service' | undefined {
  if (credential?.by !== 'sas') return undefined
  return credential.sas.kind === 'account' ? 'account' : 'service'
}

/** What a credential is called, for people; it says nothing of the secret. */
export function kindOfCredential(credential: Credential): string {
  switch (credential.by) {
    case 'key':
      return 'account key'
    case 'sas':
      return `${credential.sas.kind} SAS`
    case 'token':
      return 'token of Microsoft Entra ID'
    case 'nobody':
      return 'none (anonymous)'
    default:
      return credential satisfies never
  }
}
