import { XMLParser } from 'fast-xml-parser'
import { classOf, type OperationName } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { ANSWER_HEADERS } from '../../model/rules/rule.ts'
import type { Answer } from '../../model/trace.ts'
import { containerAndBlob, type RealName } from './real-name.ts'

/** Headers as the HTTP client gives them: names in lower case, repeated ones as lists. */
export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What came over the wire, as far as an answer to the model is made from it. */
export interface WireAnswer {
  readonly status: number
  readonly headers: ReceivedHeaders
  readonly body: string
}

/** Lease elements of a listed resource, and the headers that say the same of a single one. Source: List Blobs. */
const LISTED = [
  ['LeaseState', 'x-ms-lease-state'],
  ['LeaseStatus', 'x-ms-lease-status'],
  ['LeaseDuration', 'x-ms-lease-duration'],
] as const

/** The elements of each listing, outer and inner. Sources: List Blobs, List Containers, List Shares. */
const LISTINGS: Readonly<Partial<Record<ResourceKind, readonly [all: string, each: string]>>> = {
  blob: ['Blobs', 'Blob'],
  container: ['Containers', 'Container'],
  share: ['Shares', 'Share'],
}
const REPEATED = new Set(Object.values(LISTINGS).map(([, each]) => each))

// Values stay texts: a blob may be named 007.
const xml = new XMLParser({ parseTagValue: false, ignoreAttributes: true, isArray: (name) => REPEATED.has(name) })

interface Listing {
  /** An empty element is parsed as an empty text. */
  readonly EnumerationResults?: Readonly<Record<string, Readonly<Record<string, readonly ListedResource[]>> | ''>>
}

interface ListedResource {
  readonly Name: string
  readonly Properties?: Readonly<Record<string, string>>
}

/** Whether `answerTo` will read the body; bodies can be large, and most say nothing of leases. */
export function needsBody(name: OperationName, status: number, headers: ReceivedHeaders): boolean {
  return status >= 300 ? headers['x-ms-error-code'] === undefined : classOf(name) === 'list'
}

/** The model's view of an answer to an operation; that of a listing tells what it says of the one resource. */
export function answerTo(name: OperationName, kind: ResourceKind, realName: RealName, answer: WireAnswer): Answer {
  if (classOf(name) !== 'list' || answer.status >= 300) return answerOf(answer.status, answer.headers, answer.body)
  const listed = kind === 'blob' ? containerAndBlob(realName)[1] : realName
  const headers = leaseHeaders(listedResource(answer.body, kind, listed))
  return { status: answer.status, headers, ...requestIdIn(answer.headers) }
}

/** The model's view of an answer that is no listing. */
export function answerOf(status: number, received: ReceivedHeaders, body: string): Answer {
  const headers: Record<string, string> = {}
  for (const name of ANSWER_HEADERS) {
    const value = received[name]
    if (value !== undefined) headers[name] = String(value)
  }
  const told = { status, headers, ...requestIdIn(received) }
  if (status < 300) return told
  const code = received['x-ms-error-code'] ?? errorCodeIn(body)
  return code === undefined ? told : { ...told, code: String(code) }
}

function requestIdIn({ 'x-ms-request-id': id }: ReceivedHeaders): Pick<Answer, 'requestId'> {
  return id === undefined ? {} : { requestId: String(id) }
}

/** The lease elements of a listed resource as headers; none if it is not listed. */
function leaseHeaders(resource: ListedResource | undefined): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const [element, header] of LISTED) {
    const value = resource?.Properties?.[element]
    if (value !== undefined) headers[header] = value
  }
  return headers
}

function listedResource(body: string, kind: ResourceKind, name: string): ListedResource | undefined {
  const [all, each] = LISTINGS[kind] ?? []
  if (all === undefined || each === undefined) return undefined
  const found = (parsed(body) as Listing | undefined)?.EnumerationResults?.[all]
  return found ? found[each]?.find(({ Name }) => Name === name) : undefined
}

function errorCodeIn(body: string): string | undefined {
  if (!body.includes('<Code>')) return undefined
  return (parsed(body) as { Error?: { Code?: string } } | undefined)?.Error?.Code
}

/** What a body says; one that is no XML says nothing. */
function parsed(body: string): unknown {
  try {
    return xml.parse(body)
  } catch {
    return undefined
  }
}
