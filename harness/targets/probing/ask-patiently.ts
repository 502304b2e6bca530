import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from '../../../model/resource.ts'
import { isBusy, retryAfterMs } from '../../drivers/pace.ts'
import type { Endpoint } from '../target.ts'
import { type Asked, askOnce, type Question } from './ask-once.ts'

const MAX_TRIES = 5
const FIRST_PAUSE_MS = 250
/** Nobody waits longer before a run because a server says so. */
const MAX_PAUSE_MS = 30_000

/**
 * Asks what only reads, again if the server is too busy or the connection broke before an answer came.
 * @param mayPass what else may be answered better a moment later
 */
export async function askPatiently(
  endpoint: Endpoint,
  service: Service,
  question: Question,
  mayPass: (asked: Asked) => boolean = () => false,
): Promise<Asked> {
  for (let tries = 1; ; tries++) {
    const asked = await askOnce(endpoint, service, question)
    if (tries === MAX_TRIES || !(isBusy(asked.status) || isBroken(asked) || mayPass(asked))) return asked
    const askedForMs = retryAfterMs(asked.headers['retry-after']) ?? 0
    await sleep(Math.min(MAX_PAUSE_MS, Math.max(askedForMs, FIRST_PAUSE_MS * 2 ** (tries - 1))))
  }
}

/** Whether a connection that was made broke; that nobody listens at all is no matter of patience. */
function isBroken({ failed }: Asked): boolean {
  return failed !== undefined && 'code' in failed && (failed.code === 'UND_ERR_SOCKET' || failed.code === 'ECONNRESET')
}
