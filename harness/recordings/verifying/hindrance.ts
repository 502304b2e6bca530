import { LEASE_ACTIONS } from '../../../model/operation.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { TappedRequest } from '../../drivers/tap/tapped.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { isReplaced } from './sanitized.ts'

/** Why a recorded exchange cannot be judged; the report explains each in a sentence. */
export const HINDRANCES = {
  'no request headers': 'the recording has no request headers, so nobody knows what was sent',
  'lease headers taken out': 'a sanitizer took lease ids or durations out of the requests',
  'value replaced': 'a sanitizer replaced a lease id',
  'operation not known': 'the model does not know the operation',
  'hierarchical namespace': 'the account has a hierarchical namespace, which answers otherwise',
  'secondary endpoint': 'the secondary endpoint lags behind',
  'old version of a blob': 'it is about an old version of a blob',
  'file in a share snapshot': 'it is about a file in a snapshot of a share',
  'several conditions': 'the request has several conditional headers',
  'action in other case': 'x-ms-lease-action is not written in lower case, and nobody knows whether that matters',
  'not authorized': 'it was refused for want of permission',
  throttled: 'the service was too busy to look at it',
  'service failed': 'the service failed, and nobody knows what it did',
  'refused for another reason': 'it was refused for a reason that has nothing to do with leases',
  'no answer': 'no answer was recorded',
  'overlaps with another request':
    'another request was under way at the same time, and nobody knows which the server served first',
  'too many possibilities': 'too little is known of what went before',
} as const
export type HindranceName = keyof typeof HINDRANCES

/** A hindrance, and what it was about where that differs. */
export interface Hindrance {
  readonly name: HindranceName
  readonly detail?: string
}

/** What is known of a recording as a whole. */
export interface RecordingFacts {
  /** Lease headers were taken out of its requests. */
  readonly lacksLeaseHeaders: boolean
  readonly hierarchical: boolean
}

/** Why a request to a resource cannot be judged, whatever the resource; undefined if it can. */
export function hindranceTo(
  exchange: RecordedExchange,
  request: TappedRequest,
  kind: ResourceKind,
  facts: RecordingFacts,
): Hindrance | undefined {
  const { status } = exchange
  const { headers, query } = request
  // A container is one with and without: recorded 100 times, break times and all.
  if (facts.hierarchical && kind !== 'container') return { name: 'hierarchical namespace' }
  if (status < 100) return { name: 'no answer' }
  if (query.has('versionid')) return { name: 'old version of a blob' }
  if (kind === 'file' && query.has('sharesnapshot')) return { name: 'file in a share snapshot' }
  if (status >= 500) return { name: status === BUSY ? 'throttled' : 'service failed', detail: `status ${status}` }
  if (status === TOO_MANY) return { name: 'throttled' }
  if (status === UNAUTHORIZED || status === FORBIDDEN) return { name: 'not authorized' }
  if (exchange.requestHeaders === undefined && !isPlainRead(exchange)) return { name: 'no request headers' }
  const odd = LEASE_ACTIONS.find((each) => each === headers['x-ms-lease-action']?.toLowerCase())
  if (odd !== undefined && odd !== headers['x-ms-lease-action']) return { name: 'action in other case' }
  if (LEASE_ID_HEADERS.some((name) => isReplaced(headers[name]))) return { name: 'value replaced' }
  return facts.lacksLeaseHeaders && mayLack(exchange, request) ? { name: 'lease headers taken out' } : undefined
}

const UNAUTHORIZED = 401
const FORBIDDEN = 403
const TOO_MANY = 429
const BUSY = 503

const LEASE_ID_HEADERS = [
  'x-ms-lease-id',
  'x-ms-proposed-lease-id',
  'x-ms-source-lease-id',
  'x-ms-destination-lease-id',
] as const

/** A read that succeeds says the same with and without an id. */
function isPlainRead({ method, status }: RecordedExchange): boolean {
  return (method === 'GET' || method === 'HEAD') && status < 300
}

/** Whether a request may have had a lease header that its recording does not show. */
function mayLack(exchange: RecordedExchange, { headers }: TappedRequest): boolean {
  if (isPlainRead(exchange)) return false
  // Without the id that the service made up nobody knows who holds the lease.
  if (isGiven(exchange, headers['x-ms-lease-action'])) return true
  const needed = headers['x-ms-lease-action'] === 'acquire' ? 'x-ms-lease-duration' : 'x-ms-lease-id'
  return headers[needed] === undefined && headers['x-ms-lease-action'] !== 'break'
}

/** Whether a lease id was answered and taken out. */
function isGiven({ status, responseHeaders }: RecordedExchange, action: string | undefined): boolean {
  return status < 300 && action === 'acquire' && responseHeaders['x-ms-lease-id'] === undefined
}

/** Codes of lease requests that are refused before anything is asked about leases. Source: Common REST API error codes. */
const BESIDE_LEASES: ReadonlySet<string> = new Set([
  'AccountIsDisabled',
  'FeatureNotSupportedForAccount',
  'InsecureTransportNotSupported',
  'InvalidResourceName',
  'InvalidUri',
  'InvalidQueryParameterValue',
  'InvalidVersion',
  'ResourceTypeMismatch',
  'ServerBusy',
  'UnsupportedHttpVerb',
  'UnsupportedQueryParameter',
])

const CODES: ReadonlySet<string> = new Set(
  RULES.flatMap(({ expect }) => expect.flatMap(({ code }) => code.values)).filter((code) => code !== 'none'),
)

/** Whether a refusal has nothing to do with leases. A lease request is refused for few reasons beside those of the rules. */
export function isBesideLeases(status: number, code: string | undefined, onLease: boolean): boolean {
  if (status < 400 || code === undefined) return false
  return onLease ? BESIDE_LEASES.has(code) : !CODES.has(code)
}
