import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { type ImplementationRule, implementationRule } from '../../../model/implementation.ts'
import { peacefulInputsAt } from '../../../model/inputs.ts'
import type { Machine } from '../../../model/machine.ts'
import { successOf } from '../../../model/operation.ts'
import { type Place, perform } from '../../../model/place.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import { type Response, respond } from '../../../model/respond.ts'
import { isWait, type OperationStep, type Scenario } from '../../../model/scenario.ts'
import { subjectOf } from '../../../model/world.ts'
import { canBeMade, neededOperations } from './needed-operations.ts'

/** How many operations may come before the one that is asked for: renewing needs a lease, and nothing needs more. */
const MAX_PATH = 2
/** How many ways to ask for an operation are kept; they differ in what else they need. */
const MAX_WAYS = 3

/** The shortest scenario that ends in an operation and in which, by the model, it cannot but succeed. */
export interface Probe {
  readonly rule: ImplementationRule
  readonly scenario: Scenario
  readonly asks: OperationStep
  /** The statuses with which it succeeds. */
  readonly expected: readonly number[]
}

export type CandidateProbes = ReadonlyMap<ImplementationRule, readonly Probe[]>

/** Finds the scenarios that show whether a target knows an operation, for every operation that can succeed at all. */
export function candidateProbes(rules: CompiledRules, machines: readonly Machine[]): CandidateProbes {
  const ofSubjects = candidatesAmong(rules, machines, 'subject')
  const ofOthers = candidatesAmong(rules, machines, 'other')
  return new Map([...ofOthers, ...ofSubjects])
}

/** @param asked whether the operation is of the resource that the scenario is about, or of one beside it. */
function candidatesAmong(rules: CompiledRules, machines: readonly Machine[], asked: 'subject' | 'other') {
  const found = new Map<ImplementationRule, Probe[]>()
  for (const { places } of machines) {
    for (const place of places) {
      if (place.path.length > MAX_PATH || place.path.some(isWait)) continue
      const subject = subjectOf(place.setting).name
      for (const input of peacefulInputsAt(place)) {
        if ((input.on === subject) !== (asked === 'subject') || input.condition !== undefined) continue
        const rule = implementationRule(kindOf(place, input), input.do)
        const ways = found.get(rule) ?? []
        const scenario: Scenario = { world: place.setting, steps: [...place.path, input] }
        if (ways.length === MAX_WAYS || !canBeMade(place.setting, new Set([rule])) || isLikeOneOf(ways, scenario))
          continue
        const expected = statusesOf(rules, place, input)
        if (expected.every((status) => status < 300))
          found.set(rule, [...ways, { rule, scenario, asks: input, expected }])
      }
    }
  }
  return found
}

function kindOf({ setting }: Place, { on }: OperationStep): ResourceKind {
  return setting.find(({ name }) => name === on)!.kind
}

function isLikeOneOf(ways: readonly Probe[], scenario: Scenario): boolean {
  const key = neededOperations(scenario).join(' ')
  return ways.some((other) => neededOperations(other.scenario).join(' ') === key)
}

/** Every status that is permitted: what may be refused tells nothing when it is. */
function statusesOf(rules: CompiledRules, place: Place, input: OperationStep): readonly number[] {
  const { situation } = perform(rules, place, input).served
  const statuses: number[] = []
  for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise) {
    for (const { status } of each.outcomes)
      statuses.push(...status.values.map((value) => (value === 'success' ? successOf(input.do) : value)))
  }
  return statuses
}
