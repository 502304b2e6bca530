import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import { wallNowMs } from '../clock/wall.ts'
import { CONNECTION_HEADERS } from '../drivers/tap/connection-headers.ts'

/** What came of a request that was passed on. */
export type Forwarded =
  /** It never left: the server cannot be reached, or the client had gone or asked what HTTP cannot say. */
  | { readonly came: 'nowhere'; readonly error: Error; readonly isServersFault: boolean }
  /** It left, and no answer came. */
  | { readonly came: 'to no answer'; readonly sentMs: number; readonly endedMs: number }
  | {
      readonly came: 'to an answer'
      readonly sentMs: number
      /** When the head of the answer was there: the server had acted by then. */
      readonly answeredMs: number
      /** When all of it was there. */
      readonly endedMs: number
      readonly status: number
      readonly headers: AnswerHeaders
      /** As much of the text as is wanted; empty if it is longer. */
      readonly body: string
    }

type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>

export interface ForwardOptions {
  /** Up to how many bytes of an answer's body are wanted. */
  readonly wantedBytes: (status: number, headers: AnswerHeaders) => number
  /** Told as soon as the server is known to have acted, before the client hears of it. */
  readonly onActed: (sentMs: number, answeredMs: number) => void
}

/** Who has asked and gone away is not waited for any longer than this. */
const ORPHAN_LIMIT_MS = 60_000

/** Passes a request on, and its answer back, as they come: nothing is held in memory but what is on its way. */
export function forward(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  client: { readonly request: IncomingMessage; readonly response: ServerResponse },
  options: ForwardOptions,
): Promise<Forwarded> {
  return new Promise((resolve) => {
    const forwarding = new Forwarding(client, options, resolve)
    try {
      dispatcher.dispatch(request, forwarding)
    } catch (error) {
      // What HTTP cannot say is refused before it is sent.
      forwarding.onResponseError(undefined, error as Error)
    }
  })
}

class Forwarding implements Dispatcher.DispatchHandler {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #options: ForwardOptions
  readonly #resolve: (forwarded: Forwarded) => void
  #controller: Dispatcher.DispatchController | undefined
  #orphaned: NodeJS.Timeout | undefined
  #sentMs: number | undefined
  #answeredMs: number | undefined
  #status = 0
  #headers: AnswerHeaders = {}
  #wanted = 0
  #bytes = 0
  readonly #chunks: Buffer[] = []

  constructor(
    { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
    options: ForwardOptions,
    resolve: (forwarded: Forwarded) => void,
  ) {
    this.#request = request
    this.#response = response
    this.#options = options
    this.#resolve = resolve
    response.once('close', () => this.#clientIsGone())
    response.on('drain', () => this.#controller?.resume())
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#sentMs = wallNowMs()
    if (this.#response.destroyed) this.#clientIsGone()
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: AnswerHeaders,
    statusMessage?: string,
  ): void {
    if (status < 200) return
    this.#answeredMs = wallNowMs()
    this.#status = status
    this.#headers = headers
    this.#wanted = this.#options.wantedBytes(status, headers)
    this.#options.onActed(this.#sentMs!, this.#answeredMs)
    if (this.#response.destroyed) {
      this.#clientIsGone()
      return
    }
    // The date is the server's own.
    this.#response.sendDate = false
    const raw = rawHeadersOf(controller) ?? Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
    this.#response.writeHead(status, statusMessage, endToEnd(raw))
    this.#response.flushHeaders()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#wanted) this.#chunks.push(chunk)
    if (!this.#response.destroyed && !this.#response.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    this.#response.end()
    this.#finish()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const isServersFault = !this.#response.destroyed && !(error instanceof errors.InvalidArgumentError)
    // The client sees what it would see of the server: a connection that breaks.
    this.#request.socket.destroy()
    if (this.#sentMs === undefined) this.#settle({ came: 'nowhere', error, isServersFault })
    else if (this.#answeredMs !== undefined) this.#finish()
    else this.#settle({ came: 'to no answer', sentMs: this.#sentMs, endedMs: wallNowMs() })
  }

  /** A request that is with the server whole is waited for, since what comes of it matters to others. */
  #clientIsGone(): void {
    if (this.#response.writableFinished || this.#controller === undefined) return
    const abort = () => this.#controller?.abort(new Error('the client has gone'))
    if (this.#answeredMs !== undefined) {
      if (this.#wanted === 0) abort()
      else this.#controller.resume()
    } else if (!this.#request.complete) abort()
    else this.#orphaned ??= setTimeout(abort, ORPHAN_LIMIT_MS)
  }

  #finish(): void {
    const body = this.#bytes <= this.#wanted ? Buffer.concat(this.#chunks).toString('utf8') : ''
    this.#settle({
      came: 'to an answer',
      sentMs: this.#sentMs!,
      answeredMs: this.#answeredMs!,
      endedMs: wallNowMs(),
      status: this.#status,
      headers: this.#headers,
      body,
    })
  }

  #settle(forwarded: Forwarded): void {
    clearTimeout(this.#orphaned)
    this.#resolve(forwarded)
  }
}

/** Headers as they came, so that their spelling and their order stay. */
function rawHeadersOf(controller: Dispatcher.DispatchController): string[] | undefined {
  const { rawHeaders } = controller as { readonly rawHeaders?: unknown }
  return Array.isArray(rawHeaders)
    ? rawHeaders.map((each) => (typeof each === 'string' ? each : each.toString('latin1')))
    : undefined
}

/** Names and values in turn, without those that belong to one connection, and others that are not to be passed on. */
export function endToEnd(raw: readonly string[], except: readonly string[] = []): string[] {
  return raw.filter((_, place) => {
    const name = raw[place - (place % 2)]!.toLowerCase()
    return !CONNECTION_HEADERS.has(name) && !except.includes(name)
  })
}
