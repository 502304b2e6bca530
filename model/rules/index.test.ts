import { describe, expect, test } from 'vitest'
import { FEATURES, type FeatureName } from '../features.ts'
import { classOf, type OperationClass, operationsOf } from '../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { compile, layersFor } from '../respond.ts'
import { RULES } from './index.ts'
import type { Rule } from './rule.ts'

const COMPILED = compile(RULES)

describe('the rule tables', () => {
  const classes = RESOURCE_KINDS.flatMap((kind) => [
    ...new Set(operationsOf(kind).map((name) => `${kind} ${classOf(name)}`)),
  ])

  test.each(classes)('%s: exactly one rule of each layer fits whatever the earlier layers let through', (name) => {
    const [kind, of] = name.split(' ') as [ResourceKind, OperationClass]
    const layers = layersFor(COMPILED, kind, of)
    const read = [...new Set(layers.flatMap((layer) => layer.features))]
    let combinations = 0
    for (const values of product(read)) {
      combinations++
      let refused = false
      for (const { layer, rules } of layers) {
        const fitting = rules.filter((rule) => fits(rule, values))
        if (refused) expect(fitting.length, `${layer} ${describeValues(values)}`).toBeLessThanOrEqual(1)
        else expect(fitting.length, `${layer} ${describeValues(values)}`).toBe(1)
        refused ||= fitting.some((rule) => rule.expect.length > 0)
      }
      expect(refused, `nothing decides ${describeValues(values)}`).toBe(true)
    }
    expect(combinations).toBe(read.reduce((size, feature) => size * FEATURES[feature].values.length, 1))
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

function* product(features: readonly FeatureName[]): Generator<Values> {
  const [first, ...rest] = features
  if (first === undefined) {
    yield new Map()
    return
  }
  for (const others of product(rest))
    for (const value of FEATURES[first].values) yield new Map([[first, value], ...others])
}

function fits(rule: Rule, values: Values): boolean {
  return Object.entries(rule.when).every(([feature, wanted]) =>
    (wanted as readonly string[]).includes(values.get(feature as FeatureName)!),
  )
}

function describeValues(values: Values): string {
  return [...values].map(([feature, value]) => `${feature}=${value}`).join(' ')
}
