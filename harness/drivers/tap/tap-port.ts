import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LostPart } from '../../../model/client/retries/retried-call.ts'
import type { Instant } from '../../../model/time.ts'
import { wallNowMs } from '../../clock/wall.ts'
import { halfOf } from './half-answer.ts'
import type { Loss, Tapped, TappedRequest } from './tapped.ts'
import { answerHeaders, type Upstream } from './upstream.ts'

/** What the requests of the next call get. */
export interface Arming {
  /** The virtual time at which the server is to act; undefined leaves it to the server's own clock. */
  readonly instant: Instant | undefined
  readonly lose?: Loss | undefined
}

/** A port of the tap: what one client handle sends its requests to instead of the server. It owns a listening socket. */
export class TapPort {
  /** Scheme, host and port; the account's path of the server's URL comes behind it. */
  readonly origin: string
  readonly #server: Server
  readonly #upstream: Upstream
  readonly #open = new Set<Promise<void>>()
  #arming: Arming = { instant: undefined }
  /** How many more requests lose something. */
  #toLose = 0
  #tapped: Tapped[] = []
  #failure: unknown

  private constructor(server: Server, upstream: Upstream) {
    this.#server = server
    this.#upstream = upstream
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const serving = this.#serve(request, response).catch((error: unknown) => {
        // The client did not do this, so it is no exchange: whoever takes the exchanges hears of it.
        this.#failure ??= error
        request.socket.destroy()
      })
      this.#open.add(serving)
      serving.finally(() => this.#open.delete(serving))
    })
  }

  static async listen(upstream: Upstream): Promise<TapPort> {
    // A client may reuse a connection after any pause, so none is closed for being idle: the reset would look like a lost answer.
    const server = createServer({ keepAliveTimeout: 0 }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TapPort(server, upstream)
  }

  /** Says what the requests from now on get. */
  arm(arming: Arming): void {
    this.#arming = arming
    this.#toLose = arming.lose?.times ?? 0
  }

  /**
   * What was sent since the last time, once all of it has been answered.
   * @throws TargetError if the server could not be reached, ClockError if it did not act at the instant.
   */
  async take(): Promise<readonly Tapped[]> {
    while (this.#open.size > 0) await Promise.all(this.#open)
    const [tapped, failure] = [this.#tapped, this.#failure]
    this.#tapped = []
    this.#failure = undefined
    if (failure !== undefined) throw failure
    return tapped
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { instant } = this.#arming
    const lost = this.#nextLoss()
    const seen = seenRequest(request)
    const place = this.#tapped.length
    const note = (more: Omit<Tapped, 'request'>) => {
      this.#tapped[place] = { request: seen, ...more, ...(lost === undefined ? {} : { lost }) }
    }
    const arrivedMs = wallNowMs()
    note({ sentMs: arrivedMs, answeredMs: arrivedMs, answer: undefined })
    if (lost === 'request') return void request.socket.destroy()
    const body = await bodyOf(request).catch(() => undefined)
    // A request that its own client broke off reached nobody.
    if (body === undefined) return
    const { method = 'GET', url: target = '/', rawHeaders } = request
    const { sentMs, answeredMs, answer } = await this.#upstream.pass({ method, target, rawHeaders, body }, instant)
    if (lost !== undefined && answer !== undefined) {
      note({ sentMs, answeredMs, answer: undefined, unheard: answer })
      return void (lost === 'half' ? request.socket.end(halfOf(answer, method)) : request.socket.destroy())
    }
    note({ sentMs, answeredMs, answer })
    if (answer === undefined) return void request.socket.destroy()
    response.writeHead(answer.status, answerHeaders(answer.headers)).end(answer.bytes)
  }

  #nextLoss(): LostPart | undefined {
    if (this.#toLose === 0) return undefined
    this.#toLose--
    return this.#arming.lose?.part
  }
}

function seenRequest({ method = 'GET', url = '/', headers }: IncomingMessage): TappedRequest {
  const question = url.indexOf('?')
  return {
    method,
    path: question < 0 ? url : url.slice(0, question),
    query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1)),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
