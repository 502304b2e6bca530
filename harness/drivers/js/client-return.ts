import type { CallAnswer, Told } from '../../../reports/driver-protocol.ts'

/** How a call ended. */
export type Ending = Pick<CallAnswer, 'returned' | 'raised'>

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
] as const satisfies readonly (readonly [field: string, header: Told])[]

/** What a call came to. */
export async function endingOf(call: () => Promise<unknown>): Promise<Ending> {
  try {
    return { returned: returned(await call()) }
  } catch (error) {
    return { raised: raised(error) }
  }
}

function returned(result: unknown): NonNullable<Ending['returned']> {
  const fields = (result ?? {}) as Readonly<Record<string, unknown>>
  const told: Partial<Record<Told, string>> = {}
  for (const [field, header] of FIELDS) {
    const value = fields[field]
    if (value !== undefined && value !== null)
      told[header] = value instanceof Date ? value.toUTCString() : String(value)
  }
  const status = (fields._response as { status?: number } | undefined)?.status
  if (status !== undefined) told.status = String(status)
  return told
}

interface RestErrorLike {
  readonly statusCode?: number
  readonly code?: string
  /** Holds what the headers of the answer say: the only place for the code where an answer has no body. */
  readonly details?: { readonly errorCode?: string }
}

function raised(thrown: unknown): NonNullable<Ending['raised']> {
  if (!(thrown instanceof Error)) return { because: 'accident', error: typeof thrown }
  const { name: error } = thrown
  if (error !== 'RestError') return { because: isAccident(thrown) ? 'accident' : 'client', error }
  const { statusCode: status, code, details } = thrown as RestErrorLike
  if (code === 'PARSE_ERROR') return { because: 'accident', error: `${error} ${code}` }
  if (status === undefined) return { because: 'connection', error }
  const said = code ?? details?.errorCode
  return { because: 'service', error, status, ...(said === undefined ? {} : { code: said }) }
}

/** Errors that the language throws by itself; what a library says on purpose it says otherwise. */
function isAccident(error: Error): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof SyntaxError
}
