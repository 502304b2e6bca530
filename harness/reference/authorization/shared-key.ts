import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { canonicalQuery, PLACED_HEADERS } from '../../drivers/shared-key.ts'
import { type Refusal, refusal } from '../answer.ts'
import type { StorageRequest } from '../request.ts'

/** An account and its key. */
export interface Credential {
  readonly account: string
  readonly key: KeyObject
}

/** How far the date of a signed request may be from ours. Source: "Authorize with Shared Key". */
const SKEW_LIMIT_MS = 15 * 60_000
const MISMATCH = refusal(403, 'AuthenticationFailed')

/** Verifies the `Authorization` header of a request that carries one; undefined if it is in order. */
export function verifySharedKey(request: StorageRequest, { account, key }: Credential): Refusal | undefined {
  const read = /^SharedKey(Lite)? ([^:\s]+):(\S+)$/.exec(request.headers.authorization ?? '')
  if (read === null) return refusal(401, 'InvalidAuthenticationInfo')
  const [, lite, claimed, signature] = read
  if (claimed !== account || !(request.isVirtual || isRecent(request))) return MISMATCH
  const texts = lite === undefined ? sharedKeyTexts(request, account) : sharedKeyLiteTexts(request, account)
  for (const text of texts) if (isSignature(signature!, text, key)) return undefined
  return MISMATCH
}

/** Whether a signature is that of a text; compares in constant time. */
export function isSignature(signature: string, text: string, key: KeyObject): boolean {
  const expected = createHmac('sha256', key).update(text, 'utf8').digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function isRecent({ headers, nowMs }: StorageRequest): boolean {
  return Math.abs(Date.parse(headers['x-ms-date'] ?? headers.date ?? '') - nowMs) <= SKEW_LIMIT_MS
}

/** What a signature covers of a request. */
export type Signed = Pick<StorageRequest, 'method' | 'path' | 'query' | 'headers'>

/** The texts that a client may have signed, of which one is enough: as it says, by the one or the other scheme. */
export function signedTexts(request: Signed, account: string, isLite: boolean): readonly string[] {
  return [...(isLite ? sharedKeyLiteTexts(request, account) : sharedKeyTexts(request, account))]
}

/** The texts that clients may have signed: they differ in the order of headers, old ones sign a length of nothing as 0. */
function* sharedKeyTexts(request: Signed, account: string): Generator<string> {
  const resource = `/${account}${request.path}${canonicalQuery([...request.query])}`
  const headers = ownHeaders(request)
  yield `${request.method}\n${placedHeaders(request, '')}${headers(plainOrder)}${resource}`
  yield `${request.method}\n${placedHeaders(request, '')}${headers(serviceOrder)}${resource}`
  yield `${request.method}\n${placedHeaders(request, '0')}${headers(plainOrder)}${resource}`
}

function* sharedKeyLiteTexts(request: Signed, account: string): Generator<string> {
  const comp = request.query.get('comp')
  const resource = `/${account}${request.path}${comp === undefined ? '' : `?comp=${comp}`}`
  const { headers } = request
  const placed = [headers['content-md5'], headers['content-type'], dateOf(request)].map((text) => text ?? '').join('\n')
  const own = ownHeaders(request)
  yield `${request.method}\n${placed}\n${own(plainOrder)}${resource}`
  yield `${request.method}\n${placed}\n${own(serviceOrder)}${resource}`
}

/** The headers that are signed by place; the date goes by `x-ms-date` where there is one. */
function placedHeaders(request: Signed, zeroLength: string): string {
  const { headers } = request
  let text = ''
  for (const name of PLACED_HEADERS) {
    const value = name === 'date' ? dateOf(request) : headers[name]
    text += `${name === 'content-length' && value === '0' ? zeroLength : (value ?? '')}\n`
  }
  return text
}

function dateOf({ headers }: Signed): string | undefined {
  return headers['x-ms-date'] === undefined ? headers.date : ''
}

type Order = (left: string, right: string) => number

/** The `x-ms-` headers, one a line; one that was sent twice is signed as HTTP joins it. */
function ownHeaders({ headers }: Signed): (order: Order) => string {
  const names: string[] = []
  for (const name in headers) if (name.startsWith('x-ms-')) names.push(name)
  return (order) => {
    let text = ''
    for (const name of names.sort(order)) text += `${name}:${headers[name]}\n`
    return text
  }
}

function plainOrder(left: string, right: string): number {
  return left < right ? -1 : 1
}

/** The order of the official clients: like a dictionary, hyphens do not count and underscores come before digits. */
function serviceOrder(left: string, right: string): number {
  return plainOrder(collated(left), collated(right))
}

function collated(name: string): string {
  return name.replaceAll('-', '').replaceAll('_', '!')
}
