/** For tests: how a client tells that a call was refused. */

interface ClientError {
  readonly statusCode: number
  readonly code?: string
  readonly details?: { readonly errorCode?: string }
}

/**
 * The status and the code with which a call is refused, as `412 LeaseIdMissing`. An answer to HEAD has its code in a header,
 * which the clients keep among the details.
 * @throws whatever the call throws that is no refusal.
 */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (!isClientError(error)) throw error
    return `${error.statusCode} ${error.code ?? error.details?.errorCode}`
  }
  return 'not refused'
}

/** All that a paged listing gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const each of items) found.push(each)
  return found
}

function isClientError(error: unknown): error is ClientError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}
