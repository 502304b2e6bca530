import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'

/** How often it is looked whether a server is there. */
const LOOK_MS = 100
/** How long one look may take. */
const ANSWER_LIMIT_MS = 2_000

/** What tells that a server is ready. */
export interface Readiness {
  readonly url: string
  /** `healthy`: with a status below 400, as a page made for this purpose has; `anything`: with any. */
  readonly answers: 'healthy' | 'anything'
}

/** Whether a server is ready now. Its certificate is not looked at, since that is no question of being there. */
export async function isReady({ url, answers }: Readiness): Promise<boolean> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
  try {
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
    const { statusCode, body } = await request(url, { dispatcher, signal })
    body.on('error', () => {})
    body.destroy()
    return answers === 'anything' || statusCode < 400
  } catch {
    return false
  } finally {
    await dispatcher.destroy()
  }
}

/** Waits until a server is ready; false if it is not in time. */
export async function untilReady(readiness: Readiness, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const endMs = performance.now() + limitMs
  while (!(await isReady(readiness))) {
    signal.throwIfAborted()
    if (performance.now() > endMs) return false
    await sleep(LOOK_MS, undefined, { signal })
  }
  return true
}
