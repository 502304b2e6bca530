import { type ImplementationRule, implementationRule } from '../../model/implementation.ts'
import { operationsLike } from '../../model/inputs.ts'
import { endsTrace } from '../../model/judge.ts'
import type { Visit } from '../../model/machine.ts'
import { readToken } from '../../model/notation.ts'
import { operationsOf } from '../../model/operation.ts'
import { RESOURCE_KINDS } from '../../model/resource.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type OperationStep } from '../../model/scenario.ts'
import type { Baseline } from '../../reports/baseline.ts'

/**
 * Where a target is known to go astray so that nothing more is known of its state: a rule. One that lets whole classes of uses
 * pass counts only for the operation that showed it, and for whether that came with a condition: others may be sound.
 */
export type WeakSpot = string

export function weakSpot(rule: string, { do: name, condition }: Pick<OperationStep, 'do' | 'condition'>): WeakSpot {
  if (!rule.includes('.lease.')) return rule
  return `${rule} | ${name}${condition === undefined ? '' : ' with a condition'}`
}

/** Whether after a divergence a walk is elsewhere than it meant to be: the server's state is unknown, or it refused to go on. */
export function leadsAstray(field: string, refusalExpected: boolean, status: number): boolean {
  return endsTrace(field, status) || (field === 'status' && status >= 400 && !refusalExpected)
}

/** Whether a visit, or one that may stand in for it, meets a weak spot. */
export function meets(spots: ReadonlySet<WeakSpot>, { rules, input }: Pick<Visit, 'rules' | 'input'>): boolean {
  if (spots.size === 0) return false
  const alike = operationsLike(input.do)
  return rules.some((rule) => alike.some((name) => spots.has(weakSpot(rule, { ...input, do: name }))))
}

/** What is known of a target before a run. */
export interface Weaknesses {
  readonly spots: ReadonlySet<WeakSpot>
  /** The rules of operations that it does not know at all; a run asks for them again only where the baseline proves wrong. */
  readonly missing: ReadonlySet<ImplementationRule>
}

export const NO_WEAKNESSES: Weaknesses = { spots: new Set(), missing: new Set() }

/** The weaknesses that a baseline tells of. */
export function weaknessesIn(rules: readonly Rule[], baseline: Baseline | undefined): Weaknesses {
  const ruleIds = new Set((baseline?.entries ?? []).map(({ rule }) => rule))
  const missing = RESOURCE_KINDS.flatMap((kind) =>
    operationsOf(kind)
      .map((name) => implementationRule(kind, name))
      .filter((rule) => ruleIds.has(rule)),
  )
  return { spots: spotsIn(rules, baseline), missing: new Set(missing) }
}

function spotsIn(rules: readonly Rule[], baseline: Baseline | undefined): ReadonlySet<WeakSpot> {
  const spots = (baseline?.entries ?? []).flatMap(({ rule, field, observed, scenario }) => {
    const read = readToken(scenario)
    // What lets a use pass has no status of its own: it expects the success of what follows.
    const statuses = rules.find(({ id }) => id === rule)?.expect.flatMap(({ status }) => status.values) ?? []
    const refuses = statuses.length > 0 && statuses.every((status) => status !== 'success' && status >= 300)
    if ('error' in read || !leadsAstray(field, refuses, Number.parseInt(observed, 10))) return []
    const last = read.scenario.steps.findLast((step): step is OperationStep => !isWait(step))
    return last === undefined ? [] : [weakSpot(rule, last)]
  })
  return new Set(spots)
}
