import type { Span } from '../../../model/time.ts'

/** Header names in lower case; a header that came several times has its values joined by ", ". */
export type RecordedHeaders = Readonly<Record<string, string>>

/** One recorded HTTP request and its answer, just as the file has them. */
export interface RecordedExchange {
  /** Where it stands in the file: the number of the entry from 0, of a part of a batch with the part's number, as in `7.2`. */
  readonly place: string
  readonly method: string
  /** Absolute; scheme and host may be made up by a sanitizer. */
  readonly url: string
  /** Undefined where the recording has no request headers at all, so that nobody knows what was sent. */
  readonly requestHeaders: RecordedHeaders | undefined
  /** 0: it was never answered; only where there is a window. */
  readonly status: number
  readonly responseHeaders: RecordedHeaders
  /** The text of the answer's body; empty where none was recorded or it is no text. */
  readonly responseBody: string
  /** When the request was sent, milliseconds since the epoch, where the format tells it better than `Date` headers do. */
  readonly sentMs?: number
  /** When it was sent and when it had been answered, where every request of the session was seen and timed exactly. */
  readonly window?: Span
  /** What the recording left out of the request or the answer, although there may have been something. */
  readonly leftOut?: readonly LeftOut[]
}

/**
 * `etags`: no ETag and no Last-Modified was recorded; `code`: no error code, though the answer may have had one; `condition`: the
 * value of a conditional header.
 */
export type LeftOut = 'etags' | 'code' | 'condition'

/** What was recorded together, in the order of the recording. Several runs may stand in one file one after the other. */
export interface Recording {
  /** The file, as it was named, and what it is called inside if the file holds several recordings. */
  readonly source: string
  readonly format: RecordingFormat
  /** How many recordings were the same as this one, where the file says so. */
  readonly count: number
  /** Whether the account had a hierarchical namespace, where the file says so; else hosts and answers tell. */
  readonly hierarchical?: boolean
  readonly exchanges: readonly RecordedExchange[]
}

/** `older-sdk`: what the Azure SDKs for Java, C++ and JavaScript (in browsers) recorded before the test proxy. */
export type RecordingFormat = 'test-proxy' | 'older-sdk' | 'vcr' | 'har' | 'condensed'
