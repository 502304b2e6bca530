import type { RecordedExchange } from '../importing/recorded-exchange.ts'

/** What a sanitizer puts in the place of a value that it hides. */
const MARKS = /^(?:sanitized|redacted|removed|hidden|masked|fake|\*{2,}|x{6,}|0{8}-0{4}-0{4}-0{4}-0{12})/i

/** Whether a value was replaced, so that nobody knows what was there. */
export function isReplaced(value: string | undefined): boolean {
  return value !== undefined && MARKS.test(value)
}

const FAULTY = 400
const MISSING = 404

/** The first version in which an acquisition needs a duration. Source: Lease Blob. */
const DURATION_FROM = '2012-02-12'

/**
 * Whether lease headers were taken out of the requests of a recording: one of them was not
 * refused as faulty although, as it was recorded, it lacks a header that it must have had, or was answered without the lease id.
 */
export function lacksLeaseHeaders(exchanges: readonly RecordedExchange[]): boolean {
  const showsIds = exchanges.some(showsId)
  return exchanges.some(({ requestHeaders, url, status, responseHeaders }) => {
    if (requestHeaders === undefined || status === FAULTY || status >= 500 || !/[?&]comp=lease(?:&|$)/.test(url))
      return false
    const { 'x-ms-lease-action': action, 'x-ms-version': version = DURATION_FROM } = requestHeaders
    const answersId = action === 'acquire' || action === 'renew' || action === 'change'
    if (answersId && status < 300 && responseHeaders['x-ms-lease-id'] === undefined && !showsIds) return true
    if (status === MISSING) return false
    if (action === 'acquire') return requestHeaders['x-ms-lease-duration'] === undefined && version >= DURATION_FROM
    if (action === 'change' && requestHeaders['x-ms-proposed-lease-id'] === undefined) return true
    const needsId = action === 'renew' || action === 'change' || action === 'release'
    return needsId && requestHeaders['x-ms-lease-id'] === undefined
  })
}

/** A sanitizer takes a header out of every request and answer, or leaves it: where one has its id, another that has none had none. */
function showsId({ requestHeaders = {}, responseHeaders }: RecordedExchange): boolean {
  return requestHeaders['x-ms-lease-id'] !== undefined || responseHeaders['x-ms-lease-id'] !== undefined
}
