import type { IncomingMessage } from 'node:http'
import type { Service } from '../../model/resource.ts'
import type { RecordedHeaders } from '../recordings/importing/recorded-exchange.ts'
import type { Asked } from '../recordings/verifying-timed/footprint.ts'
import type { Begun, TimedSession } from '../recordings/verifying-timed/timed-session.ts'
import type { Endpoint } from '../targets/target.ts'
import { Doorkeeper, keyForClients } from './doorkeeper.ts'
import type { Forwarded } from './forwarding.ts'
import type { HarFile } from './har-file.ts'
import { type ProxyListener, ProxyPort } from './proxy-port.ts'
import { askedOf, exchangeOf, wantedBytes } from './recorded-passage.ts'
import { routesTo, type ServiceRoute } from './service-route.ts'

export interface ProxyOptions {
  readonly endpoint: Endpoint
  readonly session: TimedSession
  readonly record: HarFile | undefined
  /** Told of a request that could not be sent at all. */
  readonly onUnreachable: (error: Error) => void
}

/** A request on its way. */
interface OnItsWay {
  readonly asked: Asked & { readonly requestHeaders: RecordedHeaders }
  readonly begun: Begun
}

/** What stands before the services of a target: whatever goes through is judged, and recorded. */
export class SessionProxy {
  /** What clients sign with; undefined where they need no key. */
  readonly clientKey: string | undefined
  readonly #options: ProxyOptions
  #ports: readonly ProxyPort<OnItsWay>[] = []
  #sources: readonly (readonly [from: string, to: string])[] = []
  #places = 0
  #unreachable = 0

  private constructor(options: ProxyOptions) {
    this.#options = options
    this.clientKey = keyForClients(options.endpoint)
  }

  static async listen(options: ProxyOptions): Promise<SessionProxy> {
    const proxy = new SessionProxy(options)
    const { endpoint } = options
    const doors = routesTo(endpoint).map((route) => ({
      route,
      doorkeeper: new Doorkeeper(route, endpoint, proxy.clientKey),
    }))
    proxy.#ports = await Promise.all(
      doors.map((door) => ProxyPort.listen({ ...door, listener: proxy.#listener, ca: endpoint.ca })),
    )
    const urls = proxy.#ports.map(({ url, route }) => [url, route.origin + route.basePath] as const)
    for (const { doorkeeper } of doors) doorkeeper.know(urls)
    proxy.#sources = proxy.#ports.flatMap(({ url, route }) => [
      [url, route.recordedUrl] as const,
      [route.origin + route.basePath, route.recordedUrl] as const,
    ])
    return proxy
  }

  /** Where a service is reached through the proxy; undefined if the target has none. */
  urlOf(service: Service): string | undefined {
    return this.#ports.find(({ route }) => route.service === service)?.url
  }

  /** How many requests the server could not be reached for. */
  get unreachable(): number {
    return this.#unreachable
  }

  /** Waits for what is under way, but no longer than the limit. */
  async close(limitMs: number): Promise<void> {
    await Promise.all(this.#ports.map((port) => port.close(limitMs)))
  }

  readonly #listener: ProxyListener<OnItsWay> = {
    onRequest: (route: ServiceRoute, request: IncomingMessage, nowMs: number) => {
      const asked = askedOf(route, request, this.#sources)
      return { asked, begun: this.#options.session.begin(asked, nowMs) }
    },
    wantedBytes: ({ asked }, status, headers) => wantedBytes(asked, status, headers),
    onActed: ({ asked, begun }, sentMs, answeredMs) => {
      // What a listing shows may be of any moment until its end.
      if (wantedBytes(asked, 200, {}) === 0) this.#options.session.acted(begun, sentMs, answeredMs)
    },
    onEnd: ({ asked, begun }, forwarded) => this.#end(asked, begun, forwarded),
  }

  #end(asked: OnItsWay['asked'], begun: Begun, forwarded: Forwarded): void {
    const { session, record, onUnreachable } = this.#options
    if (forwarded.came === 'nowhere') {
      session.drop(begun)
      if (!forwarded.isServersFault) return
      this.#unreachable++
      onUnreachable(forwarded.error)
      return
    }
    const exchange = exchangeOf(this.#places++, asked, forwarded)
    record?.add(exchange)
    session.end(begun, exchange)
  }
}
