import { errors } from 'undici'
import type { Instant } from '../../model/time.ts'
import { CLOCK_HEADER } from '../clock/headers.ts'
import { ClockError, TargetError } from '../errors.ts'
import { isBusy } from './pace.ts'
import type { ReceivedAnswer } from './sending.ts'

/**
 * Makes sure that the server acted at the instant it was told: without its own word for it, an answer at the wrong time would
 * look like a divergence.
 * @throws ClockError
 */
export function checkClock(answer: Pick<ReceivedAnswer, 'status' | 'headers'>, instant: Instant, origin: string): void {
  const used = answer.headers[CLOCK_HEADER]
  // Whoever says "not now" did not act at all, and need not be the server itself.
  if (used === String(instant) || isBusy(answer.status)) return
  const did = used === undefined ? `sent no ${CLOCK_HEADER} header` : `acted at ${used}`
  throw new ClockError(
    `${origin} did not honour the virtual clock: it was told ${instant} and ${did} (status ${answer.status}); ` +
      'use wall time, or start the server with the clock script preloaded',
  )
}

/** What to throw where nothing could be sent. */
export function notSent(error: Error, origin: string): Error {
  // A request that cannot be written down is our own mistake, whatever the server is.
  if (error instanceof errors.InvalidArgumentError) return error
  const reason = error.message || ('code' in error ? String(error.code) : error.name)
  return new TargetError(`${origin} cannot be reached (${reason}); is the server running, and the URL right?`)
}
