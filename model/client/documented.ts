/** How a client is set up to try again. `default` is what it does by itself, `to-secondary` sends reads to the secondary too. */
export const RETRY_POLICIES = ['none', 'default', 'to-secondary'] as const
export type RetryPolicy = (typeof RETRY_POLICIES)[number]

/** The attributes of a lease client besides its id. */
export const LEASE_TAGS = ['etag', 'last-modified'] as const
export type LeaseTag = (typeof LEASE_TAGS)[number]

/** What an error of the service may be called, by its status and code; what is left out is any. */
export interface DocumentedError {
  readonly status?: number | undefined
  readonly code?: string | undefined
  readonly names: readonly string[]
}

/**
 * What the documentation of one library promises and not every library has to do. A driver says it of its library, so that
 * no rule is about one library.
 */
export interface Documented {
  /** Of the entries that fit an answer the first counts; what none fits may be called anything. */
  readonly errors?: readonly DocumentedError[] | undefined
  /** What its lease clients show besides the id, from the first success on. */
  readonly leaseClient?: readonly LeaseTag[] | undefined
  /** How many requests a call sends at most, the first one included. */
  readonly tries?: Readonly<Partial<Record<RetryPolicy, number | undefined>>> | undefined
}

/** What the error for an answer of the service may be called; undefined if nothing is promised. */
export function documentedNames(
  { errors = [] }: Documented,
  { status, code }: { readonly status: number; readonly code?: string },
): readonly string[] | undefined {
  return errors.find((each) => (each.status ?? status) === status && (each.code ?? code) === code)?.names
}
