/** Request header: the instant (milliseconds since the epoch) at which the server is to serve this request. */
export const NOW_HEADER = 'x-leasecheck-now'

/** Answer header: the instant at which the server served the request. */
export const CLOCK_HEADER = 'x-leasecheck-clock'
