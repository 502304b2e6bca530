import type { IncomingMessage } from 'node:http'
import type { Service } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import { NOW_HEADER } from '../clock/headers.ts'
import { invalidHeader, type Refusal, refusal } from './answer.ts'
import { isVersion, OLDEST_VERSION } from './version.ts'

/** The head of a request, read but not yet believed. */
export interface StorageRequest {
  readonly service: Service
  readonly method: string
  /** As it stands in the request line, percent-encoded, without the query: this is what a signature covers. */
  readonly path: string
  /** Decoded, names in lower case; a parameter that is given twice has its values joined by commas. */
  readonly query: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Names as they were sent and values in turn. */
  readonly rawHeaders: readonly string[]
  readonly address: Address
  readonly version: ServiceVersion
  /** The instant at which the request is served. */
  readonly nowMs: Instant
  /** Whether the request said itself at which instant it is to be served. */
  readonly isVirtual: boolean
  /** The address of the client. */
  readonly from: string
}

/** What the path of a request names. */
export interface Address {
  /** A container or share; empty for the service itself. */
  readonly root: string
  /** The name of a blob, or the path of a file or directory, decoded; empty for the root itself. */
  readonly name: string
}

/** Later than every HTTP date that can be written. */
const END_OF_DATES_MS = Date.UTC(10_000, 0)

/** Reads the head of a request. */
export function readRequest(incoming: IncomingMessage, service: Service, account: string): StorageRequest | Refusal {
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = readQuery(mark < 0 ? '' : url.slice(mark + 1))
  const headers = incoming.headers as Readonly<Record<string, string | undefined>>
  const named = readAddress(path, headers.host?.startsWith(`${account}.`) ? '' : account)
  if (query === undefined || named === undefined) return refusal(400, 'InvalidUri')
  const version = headers['x-ms-version'] ?? query.get('api-version') ?? query.get('sv') ?? OLDEST_VERSION
  if (!isVersion(version)) return invalidHeader('x-ms-version', version)
  const virtualMs = readInstant(headers[NOW_HEADER])
  if (Number.isNaN(virtualMs)) return invalidHeader(NOW_HEADER, headers[NOW_HEADER]!)
  return {
    service,
    method: incoming.method ?? '',
    path,
    query,
    headers,
    rawHeaders: incoming.rawHeaders,
    address: service === 'blob' && !query.has('restype') ? orInRoot(named) : named,
    version,
    nowMs: virtualMs ?? Date.now(),
    isVirtual: virtualMs !== undefined,
    from: incoming.socket.remoteAddress ?? '',
  }
}

/** Undefined if the header is missing, not a number if it says no instant that an HTTP date can show. */
function readInstant(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined
  const ms = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN
  return ms < END_OF_DATES_MS ? ms : Number.NaN
}

function readQuery(text: string): ReadonlyMap<string, string> | undefined {
  const query = new Map<string, string>()
  if (text === '') return query
  for (const part of text.split('&')) {
    const equals = part.indexOf('=')
    const name = decoded(equals < 0 ? part : part.slice(0, equals))?.toLowerCase()
    const value = equals < 0 ? '' : decoded(part.slice(equals + 1))
    if (name === undefined || value === undefined) return undefined
    if (name === '') continue
    const before = query.get(name)
    query.set(name, before === undefined ? value : `${before},${value}`)
  }
  return query
}

/**
 * Splits `/account/root/name`, or `/root/name` where the host names the account. A path that begins with another account is
 * taken to begin with the root, since the JavaScript client leaves the account out of the path when it renames a file.
 */
function readAddress(path: string, account: string): Address | undefined {
  if (!path.startsWith('/')) return undefined
  const hasAccount = account !== '' && path.slice(1, nextSlash(path, 1)) === account
  const begin = hasAccount ? account.length + 2 : 1
  const afterRoot = nextSlash(path, begin)
  const root = decoded(path.slice(begin, afterRoot))
  const name = decoded(path.slice(afterRoot + 1))
  return root === undefined || name === undefined ? undefined : { root, name }
}

/** A blob may do without the name of its container, if that is `$root`. */
function orInRoot(address: Address): Address {
  return address.name === '' && address.root !== '' ? { ...address, root: '$root', name: address.root } : address
}

function nextSlash(path: string, from: number): number {
  const found = path.indexOf('/', from)
  return found < 0 ? path.length : found
}

/** Undefined if the text is no percent-encoded UTF-8. */
function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
