import type { LostPart } from '../../../model/client/retries/retried-call.ts'
import type { Instant } from '../../../model/time.ts'
import type { ReceivedAnswer } from '../sending.ts'

/** A request as it came from a client. */
export interface TappedRequest {
  readonly method: string
  /** As it stands in the request line, percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case; those of a doubled header are joined as HTTP says. */
  readonly headers: Readonly<Record<string, string>>
}

/** One request that a client sent through the tap, and what came of it. */
export interface Tapped {
  readonly request: TappedRequest
  /** Just before the server got it, and when its whole answer was there, by our clock. */
  readonly sentMs: Instant
  readonly answeredMs: Instant
  /** What the client was answered; undefined if that never came or was lost on purpose. */
  readonly answer: ReceivedAnswer | undefined
  /** What the tap lost of it on purpose. */
  readonly lost?: LostPart
  /** What the server answered, of which the client heard nothing, or the first half. */
  readonly unheard?: ReceivedAnswer
}

/** What the tap loses on purpose. */
export interface Loss {
  readonly part: LostPart
  /** Of so many requests, from the first on; those behind them get through. */
  readonly times: number
}
