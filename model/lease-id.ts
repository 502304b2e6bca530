/**
 * A lease id as the service compares and returns it: a GUID in hyphenated lower-case form.
 * Source: Lease Blob ("GUID formats"), recordings of the JavaScript SDK in which 32-digit ids come back hyphenated.
 */
export type LeaseId = string

/** What a request carries in `x-ms-lease-id` or `x-ms-proposed-lease-id`. */
export type LeaseIdArgument =
  | { readonly given: 'none' }
  | { readonly given: 'empty'; readonly text: '' }
  | { readonly given: 'malformed'; readonly text: string }
  | { readonly given: 'guid'; readonly text: string; readonly id: LeaseId; readonly canonical: boolean }

/** The ways .NET writes a GUID that Azure documents as accepted; `upper` is the hyphenated form in capitals. */
export type LeaseIdForm = 'D' | 'N' | 'B' | 'P' | 'upper'

export const NO_LEASE_ID: LeaseIdArgument = { given: 'none' }

const HYPHENATED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const ANY_FORM =
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\))$/i
const BY_HEX_PARTS = /^\{0x[0-9a-f]{8},0x[0-9a-f]{4},0x[0-9a-f]{4},\{0x[0-9a-f]{2}(?:,0x[0-9a-f]{2}){7}\}\}$/i

/** Reads a header's text (absent: `undefined`) as a lease id. */
export function leaseIdArgument(text: string | undefined): LeaseIdArgument {
  if (text === undefined) return NO_LEASE_ID
  let read = READ.get(text)
  if (read === undefined) {
    if (READ.size >= MOST_READ) READ.clear()
    read = parsed(text)
    READ.set(text, read)
  }
  return read
}

/** Runs use few ids again and again, and reading one costs more than judging it. */
const READ = new Map<string, LeaseIdArgument>()
const MOST_READ = 10_000

function parsed(text: string): LeaseIdArgument {
  if (text === '') return { given: 'empty', text }
  if (HYPHENATED.test(text)) return { given: 'guid', text, id: text, canonical: true }
  if (ANY_FORM.test(text))
    return { given: 'guid', text, id: hyphenate(text.replace(/[^0-9a-f]/gi, '')), canonical: false }
  if (BY_HEX_PARTS.test(text)) {
    return { given: 'guid', text, id: hyphenate(text.replace(/0x|[^0-9a-f]/gi, '')), canonical: false }
  }
  return { given: 'malformed', text }
}

/** Writes an id in one of the accepted forms. */
export function writtenAs(id: LeaseId, form: LeaseIdForm): string {
  switch (form) {
    case 'D':
      return id
    case 'N':
      return id.replaceAll('-', '')
    case 'B':
      return `{${id}}`
    case 'P':
      return `(${id})`
    case 'upper':
      return id.toUpperCase()
    default:
      return form satisfies never
  }
}

function hyphenate(digits: string): LeaseId {
  const hex = digits.toLowerCase()
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
