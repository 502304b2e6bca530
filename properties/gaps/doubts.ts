import { type Claim, type Evidence, weaker } from '../../model/rules/evidence.ts'
import { isInForce, type Outcome, type Rule } from '../../model/rules/rule.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import { type Doubt, type DoubtfulField, type GapSubject, isDoubtful } from './gap.ts'

/** What is doubtful in a rule as a version of the service is asked, by what it is about. */
export function doubtsIn(rule: Rule, version: ServiceVersion): Readonly<Record<GapSubject, readonly Doubt[]>> {
  const { expect, also } = rule
  const answer = [
    ...(also === 'whatever follows' ? [check(expect, ['made', 'not made'])] : []),
    ...several(expect, 'status', ({ status }) => status),
    ...several(expect, 'code', ({ code }) => code),
    ...headerDoubts(expect, version),
  ]
  return {
    answer,
    precedence: also === 'later refusals' ? [check(expect, ['told first', 'another is told first'])] : [],
    aftermath: [...several(expect, 'next', ({ next }) => next), ...several(expect, 'clock', ({ clock }) => clock)],
  }
}

/** Doubt about one field, if there is any: in what one outcome claims of it, or in which outcome it is. */
function several(
  expect: readonly Outcome[],
  field: DoubtfulField,
  of: (outcome: Outcome) => Claim<unknown>,
): readonly Doubt[] {
  const claims = expect.map(of)
  const first = claims[0]
  if (first === undefined) return []
  const values = [...new Set(claims.flatMap((each) => each.values.map(String)))]
  const level = claims.map((each) => each.level).reduce(weaker)
  if (!isDoubtful(level)) return []
  return [{ field, level, values, evidence: distinct(claims.flatMap((each) => each.evidence)) }]
}

function headerDoubts(expect: readonly Outcome[], version: ServiceVersion): readonly Doubt[] {
  const claims = expect.flatMap(({ headers }) => headers.filter((each) => isInForce(each, version)))
  return claims.flatMap(({ header, level, values, evidence }) =>
    isDoubtful(level) ? [{ field: header, level, values, evidence }] : [],
  )
}

/** Whether a check is made: nobody knows, however sure it is what it answers where it is made. */
function check(expect: readonly Outcome[], values: readonly string[]): Doubt {
  return {
    field: 'check',
    level: 'open',
    values,
    evidence: distinct(expect.flatMap(({ status }) => status.evidence)),
  }
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((each) => [JSON.stringify(each), each])).values()]
}
