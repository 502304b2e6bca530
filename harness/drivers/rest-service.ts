import { Pool } from 'undici'
import type { Service } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import { NOW_HEADER } from '../clock/headers.ts'
import { type Authorizer, authorizerFor } from '../targets/credentials/authorizer.ts'
import { trusting } from '../targets/credentials/trusted.ts'
import type { DriverOptions } from './driver.ts'
import type { Pace } from './pace.ts'
import { type Received, send, type WantsBody } from './sending.ts'
import { checkClock, notSent } from './target-failures.ts'
import type { WireRequest } from './wire.ts'

const DEFAULT_CONNECTIONS = 64
const DEFAULT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000

/** One service of an account, blob or file: authorizes requests and sends them. It owns a pool of connections. */
export class RestService {
  /** Scheme, host and port. */
  readonly origin: string
  /** Counts every request that went out. */
  requestsSent = 0
  readonly #basePath: string
  readonly #pool: Pool
  readonly #door: Authorizer
  readonly #pace: Pace | undefined
  readonly #dateText = secondTexts()

  constructor(url: string, service: Service, { endpoint, maxConnections, timeoutMs, pace }: DriverOptions) {
    const { origin, pathname } = new URL(url)
    const limitMs = timeoutMs ?? DEFAULT_TIMEOUT_MS
    this.origin = origin
    this.#basePath = pathname.replace(/\/$/, '')
    this.#door = authorizerFor(endpoint, service)
    this.#pace = pace
    this.#pool = new Pool(origin, {
      connections: maxConnections ?? DEFAULT_CONNECTIONS,
      // One request a connection at a time: a connection that dies takes one outcome with it, not many.
      pipelining: 1,
      headersTimeout: limitMs,
      bodyTimeout: limitMs,
      connect: { timeout: Math.min(limitMs, CONNECT_TIMEOUT_MS), ...trusting(endpoint.ca) },
    })
  }

  /**
   * Sends a request, once.
   * @throws TargetError if it could not be authorized or sent, ClockError if the server did not act at the instant.
   */
  async exchange(
    request: WireRequest,
    version: ServiceVersion,
    instant: Instant | undefined,
    wantsBody: WantsBody,
  ): Promise<Received> {
    const { method, canonicalQuery, body } = request
    const waiting = this.#door.prepare()
    if (waiting !== undefined) await waiting
    const path = this.#basePath + request.path
    const { query, headers } = this.#door.authorize({
      method,
      path,
      query: request.query,
      canonicalQuery,
      contentLength: body?.length ?? 0,
      headers: ['x-ms-date', this.#dateText(), ...request.headers, 'x-ms-version', version],
      readsSource: request.source?.signed === true,
    })
    if (instant !== undefined) headers.push(NOW_HEADER, String(instant))
    this.requestsSent += 1
    const outgoing = { method, path: path + query, headers, body: body ?? null }
    const sending = () =>
      send(this.#pool, outgoing, wantsBody).catch((error: Error) => {
        this.requestsSent -= 1
        throw notSent(error, this.origin)
      })
    const received = await (this.#pace === undefined ? sending() : this.#pace.send(sending))
    if (instant !== undefined && received.answer !== undefined) checkClock(received.answer, instant, this.origin)
    return received
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }
}

/** The present moment as a `Date` header wants it; made anew once a second. */
function secondTexts(): () => string {
  let second = 0
  let text = ''
  return () => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) {
      second = now
      text = new Date(now * 1000).toUTCString()
    }
    return text
  }
}
