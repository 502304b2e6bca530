import type { OperationName } from '../../../../model/operation.ts'
import { operation } from '../../../../model/operation.ts'
import type { Place, Told } from '../../../../reports/driver-protocol.ts'
import type { ClientAnswer, ClientCall } from '../../clients/client-library.ts'
import { snapshotOf } from '../../real-name.ts'
import { wireRequest } from '../../wire.ts'
import { isLeaseCall } from './plain-calls.ts'

export const PLAIN_VERSION = '2023-11-03'

/** A request before it is signed. */
export interface PlainRequest {
  readonly method: string
  /** Below the account, percent-encoded. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a lease client remembers. */
export interface PlainLease {
  readonly id: string
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

export type Ending = Pick<ClientAnswer, 'returned' | 'raised'>
/** Undefined: no answer came. */
export type Send = (request: PlainRequest) => Promise<PlainAnswer | undefined>

/**
 * A client library in four stages, so that a fault can stand in any of them. Of calls that go through no lease client `lease`
 * is undefined.
 */
export interface PlainClient {
  /** The request for a call; undefined: there is none, and the caller is told so. */
  ask(call: ClientCall, lease: PlainLease | undefined): PlainRequest | undefined
  /** Gets the answer to a request. */
  deliver(request: PlainRequest, send: Send, call: ClientCall): Promise<PlainAnswer | undefined>
  /** What the caller is given. */
  tell(answer: PlainAnswer | undefined, call: ClientCall, lease: PlainLease | undefined): Ending
  /** What the lease client remembers from then on. */
  keep(lease: PlainLease, answer: PlainAnswer | undefined, call: ClientCall): PlainLease
}

/** The client that does everything right. */
export const RIGHT_CLIENT: PlainClient = {
  ask: requestFor,
  deliver: (request, send) => send(request),
  tell: endingOf,
  keep: kept,
}

export function isSuccess(answer: PlainAnswer | undefined): answer is PlainAnswer {
  return answer !== undefined && answer.status < 300
}

function requestFor({ call, kind, place, arguments: asked }: ClientCall, lease: PlainLease | undefined) {
  if (kind === 'file' && call === 'renew') return undefined
  const isAcquire = call === 'acquire'
  const wanted = operation(
    call as OperationName,
    'it',
    {
      leaseId: lease === undefined ? asked.leaseId : isAcquire || call === 'break' ? undefined : lease.id,
      proposedLeaseId: isAcquire ? lease?.id : asked.proposedLeaseId,
      duration: asked.duration === undefined ? undefined : String(asked.duration),
      breakPeriod: asked.breakPeriod === undefined ? undefined : String(asked.breakPeriod),
      condition: asked.condition,
      sourceLeaseId: asked.sourceLeaseId,
      snapshots: asked.snapshots,
    },
    PLAIN_VERSION,
  )
  const { method, path, query, headers, body } = wireRequest(wanted, kind, realNameOf(place), asked.source?.url)
  const pairs = Array.from({ length: headers.length / 2 }, (_, i) => [headers[2 * i]!, headers[2 * i + 1]!] as const)
  return {
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: Object.fromEntries(pairs),
    body,
  }
}

function realNameOf({ container, blob, share, file, snapshot }: Place): string {
  const name = [container ?? share, blob ?? file].filter((part) => part !== undefined).join('/')
  return snapshot === undefined ? name : snapshotOf(name, snapshot)
}

const TOLD: readonly Told[] = [
  'etag',
  'last-modified',
  'x-ms-lease-id',
  'x-ms-lease-time',
  'x-ms-lease-state',
  'x-ms-lease-status',
  'x-ms-lease-duration',
]

function endingOf(answer: PlainAnswer | undefined, call: ClientCall): Ending {
  if (call.kind === 'file' && call.call === 'renew') return { raised: { error: 'UnsupportedError', because: 'client' } }
  if (answer === undefined) return { raised: { error: 'ConnectionError', because: 'connection' } }
  const { status, headers, body } = answer
  if (status < 300) {
    const told = TOLD.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]))
    return { returned: { status: String(status), ...Object.fromEntries(told) } }
  }
  const code = headers['x-ms-error-code'] ?? /<Code>(.*?)<\/Code>/.exec(body)?.[1]
  return { raised: { error: 'StorageError', because: 'service', status, ...(code === undefined ? {} : { code }) } }
}

function kept(lease: PlainLease, answer: PlainAnswer | undefined, { call }: ClientCall): PlainLease {
  if (!isSuccess(answer) || !isLeaseCall(call) || call === 'break') return lease
  const { etag, 'last-modified': lastModified, 'x-ms-lease-id': id } = answer.headers
  return { id: call === 'acquire' || call === 'change' ? id! : lease.id, etag, lastModified }
}
