import { isLeaseAction } from '../../operation.ts'
import { heardOf, type RetriedCall, wasDoneUnheard } from './retried-call.ts'

/**
 * What a caller would not expect, though no rule forbids it. `refused though done`: an answer was lost, the client asked again, and
 * the caller is told of the refusal of what the first try had done. `unknown though done`: the caller is told that no answer
 * came. `done though unheard`: the caller is told that it is done, and the whole answer never came.
 */
export const SURPRISES = ['refused though done', 'unknown though done', 'done though unheard'] as const
export type Surprise = (typeof SURPRISES)[number]

export function surpriseOf({ account, tries }: RetriedCall): Surprise | undefined {
  const last = tries.at(-1)
  if (last === undefined) return undefined
  const { returned } = account
  if (returned.kind === 'returned') return heardOf(last) === undefined ? 'done though unheard' : undefined
  if (!isLeaseAction(account.asked.name) || !tries.some(wasDoneUnheard)) return undefined
  return returned.because === 'service' ? 'refused though done' : 'unknown though done'
}
