import { XMLParser } from 'fast-xml-parser'
import { ANSWER_HEADERS, type Answer } from '../../model/index.ts'

/** Headers as the HTTP client gives them: names in lower case, repeated ones as lists. */
export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Lease elements of a listed blob, and the headers that say the same of a single blob. Source: List Blobs. */
const LISTED = [
  ['LeaseState', 'x-ms-lease-state'],
  ['LeaseStatus', 'x-ms-lease-status'],
  ['LeaseDuration', 'x-ms-lease-duration'],
] as const

// Values stay texts: a blob may be named 007.
const xml = new XMLParser({ parseTagValue: false, ignoreAttributes: true, isArray: (name) => name === 'Blob' })

interface Listing {
  readonly EnumerationResults?: { readonly Blobs?: { readonly Blob?: readonly ListedBlob[] } | '' }
}

interface ListedBlob {
  readonly Name: string
  readonly Properties?: Readonly<Record<string, string>>
}

/** Whether `answerOf` will read the body; bodies can be large, and most say nothing of leases. */
export function needsBody(status: number, headers: ReceivedHeaders): boolean {
  return status >= 300 && headers['x-ms-error-code'] === undefined
}

/** The model's view of an answer. */
export function answerOf(status: number, received: ReceivedHeaders, body: string): Answer {
  const headers: Record<string, string> = {}
  for (const name of ANSWER_HEADERS) {
    const value = received[name]
    if (value !== undefined) headers[name] = String(value)
  }
  if (status < 300) return { status, headers }
  const code = received['x-ms-error-code'] ?? errorCodeIn(body)
  return code === undefined ? { status, headers } : { status, code: String(code), headers }
}

/** An answer to List Blobs: its headers are the lease elements of one blob; none if that is not listed. */
export function listingAnswerOf(status: number, received: ReceivedHeaders, body: string, blob: string): Answer {
  if (status >= 300) return answerOf(status, received, body)
  const headers: Record<string, string> = {}
  const properties = listedBlob(body, blob)?.Properties
  for (const [element, header] of LISTED) {
    const value = properties?.[element]
    if (value !== undefined) headers[header] = value
  }
  return { status, headers }
}

function listedBlob(body: string, blob: string): ListedBlob | undefined {
  const blobs = (xml.parse(body) as Listing).EnumerationResults?.Blobs
  // An empty element is parsed as an empty text.
  return blobs ? blobs.Blob?.find((each) => each.Name === blob) : undefined
}

function errorCodeIn(body: string): string | undefined {
  if (!body.includes('<Code>')) return undefined
  return (xml.parse(body) as { Error?: { Code?: string } }).Error?.Code
}
