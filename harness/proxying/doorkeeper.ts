import { randomBytes } from 'node:crypto'
import { type Authorizer, authorizerFor } from '../targets/credentials/authorizer.ts'
import type { Endpoint } from '../targets/target.ts'
import { KeyHolder } from './key-holder.ts'
import { moved, type ServiceRoute, SOURCE_HEADERS, upstreamTarget } from './service-route.ts'

/** A request as it came, or as it goes on. */
export interface Head {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
}

/**
 * Makes of a request to the proxy one to the server. Where both have the account in the same place, nothing changes. Where the
 * server has it in its host, path and sources of copies do, and then what the client signed is signed anew; what the client did not
 * sign, or signed with another key, goes on as it is, so that the server refuses it.
 */
export class Doorkeeper {
  readonly #route: ServiceRoute
  readonly #holder: KeyHolder | undefined
  readonly #token: Authorizer | undefined
  #sources: readonly (readonly [from: string, to: string])[] = []

  constructor(route: ServiceRoute, endpoint: Endpoint, clientKey: string | undefined) {
    this.#route = route
    this.#holder = clientKey === undefined ? undefined : new KeyHolder(route.account, clientKey)
    this.#token = endpoint.credential.by === 'token' ? authorizerFor(endpoint, route.service) : undefined
  }

  /** @param sources the URLs at which the proxy has each service, and those of the server */
  know(sources: readonly (readonly [from: string, to: string])[]): void {
    this.#sources = this.#route.keepsHost ? [] : sources
  }

  /** @throws TargetError where a token is needed and there is none */
  async admit(head: Head): Promise<Head> {
    const target = upstreamTarget(this.#route, head.target)
    const rawHeaders = this.#withSources(head.rawHeaders)
    const goingOn: Head = { ...head, target, rawHeaders }
    if (this.#token !== undefined)
      return this.#holder?.hasSigned(head) === true ? withToken(goingOn, this.#token) : goingOn
    if (target === head.target && rawHeaders === head.rawHeaders) return head
    const authorization = this.#holder?.signedAnew(head, goingOn)
    if (authorization === undefined) return goingOn
    return { ...goingOn, rawHeaders: [...withoutAuthorization(rawHeaders), 'authorization', authorization] }
  }

  #withSources(rawHeaders: readonly string[]): readonly string[] {
    const changed = rawHeaders.map((value, place) =>
      place % 2 === 1 && SOURCE_HEADERS.includes(rawHeaders[place - 1]!.toLowerCase())
        ? moved(value, this.#sources)
        : value,
    )
    return changed.every((value, place) => value === rawHeaders[place]) ? rawHeaders : changed
  }
}

async function withToken({ method, target, rawHeaders }: Head, token: Authorizer): Promise<Head> {
  await token.prepare()
  const question = target.indexOf('?')
  const [path, query] = question < 0 ? [target, ''] : [target.slice(0, question), target.slice(question)]
  const headers = lowerCase(withoutAuthorization(rawHeaders))
  const readsSource = headers.includes('x-ms-copy-source')
  const authorized = token.authorize({
    method,
    path,
    query,
    canonicalQuery: '',
    contentLength: 0,
    headers,
    readsSource,
  })
  return { method, target: path + authorized.query, rawHeaders: authorized.headers }
}

/**
 * The key that clients sign with: the account's own where we have it. Who has a token lends it to nobody: clients get a key that
 * opens nothing but this proxy.
 */
export function keyForClients({ credential }: Endpoint): string | undefined {
  if (credential.by === 'key') return credential.key
  return credential.by === 'token' ? randomBytes(64).toString('base64') : undefined
}

/** Names, and only these, in lower case. */
function lowerCase(headers: readonly string[]): string[] {
  return headers.map((each, place) => (place % 2 === 0 ? each.toLowerCase() : each))
}

function withoutAuthorization(headers: readonly string[]): string[] {
  return headers.filter((_, place) => headers[place - (place % 2)]!.toLowerCase() !== 'authorization')
}
