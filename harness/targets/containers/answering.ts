import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'

/** How long one answer may take; a server that is still starting may accept a connection and say nothing. */
const ANSWER_LIMIT_MS = 2_000
const PAUSE_MS = 50
/** What a server says that is there but not ready, or whatever stands before it. */
const NOT_READY: readonly number[] = [502, 503, 504]

/**
 * Waits until something speaks HTTP there, whatever it says.
 * @returns whether it did before the time was up, or the signal came.
 */
export async function answersHttp(origin: string, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + limitMs
  while (performance.now() < untilMs && !signal.aborted) {
    if (await answersOnce(origin, signal)) return true
    await sleep(PAUSE_MS)
  }
  return false
}

async function answersOnce(origin: string, signal: AbortSignal): Promise<boolean> {
  try {
    const limit = AbortSignal.any([AbortSignal.timeout(ANSWER_LIMIT_MS), signal])
    const { statusCode, body } = await request(`${origin}/`, { signal: limit, reset: true })
    body.on('error', () => {})
    body.destroy()
    return !NOT_READY.includes(statusCode)
  } catch {
    return false
  }
}
