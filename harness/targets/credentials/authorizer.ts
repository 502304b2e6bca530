import type { Service } from '../../../model/resource.ts'
import { sharedKeySigner } from '../../drivers/shared-key.ts'
import type { Endpoint } from '../target.ts'
import type { TokenCredential } from './credential.ts'
import { FreshToken } from './fresh-token.ts'
import { hasLetter } from './permits.ts'
import type { Sas } from './sas.ts'

/** A request that is about to be sent. */
export interface Outgoing {
  readonly method: string
  /** With the account's path, percent-encoded. */
  readonly path: string
  /** With its question mark; empty if there is none. */
  readonly query: string
  /** What `canonicalQuery` made of it. */
  readonly canonicalQuery: string
  readonly contentLength: number
  /** Names in lower case and values in turn; all but what proves that it may be made. */
  readonly headers: readonly string[]
  /** Whether the server reads the source that a header names as anybody would. */
  readonly readsSource: boolean
}

/** A request with what proves that it may be made. */
export interface Authorized {
  readonly query: string
  readonly headers: string[]
}

/** The one door through which every request of ours goes out to a service of an account. */
export interface Authorizer {
  /** Undefined if `authorize` can be called at once, else settles when it can. */
  prepare(): Promise<void> | undefined
  authorize(request: Outgoing): Authorized
}

/** @throws TargetError from `prepare`, where a token is needed and there is none. */
export function authorizerFor({ account, credential }: Endpoint, service: Service): Authorizer {
  switch (credential.by) {
    case 'key':
      return byKey(account, credential.key)
    case 'sas':
      return bySas(credential.sas)
    case 'token':
      return byToken(credential, service)
    case 'nobody':
      return { prepare: () => undefined, authorize: ({ query, headers }) => ({ query, headers: [...headers] }) }
    default:
      return credential satisfies never
  }
}

function byKey(account: string, key: string): Authorizer {
  const sign = sharedKeySigner(account, key)
  return {
    prepare: () => undefined,
    authorize: ({ method, path, query, canonicalQuery, contentLength, headers }) => ({
      query,
      headers: [...headers, 'authorization', sign({ method, path, query: canonicalQuery, contentLength, headers })],
    }),
  }
}

/** Headers that name a resource which the request copies from or moves. */
const SOURCES: readonly string[] = ['x-ms-copy-source', 'x-ms-file-rename-source']

function bySas(sas: Sas): Authorizer {
  return {
    prepare: () => undefined,
    authorize: ({ query, headers }) => ({ query: withSas(query, sas), headers: headersWith(sas, headers) }),
  }
}

/** Whoever has no more than a signature needs it for the source too, and a right of its own (`t`) to write tags. */
function headersWith(sas: Sas, headers: readonly string[]): string[] {
  const sent: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const [name, value] = [headers[i]!, headers[i + 1]!]
    const lower = name.toLowerCase()
    if (lower === 'x-ms-tags' && !hasLetter(sas, 't')) continue
    sent.push(name, SOURCES.includes(lower) && !/[?&]sig=/.test(value) ? withSas(value, sas) : value)
  }
  return sent
}

/** A query, or a URL, that carries the signature. */
function withSas(address: string, { query }: Sas): string {
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}

/** Since this version a token opens the source of a copy. Source: Copy Blob From URL. */
const SOURCE_TOKEN_SINCE = '2020-10-02'
/** Says that the file service is to be asked with the rights of a backup, which is how it takes tokens. Source: "Authorize with Microsoft Entra ID", Azure Files over REST. */
const FILE_INTENT = ['x-ms-file-request-intent', 'backup']

function byToken({ tokens, delegation }: TokenCredential, service: Service): Authorizer {
  const token = new FreshToken(tokens)
  return {
    prepare: () => token.prepare(),
    authorize: ({ query, headers, readsSource }) => {
      const bearer = `Bearer ${token.text}`
      const version = headers[headers.indexOf('x-ms-version') + 1] ?? ''
      const opensSource = readsSource && delegation === undefined && version >= SOURCE_TOKEN_SINCE
      const sent = [...headers, 'authorization', bearer]
      if (service === 'file') sent.push(...FILE_INTENT)
      if (opensSource) sent.push('x-ms-copy-source-authorization', bearer)
      return { query, headers: sent }
    },
  }
}
