import { ERAS, type Era } from '../../service-version.ts'
import type { Rule } from '../rule.ts'

function erasFrom(first: Era): readonly Era[] {
  return ERAS.slice(ERAS.indexOf(first))
}

export function erasBefore(first: Era): readonly Era[] {
  return ERAS.slice(0, ERAS.indexOf(first))
}

/** A rule that holds from an era on. */
export function from(first: Era, rule: Rule): Rule {
  return { ...rule, when: { ...rule.when, era: erasFrom(first) } }
}

/** A rule that held before an era. */
export function before(first: Era, rule: Rule): Rule {
  return { ...rule, when: { ...rule.when, era: erasBefore(first) } }
}

/** A rule that holds from an era on, and what stood in its place before, under an id of its own. */
export function changedIn(first: Era, rule: Rule, earlier: Pick<Rule, 'expect' | 'also'>): readonly Rule[] {
  const { also: _also, ...rest } = rule
  return [from(first, rule), before(first, { ...rest, ...earlier, id: `${rule.id}.before-${first}` })]
}
