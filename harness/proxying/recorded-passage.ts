import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { RecordedHeaders } from '../recordings/importing/recorded-exchange.ts'
import { canBeText } from '../recordings/importing/recorded-text.ts'
import type { Asked } from '../recordings/verifying-timed/footprint.ts'
import type { TimedExchange } from '../recordings/verifying-timed/timed-session.ts'
import { withoutSecrets } from '../targets/credentials/redaction.ts'
import type { Forwarded } from './forwarding.ts'
import { moved, recordedTarget, type ServiceRoute, SOURCE_HEADERS } from './service-route.ts'

/** Listings say something of leases as far as they are not longer. */
const MOST_LISTING_BYTES = 4 * 1024 * 1024
const MOST_ERROR_BYTES = 64 * 1024

/** Up to how many bytes of the body of an answer say something of leases. */
export function wantedBytes({ url, method }: Asked, status: number, headers: IncomingHttpHeaders | object): number {
  if (status === 401 || status === 403 || method === 'HEAD') return 0
  if (status >= 300) return 'x-ms-error-code' in headers ? 0 : MOST_ERROR_BYTES
  return isListing(url) ? MOST_LISTING_BYTES : 0
}

function isListing(url: string): boolean {
  return /[?&]comp=list(?:&|$)/i.test(url)
}

/** A request as it is judged and recorded: without secrets, and without the address of the server. */
export function askedOf(
  route: ServiceRoute,
  { method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  sources: readonly (readonly [from: string, to: string])[],
): Asked & { readonly requestHeaders: RecordedHeaders } {
  const told: Record<string, string> = { host: new URL(route.recordedUrl).host }
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !isTold(name)) continue
    const text = Array.isArray(value) ? value.join(', ') : value
    told[name] = withoutSignature(SOURCE_HEADERS.includes(name) ? moved(text, sources) : text)
  }
  return {
    method: method.replace(/[^A-Z]/g, ''),
    url: withoutSignature(recordedTarget(route, url)),
    requestHeaders: told,
  }
}

/** Header names of a request that are kept: those that say what is asked. What clients make up themselves may hold anything. */
function isTold(name: string): boolean {
  if (/authorization|cookie|encryption|^x-ms-meta-|^x-ms-tags$/.test(name)) return false
  return name.startsWith('x-ms-') || KEPT.has(name) || /^if-/.test(name)
}

const KEPT: ReadonlySet<string> = new Set(['accept', 'content-length', 'content-type', 'date', 'range', 'user-agent'])

/** The same for an answer. */
function isAnswered(name: string): boolean {
  return !/cookie|encryption|^x-ms-meta-/.test(name)
}

/** What a signature is made of stays; without the signature it opens nothing. */
function withoutSignature(text: string): string {
  return withoutSecrets(text).replace(/([?&]sig=)[^&\s]*/gi, '$1***')
}

/** An exchange as it is judged and recorded; one that was never answered has the status 0. */
export function exchangeOf(
  place: number,
  asked: Asked & { readonly requestHeaders: RecordedHeaders },
  forwarded: Exclude<Forwarded, { came: 'nowhere' }>,
): TimedExchange {
  const { method, url, requestHeaders } = asked
  const request = { place: String(place), method, url, requestHeaders }
  const { sentMs } = forwarded
  if (forwarded.came === 'to no answer') {
    const window = { earliestMs: sentMs, latestMs: forwarded.endedMs }
    return { ...request, status: 0, responseHeaders: {}, responseBody: '', window }
  }
  const { status, headers, body, answeredMs, endedMs } = forwarded
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && isAnswered(name))
  return {
    ...request,
    status,
    responseHeaders: Object.fromEntries(kept.map(([name, value]) => [name, withoutSignature(String(value))])),
    responseBody: canBeText(String(headers['content-type'] ?? '')) ? withoutSignature(body) : '',
    // A listing is made while it is sent; anything else has been done when the head of the answer is there.
    window: { earliestMs: sentMs, latestMs: isListing(url) ? endedMs : answeredMs },
  }
}
