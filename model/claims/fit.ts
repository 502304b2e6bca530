import { type Evidence, LEVELS, type Level, weaker } from '../rules/evidence.ts'
import { type AnswerHeader, isInForce } from '../rules/rule.ts'
import { idOfName, NAMED_IDS } from '../scenario.ts'
import type { Answer } from '../trace.ts'
import type { Prediction } from './documented-claim.ts'
import type { Told } from './endings.ts'

/** How a prediction about one field stands to what is permitted there, and how sure that is. */
export interface Fit {
  /** `status`, `code`, a header, or `lease`: what an operation did to the lease. */
  readonly field: string
  readonly holds: 'always' | 'never' | 'perhaps'
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/** Holds what a claim predicts of an answer against what is permitted, field by field. */
export function fitsOf(told: Told, { status, code, headers = {} }: Prediction): readonly Fit[] {
  return [
    ...(status === undefined ? [] : [fitOf(told, 'status', told.outcome.status, (answer) => isStatus(answer, status))]),
    ...(code === undefined
      ? []
      : [fitOf(told, 'code', told.outcome.code, (answer) => listed(code).includes(answer.code ?? 'none'))]),
    ...Object.entries(headers).map(([name, values]) => headerFit(told, name as AnswerHeader, listed(values))),
  ]
}

/** What an operation did to the lease: what a later answer shows of it is as sure as this. */
export function effectOf({ outcome: { next, clock }, situation }: Told): Fit {
  const level = next.values[0] === 'stays' ? next.level : weaker(next.level, clock.level)
  return { field: 'lease', holds: 'always', level: near(situation, level), evidence: next.evidence }
}

type Judge = (answer: Answer) => boolean

function fitOf(
  { answers, situation }: Told,
  field: string,
  claimed: { readonly level: Level; readonly evidence: readonly Evidence[] },
  judge: Judge,
): Fit {
  const fitting = answers.filter(judge).length
  const holds =
    claimed.level === 'open' || (fitting > 0 && fitting < answers.length)
      ? 'perhaps'
      : fitting === 0
        ? 'never'
        : 'always'
  return { field, holds, level: near(situation, claimed.level), evidence: claimed.evidence }
}

/** Near a deadline every claim is at most inferred, as the judge has it. */
function near({ nearDeadline }: Told['situation'], level: Level): Level {
  return nearDeadline ? weaker(level, 'inferred') : level
}

/**
 * Several claims about one header hold together, and the surest says how sure the header is: the others only narrow it. A
 * refusal carries none of these headers, which is as sure as its status.
 */
function headerFit(told: Told, name: AnswerHeader, values: readonly string[]): Fit {
  const { rule, outcome, situation, answers } = told
  const claims = outcome.headers.filter(
    (claim) => claim.header === name && isInForce(claim, situation.operation.version),
  )
  if (claims.length === 0 && answers.every(({ status }) => status < 300)) {
    throw new Error(`rule ${rule.id} says nothing of ${name}, so no claim about it can be judged`)
  }
  const [first = outcome.status, ...others] = claims
  const level = others.reduce<Level>((sure, each) => surer(sure, each.level), first.level)
  const evidence = [first, ...others].flatMap((each) => each.evidence)
  return fitOf(told, name, { level, evidence }, (answer) => values.some((value) => isHeader(told, answer, name, value)))
}

function isStatus({ status }: Answer, predicted: NonNullable<Prediction['status']>): boolean {
  switch (predicted) {
    case 'success':
      return status < 300
    case 'refusal':
      return status >= 300
    default:
      return status === predicted
  }
}

function isHeader({ situation: { subject } }: Told, { headers }: Answer, name: AnswerHeader, value: string): boolean {
  const answered = headers[name]
  if (value === 'absent' || value === 'present') return (answered === undefined) === (value === 'absent')
  if (value === 'unchanged' || value === 'changed') {
    const before = name === 'last-modified' ? subject.lastModified : subject.etag
    return answered !== undefined && (answered === before) === (value === 'unchanged')
  }
  return answered === ((NAMED_IDS as readonly string[]).includes(value) ? idOfName(value) : value)
}

function surer(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) <= LEVELS.indexOf(b) ? a : b
}

function listed<T>(values: T | readonly T[]): readonly T[] {
  return Array.isArray(values) ? (values as readonly T[]) : [values as T]
}
