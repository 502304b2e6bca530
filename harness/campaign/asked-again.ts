import type { Answer, Exchange, TraceStep } from '../../model/trace.ts'
import type { Performed } from '../drivers/driver.ts'
import { isBusy } from '../drivers/pace.ts'
import { TargetError } from '../errors.ts'

/** A step as it is entered into a trace. */
export type Asked = Pick<TraceStep, 'refused' | 'exchanges' | 'client'>

/** A request that was refused so often, and for so long, will be refused for ever. */
const MAX_REFUSALS = 8
const MAX_REFUSED_MS = 60_000

/**
 * Performs a step on a server that is not ours. Where it says that it is too busy, the step is performed again, as a request of
 * its own: the refused one stands in the trace, and since nobody vouches for it that nothing was done, its outcome is unknown.
 * An answer that says nothing of the outcome counts as none.
 * @param perform sends when the pace of the run permits, so that asking again waits as long as it has to
 * @param signal ends it before the next request
 * @throws TargetError if the server is too busy for longer than anybody waits; what `perform` throws
 */
export async function askedAgain(
  perform: () => Promise<Performed>,
  signal: AbortSignal,
  isRealService: boolean,
): Promise<Asked> {
  const refused: Exchange[] = []
  for (let refusals = 0, beganMs = performance.now(); ; refusals++) {
    signal.throwIfAborted()
    const performed = await perform()
    const { exchanges } = performed
    const last = exchanges.at(-1)?.answer
    if (last === undefined || !isBusy(last.status)) {
      const before = refused.length === 0 ? {} : { refused }
      if (last === undefined || !isUncertain(last, isRealService)) return { ...before, ...performed }
      // What the client made of it says nothing either: the rules know no such answer.
      return { ...before, exchanges: exchanges.map(withoutAnswer) }
    }
    refused.push(...exchanges.map(withoutAnswer))
    if (refusals >= MAX_REFUSALS && performance.now() - beganMs > MAX_REFUSED_MS) throw tooBusy(exchanges, last)
  }
}

function withoutAnswer(exchange: Exchange): Exchange {
  return { ...exchange, answer: undefined }
}

/**
 * Whether an answer says only that something went wrong on the way, so that the request may have been served or not. From the
 * real service every 500 is such an answer; of any other server it is a defect. Sources: Status and error codes
 * (OperationTimedOut: "the operation may or may not have succeeded"; InternalError: "please retry the request"); RFC 9110,
 * section 15.6 (502 and 504 come from a gateway).
 */
function isUncertain({ status, code }: Answer, isRealService: boolean): boolean {
  if (status === 502 || status === 504) return true
  return status === 500 && (isRealService || code === 'OperationTimedOut')
}

function tooBusy(exchanges: readonly Exchange[], { status, code }: Answer): TargetError {
  const { name } = exchanges.at(-1)!.operation
  return new TargetError(
    `the server refused ${name} again and again for ${MAX_REFUSED_MS / 1000} s as too busy (${status}${code === undefined ? '' : ` ${code}`}); run it later, or with fewer requests a second (--max-requests-per-second)`,
  )
}
