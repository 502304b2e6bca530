import { TargetError, UsageError } from '../errors.ts'
import { withoutSecrets } from '../targets/credentials/redaction.ts'

/** What each exit status means. */
export const EXIT = {
  nothingNew: 0,
  somethingNew: 1,
  usage: 2,
  target: 3,
  leasecheck: 4,
  interrupted: 130,
} as const

/** Which exit status is taken if several apply. */
const GRAVEST_FIRST: readonly number[] = [
  EXIT.leasecheck,
  EXIT.interrupted,
  EXIT.somethingNew,
  EXIT.target,
  EXIT.usage,
  EXIT.nothingNew,
]

export function gravest(...statuses: readonly number[]): number {
  return GRAVEST_FIRST.find((status) => statuses.includes(status)) ?? EXIT.leasecheck
}

/** Ctrl-C, or another signal that asks for the end. */
export class Interrupted extends Error {
  override readonly message = 'interrupted'
}

/** The exit status that an error stands for. */
export function statusOf(error: unknown): number {
  if (error instanceof Interrupted) return EXIT.interrupted
  if (error instanceof UsageError) return EXIT.usage
  if (error instanceof TargetError) return EXIT.target
  return EXIT.leasecheck
}

/** What people are told of an error: one sentence for what they can mend, everything for what we have to. */
export function messageOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof TargetError || error instanceof Interrupted)
    return withoutSecrets(error.message)
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `leasecheck itself failed; please report this:\n${withoutSecrets(told)}`
}

/** The same in one line, for reports. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\s*\n\s*/g, ' | ')
}
