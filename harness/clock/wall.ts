import type { Instant } from '../../model/time.ts'

/**
 * The present instant by a clock that only runs forward. `Date.now` jumps when the machine's clock is set, and a jump between
 * a request and the deadline it asks about would look like a server whose leases end too early or too late.
 */
export function wallNowMs(): Instant {
  return performance.timeOrigin + performance.now()
}
