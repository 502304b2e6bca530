import { type OperationName, successOf } from '../../model/operation.ts'
import { type Level, weaker } from '../../model/rules/evidence.ts'
import type { Outcome, Rule } from '../../model/rules/rule.ts'

/** More codes than these are not told one by one: nobody knows which. */
const MOST_CODES = 2

/** One thing that may be answered, and the rule that permits it. */
export interface Permitted {
  readonly rule: Rule
  readonly outcome: Outcome
}

/** Everything that may be answered, in one line: `200`, `409 LeaseAlreadyPresent`, `412 LeaseIdMissing or 200`. */
export function answersInWords(permitted: readonly Permitted[], operation: OperationName): string {
  return [...new Set(permitted.map(({ outcome }) => outcomeInWords(outcome, operation)))].join(' or ')
}

/** The level of what a client sees first: the weakest of those of status and code; near a deadline at most inferred. */
export function levelOf(permitted: readonly Permitted[], nearDeadline: boolean): Level {
  const claimed = permitted.map(({ outcome: { status, code } }) => weaker(status.level, code.level)).reduce(weaker)
  return nearDeadline ? weaker(claimed, 'inferred') : claimed
}

/** Status and code of an outcome; `success` is the status of the operation's own page. */
export function outcomeInWords({ status, code }: Outcome, operation: OperationName): string {
  const statuses = status.values.map((value) => (value === 'success' ? successOf(operation) : value)).join('/')
  if (code.values.every((value) => value === 'none')) return statuses
  return code.values.length > MOST_CODES
    ? `${statuses} (code: nobody knows)`
    : `${statuses} ${code.values.map((value) => (value === 'none' ? '(no code)' : value)).join('/')}`
}
