import { type CompiledLayer, type CompiledRules, layersFor, lookUp } from './compiled-rules.ts'
import { classOf } from './operation.ts'
import type { Outcome, Rule } from './rules/rule.ts'
import type { Situation } from './situation.ts'

/** What the service answers in a situation: per layer that was asked the one rule that applies; the last one decides. */
export interface Response {
  readonly rules: readonly Rule[]
  readonly outcomes: readonly Outcome[]
  /** What the service may answer instead, where it is not known whether the deciding rule applies. */
  readonly otherwise?: Response
}

/**
 * The answer to a request in a situation. Pure: the same arguments give the same answer.
 * @throws Error if the rules are not total there; a test proves that they are.
 */
export function respond(rules: CompiledRules, situation: Situation): Response {
  const layers = layersFor(rules, situation.subject.kind, classOf(situation.operation.name))
  return responseFrom(layers, 0, [], situation)
}

function responseFrom(
  layers: readonly CompiledLayer[],
  first: number,
  applied: Rule[],
  situation: Situation,
): Response {
  for (let place = first; place < layers.length; place++) {
    const rule = lookUp(layers[place]!, situation)
    if (rule === undefined) {
      throw new Error(
        `no rule of layer ${layers[place]!.layer} fits ${situation.operation.name} on a ${situation.subject.kind}`,
      )
    }
    applied.push(rule)
    if (rule.expect.length === 0) continue
    if (rule.also === undefined) return { rules: applied, outcomes: rule.expect }
    const later = responseFrom(layers, place + 1, [...applied], situation)
    return rule.also === 'whatever follows' || isRefusal(later.outcomes)
      ? { rules: applied, outcomes: rule.expect, otherwise: later }
      : { rules: applied, outcomes: rule.expect }
  }
  throw new Error(`no rule decides ${situation.operation.name} on a ${situation.subject.kind}`)
}

function isRefusal(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ status }) => status.values.every((value) => value !== 'success' && value >= 300))
}
