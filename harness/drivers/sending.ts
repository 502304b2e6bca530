import type { Dispatcher } from 'undici'
import { wallNowMs } from '../clock/wall.ts'
import type { ReceivedHeaders } from './answer.ts'

/** What came of one request. */
export interface Received {
  /** Just before the first byte went out, by our clock. */
  readonly sentMs: number
  /** When the whole answer was there; when the connection failed, if it never was. */
  readonly answeredMs: number
  /** Undefined: the request may have been served or not, and no answer came. */
  readonly answer: ReceivedAnswer | undefined
}

export interface ReceivedAnswer {
  readonly status: number
  readonly headers: ReceivedHeaders
  /** Empty unless it was asked for. */
  readonly body: string
  /** The same, as it came. */
  readonly bytes: Buffer
}

const NO_BYTES = Buffer.alloc(0)

/** Whoever sends without end is not waited for: no answer to what is asked here is as long, or takes as long while it comes. */
const MOST_BYTES = 16 * 1024 * 1024
const BODY_LIMIT_MS = 60_000

export type WantsBody = (status: number, headers: ReceivedHeaders) => boolean

/**
 * Sends one request, once, and consumes the whole answer. The lowest level of the HTTP client is used because only it tells
 * whether a request that failed had been sent, and when.
 * @throws the client's own error if nothing was sent.
 */
export function send(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  wantsBody: WantsBody,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(options, new Sending(wantsBody, resolve, reject))
  })
}

class Sending implements Dispatcher.DispatchHandler {
  readonly #wantsBody: WantsBody
  readonly #resolve: (received: Received) => void
  readonly #reject: (error: Error) => void
  #sentMs: number | undefined
  #status = 0
  #headers: ReceivedHeaders = {}
  #chunks: Buffer[] | undefined
  #bytes = 0

  constructor(wantsBody: WantsBody, resolve: (received: Received) => void, reject: (error: Error) => void) {
    this.#wantsBody = wantsBody
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(): void {
    this.#sentMs = wallNowMs()
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ReceivedHeaders): void {
    this.#status = status
    this.#headers = headers
    this.#chunks = this.#wantsBody(status, headers) ? [] : undefined
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    const tooLong = this.#bytes > MOST_BYTES || wallNowMs() - this.#sentMs! > BODY_LIMIT_MS
    if (tooLong) controller.abort(new Error('the answer has no end'))
    else this.#chunks?.push(chunk)
  }

  onResponseEnd(): void {
    const bytes = this.#chunks === undefined ? NO_BYTES : Buffer.concat(this.#chunks)
    this.#finish({ status: this.#status, headers: this.#headers, body: bytes.toString('utf8'), bytes })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#sentMs === undefined) this.#reject(error)
    else this.#finish(undefined)
  }

  #finish(answer: ReceivedAnswer | undefined): void {
    this.#resolve({ sentMs: this.#sentMs!, answeredMs: wallNowMs(), answer })
  }
}
