import type { Span } from '../../../model/time.ts'
import { expandedBatch, isBatch } from './batch.ts'
import type { RecordedExchange, RecordedHeaders } from './recorded-exchange.ts'

/** One entry of a recording, as the reader of its format found it; nothing of it is checked yet. */
export interface RecordedEntry {
  readonly method: unknown
  readonly url: unknown
  readonly requestHeaders: RecordedHeaders | undefined
  /** The text of the request's body; read only where it matters, since it may be large. */
  readonly requestBody: () => string
  readonly status: unknown
  readonly responseHeaders: RecordedHeaders | undefined
  readonly responseBody: string
  readonly sentMs?: number
  readonly window?: Span
}

export type EntriesRead = { readonly exchanges: readonly RecordedExchange[] } | { readonly error: string }

const NO_HEADERS: RecordedHeaders = {}

/**
 * Makes exchanges of the entries of a file. Places count all entries, also those that were never answered and are left out; a
 * batch is replaced by its parts. An error is a clause that names the entry.
 * @param first the place of the first entry
 */
export function exchangesOf(
  entries: readonly unknown[],
  read: (entry: unknown) => RecordedEntry,
  first = 0,
): EntriesRead {
  const exchanges: RecordedExchange[] = []
  for (const [index, each] of entries.entries()) {
    const entry = read(each)
    const place = String(first + index)
    const status = typeof entry.status === 'number' ? entry.status : Number(entry.status ?? Number.NaN)
    if (status === 0 && entry.window === undefined) continue
    const complaint = complaintAbout(entry, status)
    if (complaint !== undefined) return { error: `entry ${place}, counted from 0, ${complaint}` }
    const exchange = exchangeOf(entry, place, status)
    const parts = isBatch(exchange) ? expandedBatch(exchange, entry.requestBody()) : [exchange]
    exchanges.push(...parts)
  }
  return { exchanges }
}

function exchangeOf(entry: RecordedEntry, place: string, status: number): RecordedExchange {
  const { sentMs, window } = entry
  return {
    place,
    method: (entry.method as string).toUpperCase(),
    url: entry.url as string,
    requestHeaders: entry.requestHeaders,
    status,
    responseHeaders: entry.responseHeaders ?? NO_HEADERS,
    responseBody: entry.responseBody,
    ...(sentMs === undefined || Number.isNaN(sentMs) ? {} : { sentMs }),
    ...(window === undefined ? {} : { window }),
  }
}

function complaintAbout({ method, url, window }: RecordedEntry, status: number): string | undefined {
  if (typeof method !== 'string' || !/^[a-z]+$/i.test(method)) return 'has no method'
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return 'has no absolute URL'
  if (status === 0 && window !== undefined) return undefined
  return Number.isInteger(status) && status >= 100 && status <= 599 ? undefined : 'has no status'
}
