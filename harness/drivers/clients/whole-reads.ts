import type { Tapped } from '../tap/tapped.ts'

const OK = 200
const PARTIAL = 206
const NO_SUCH_RANGE = 416

/**
 * What was read in ranges, as reads of the whole, which are all that the model knows. Clients ask for a first range in the hope
 * that it holds everything; where there is no content at all it is refused as a range, and they ask again without one. Lease
 * and conditions are decided about before the range. Source: Get Blob, Get File.
 */
export function wholeReads(tapped: readonly Tapped[]): readonly Tapped[] {
  return tapped.filter((each, i) => !isAskedAgain(each, tapped[i + 1])).map(whole)
}

function isAskedAgain({ request, answer }: Tapped, next: Tapped | undefined): boolean {
  return (
    answer?.status === NO_SUCH_RANGE &&
    isRanged(request) &&
    next?.request.method === request.method &&
    next.request.path === request.path &&
    !isRanged(next.request)
  )
}

function whole(tapped: Tapped): Tapped {
  const { request, answer } = tapped
  if (answer?.status !== PARTIAL || !isRanged(request)) return tapped
  return { ...tapped, answer: { ...answer, status: OK } }
}

function isRanged({ headers }: Tapped['request']): boolean {
  return headers['x-ms-range'] !== undefined || headers.range !== undefined
}
