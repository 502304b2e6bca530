import { describe, expect, test } from 'vitest'
import { type CompiledLayer, compile, layersFor } from '../compiled-rules.ts'
import { FEATURES, type FeatureName, valuesFor } from '../features.ts'
import { classOf, type OperationClass, operationsOf } from '../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { RULES } from './index.ts'
import type { Rule } from './rule.ts'

const COMPILED = compile(RULES)

describe('the rule tables', () => {
  const classes = RESOURCE_KINDS.flatMap((kind) => [
    ...new Set(operationsOf(kind).map((name) => `${kind} ${classOf(name)}`)),
  ])

  // That no two fit is proved by `compile`, which refuses rules that overlap.
  test.each(classes)('%s: a rule of each layer fits whatever the earlier layers let through', (name) => {
    const [kind, of] = name.split(/ (.*)/) as [ResourceKind, OperationClass]
    expect(gapsOf(kind, layersFor(COMPILED, kind, of))).toEqual([])
  })

  test('a rule that is missing is found', () => {
    const without = compile(RULES.filter(({ id }) => id !== 'blob.renew.broken.held'))
    expect(gapsOf('blob', layersFor(without, 'blob', 'renew'))[0]).toMatch(/^transition .*leaseId=held state=broken/)
  })

  test('every id names one rule', () => {
    const ids = RULES.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('overlapping rules are refused', () => {
    expect(() => compile([...RULES, { ...RULES.at(-1)!, id: 'twin' }])).toThrow(/twin.*overlap/)
  })

  test('every claim that is not open has evidence', () => {
    for (const rule of RULES) {
      for (const { status, code, headers, next, clock } of rule.expect) {
        for (const claim of [status, code, ...headers, next, clock]) {
          expect(claim.values.length, rule.id).toBeGreaterThan(0)
          if (claim.level !== 'open') expect(claim.evidence.length, rule.id).toBeGreaterThan(0)
          else expect(claim.values.length, `${rule.id}: an open claim names its plausible values`).toBeGreaterThan(1)
        }
      }
    }
  })
})

type Values = ReadonlyMap<FeatureName, string>

/**
 * The combinations of features for which a layer that is asked has no rule. Layer by layer, over the features that each reads:
 * what the later layers cannot tell apart is followed once.
 */
function gapsOf(kind: ResourceKind, layers: readonly CompiledLayer[]): readonly string[] {
  let reached: readonly Values[] = [new Map()]
  const gaps: string[] = []
  for (const [place, layer] of layers.entries()) {
    const later = new Set(layers.slice(place + 1).flatMap(({ features }) => features))
    const asked = new Map<string, Values>()
    for (const values of reached.flatMap((each) => [...extended(kind, each, layer.features)])) {
      const rule = ruleFor(layer, values)
      if (rule === undefined) gaps.push(`${layer.layer} ${describeValues(values)}`)
      else if (rule.expect.length === 0 || rule.also !== undefined) {
        const known = new Map([...values].filter(([feature]) => later.has(feature)))
        asked.set(describeValues(known), known)
      }
    }
    reached = [...asked.values()]
  }
  return [...gaps, ...reached.map((values) => `nothing decides ${describeValues(values)}`)]
}

/** The values with every value of the features that are not among them yet. */
function* extended(kind: ResourceKind, values: Values, features: readonly FeatureName[]): Generator<Values> {
  const first = features.find((feature) => !values.has(feature))
  if (first === undefined) {
    yield values
    return
  }
  for (const value of valuesFor(kind, first)) yield* extended(kind, new Map([...values, [first, value]]), features)
}

function ruleFor({ features, rules, table }: CompiledLayer, values: Values): Rule | undefined {
  const indexOf = (feature: FeatureName) =>
    (FEATURES[feature].values as readonly string[]).indexOf(values.get(feature)!)
  return rules[
    table[features.reduce((index, feature) => index * FEATURES[feature].values.length + indexOf(feature), 0)]!
  ]
}

function describeValues(values: Values): string {
  return [...values]
    .map(([feature, value]) => `${feature}=${value}`)
    .sort()
    .join(' ')
}
