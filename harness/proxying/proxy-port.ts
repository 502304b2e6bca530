import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'
import { NOW_HEADER } from '../clock/headers.ts'
import { wallNowMs } from '../clock/wall.ts'
import { trusting } from '../targets/credentials/trusted.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { endToEnd, type Forwarded, type ForwardOptions, forward } from './forwarding.ts'
import type { ServiceRoute } from './service-route.ts'

/** Who hears of every request that goes through a port. */
export interface ProxyListener<Begun> {
  /** A request has come; it has not been sent yet. */
  onRequest(route: ServiceRoute, request: IncomingMessage, nowMs: number): Begun
  /** Up to how many bytes of the body of an answer are wanted. */
  wantedBytes(begun: Begun, ...answer: Parameters<ForwardOptions['wantedBytes']>): number
  /** The server has acted, and the client has not heard of it yet. */
  onActed(begun: Begun, sentMs: number, answeredMs: number): void
  onEnd(begun: Begun, forwarded: Forwarded): void
}

/** Connections to the server; more requests than this wait for their turn. */
const MOST_CONNECTIONS = 256
const CONNECT_TIMEOUT_MS = 10_000
/**
 * What the connection to the server says anew. `Expect` is answered by the proxy: the body is on its way then. Sessions take place
 * in real time, so nobody tells the server another one.
 */
const OWN_HEADERS = ['host', 'expect', NOW_HEADER]

/** A listening port that passes everything on to a service of the target, and tells of it. It owns a socket and a pool of connections. */
export class ProxyPort<Begun> {
  readonly route: ServiceRoute
  /** Scheme, host and port, and the path of the account. */
  readonly url: string
  readonly #server: Server
  readonly #pool: Pool
  readonly #doorkeeper: Doorkeeper
  readonly #listener: ProxyListener<Begun>
  readonly #open = new Set<Promise<void>>()

  private constructor(server: Server, pool: Pool, options: ProxyPortOptions<Begun>) {
    this.route = options.route
    this.#server = server
    this.#pool = pool
    this.#doorkeeper = options.doorkeeper
    this.#listener = options.listener
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${options.route.localPath}`
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const serving = this.#serve(request, response)
      this.#open.add(serving)
      void serving.finally(() => this.#open.delete(serving))
    })
  }

  static async listen<Begun>(options: ProxyPortOptions<Begun>): Promise<ProxyPort<Begun>> {
    // A client may reuse a connection after any pause, and take as long for a request as the server lets it.
    const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const pool = new Pool(options.route.origin, {
      connections: MOST_CONNECTIONS,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: CONNECT_TIMEOUT_MS, ...trusting(options.ca) },
    })
    return new ProxyPort(server, pool, options)
  }

  /** Takes no more requests, and waits until those under way have come to their end, but no longer than the limit. */
  async close(limitMs: number): Promise<void> {
    this.#server.close()
    const limit = AbortSignal.timeout(limitMs)
    await Promise.race([Promise.all(this.#open), once(limit, 'abort')])
    this.#server.closeAllConnections()
    await this.#pool.destroy()
    await Promise.all(this.#open)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begun = this.#listener.onRequest(this.route, request, wallNowMs())
    let forwarded: Forwarded
    try {
      forwarded = await this.#forward(request, response, begun)
    } catch (error) {
      forwarded = { came: 'nowhere', error: error as Error, isServersFault: true }
      request.socket.destroy()
    }
    this.#listener.onEnd(begun, forwarded)
  }

  async #forward(request: IncomingMessage, response: ServerResponse, begun: Begun): Promise<Forwarded> {
    const { method = 'GET', url: asked = '/', rawHeaders, headers } = request
    const head = await this.#doorkeeper.admit({ method, target: asked, rawHeaders })
    const sent = endToEnd(head.rawHeaders, OWN_HEADERS)
    if (this.route.keepsHost && headers.host !== undefined) sent.push('host', headers.host)
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    const outgoing = { method: method as 'GET', path: head.target, headers: sent, body: hasBody ? request : null }
    return forward(
      this.#pool,
      outgoing,
      { request, response },
      {
        wantedBytes: (...answer) => this.#listener.wantedBytes(begun, ...answer),
        onActed: (sentMs, answeredMs) => this.#listener.onActed(begun, sentMs, answeredMs),
      },
    )
  }
}

export interface ProxyPortOptions<Begun> {
  readonly route: ServiceRoute
  readonly doorkeeper: Doorkeeper
  readonly listener: ProxyListener<Begun>
  /** A certificate to trust besides the usual ones, PEM. */
  readonly ca: string | undefined
}
