import type { ClientReturn } from '../../../model/client/client-account.ts'

/** The fields of results that concern leases, and the headers that they stand for. Both packages name them alike but one. */
const FIELDS = [
  ['etag', 'etag'],
  ['lastModified', 'last-modified'],
  ['leaseId', 'x-ms-lease-id'],
  ['leaseTime', 'x-ms-lease-time'],
  ['leaseTimeInSeconds', 'x-ms-lease-time'],
  ['leaseState', 'x-ms-lease-state'],
  ['leaseStatus', 'x-ms-lease-status'],
  ['leaseDuration', 'x-ms-lease-duration'],
] as const

/** What a call came to, for the judge. */
export async function returnOf(call: () => Promise<unknown>): Promise<ClientReturn> {
  try {
    return returned(await call())
  } catch (error) {
    return thrown(error)
  }
}

function returned(result: unknown): ClientReturn {
  const fields = (result ?? {}) as Readonly<Record<string, unknown>>
  const headers: Record<string, string> = {}
  for (const [field, header] of FIELDS) {
    const value = fields[field]
    if (value !== undefined && value !== null)
      headers[header] = value instanceof Date ? value.toUTCString() : String(value)
  }
  const status = (fields._response as { status?: number } | undefined)?.status
  return { kind: 'returned', ...(status === undefined ? {} : { status }), headers }
}

interface RestErrorLike {
  readonly statusCode?: number
  readonly code?: string
  /** Holds what the headers of the answer say: the only place for the code where an answer has no body. */
  readonly details?: { readonly errorCode?: string }
}

function thrown(error: unknown): ClientReturn {
  if (!(error instanceof Error)) return { kind: 'threw', because: 'accident', errorName: typeof error }
  const { name: errorName } = error
  if (errorName !== 'RestError') return { kind: 'threw', because: isAccident(error) ? 'accident' : 'client', errorName }
  const { statusCode: status, code, details } = error as RestErrorLike
  if (code === 'PARSE_ERROR') return { kind: 'threw', because: 'accident', errorName: `${errorName} ${code}` }
  if (status === undefined) return { kind: 'threw', because: 'connection', errorName }
  const said = code ?? details?.errorCode
  return { kind: 'threw', because: 'service', errorName, status, ...(said === undefined ? {} : { code: said }) }
}

/** Errors that the language throws by itself; what a library says on purpose it says otherwise. */
function isAccident(error: Error): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof SyntaxError
}
