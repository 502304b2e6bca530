import { Pool } from 'undici'
import type { Instant } from '../../../model/time.ts'
import { NOW_HEADER } from '../../clock/headers.ts'
import type { Authorizer } from '../../targets/credentials/authorizer.ts'
import { trusting } from '../../targets/credentials/trusted.ts'
import type { Pace } from '../pace.ts'
import { type Received, send } from '../sending.ts'
import { checkClock, notSent } from '../target-failures.ts'
import { CONNECTION_HEADERS } from './connection-headers.ts'

/** What the connection to the server says anew. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...CONNECTION_HEADERS,
  'host',
  'content-length',
  'expect',
  NOW_HEADER,
])

const CONNECT_TIMEOUT_MS = 10_000
const everything = () => true

/** A request to pass on. */
export interface Passing {
  readonly method: string
  /** Path and query as they came. */
  readonly target: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export interface UpstreamOptions {
  /** Scheme, host and port of the server. */
  readonly origin: string
  readonly maxConnections: number
  readonly timeoutMs: number
  /** Authorizes what a client sends without a signature of its own; default: clients sign. */
  readonly door?: Authorizer | undefined
  /** A certificate to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
  /** When requests may go out; default: at once. */
  readonly pace?: Pace | undefined
}

/** The server's side of the tap: one pool of connections for every port. */
export class Upstream {
  readonly #origin: string
  readonly #pool: Pool
  readonly #door: Authorizer | undefined
  readonly #pace: Pace | undefined

  constructor({ origin, maxConnections, timeoutMs, door, ca, pace }: UpstreamOptions) {
    this.#origin = origin
    this.#door = door
    this.#pace = pace
    this.#pool = new Pool(origin, {
      connections: maxConnections,
      // As the REST driver does: a connection that dies takes one outcome with it.
      pipelining: 1,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: Math.min(timeoutMs, CONNECT_TIMEOUT_MS), ...trusting(ca) },
    })
  }

  /**
   * Passes a request on, once. A signature stays valid: it covers the path and neither the host nor the virtual instant.
   * @throws TargetError if the server cannot be reached, ClockError if it did not act at the instant.
   */
  async pass({ method, target, rawHeaders, body }: Passing, instant: Instant | undefined): Promise<Received> {
    const waiting = this.#door?.prepare()
    if (waiting !== undefined) await waiting
    const { path, headers } = this.#authorized(target, without(OWN_HEADERS, rawHeaders))
    if (instant !== undefined) headers.push(NOW_HEADER, String(instant))
    const outgoing = { method: method as 'GET', path, headers, body: body.length === 0 ? null : body }
    const sending = () =>
      send(this.#pool, outgoing, everything).catch((error: Error) => {
        throw notSent(error, this.#origin)
      })
    const received = await (this.#pace === undefined ? sending() : this.#pace.send(sending))
    if (instant !== undefined && received.answer !== undefined) checkClock(received.answer, instant, this.#origin)
    return received
  }

  /** Only a key signs what a request says, and clients that have it sign themselves; the others need to know little of it. */
  #authorized(target: string, headers: string[]): { readonly path: string; readonly headers: string[] } {
    if (this.#door === undefined) return { path: target, headers }
    const [path = '/', ...query] = target.split(/(?=\?)/)
    const request = { method: '', path, query: query.join(''), canonicalQuery: '', contentLength: 0, headers }
    const authorized = this.#door.authorize({ ...request, readsSource: false })
    return { path: path + authorized.query, headers: authorized.headers }
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }
}

/** The headers of an answer that a client is to see. */
export function answerHeaders(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.has(name)))
}

function without(names: ReadonlySet<string>, rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!names.has(rawHeaders[i]!.toLowerCase())) kept.push(rawHeaders[i]!, rawHeaders[i + 1]!)
  }
  return kept
}
