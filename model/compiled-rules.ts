import { FEATURE_NAMES, FEATURES, type FeatureName } from './features.ts'
import { LEASE_ACTIONS, type OperationClass } from './operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from './resource.ts'
import { LAYERS, type Layer, type Rule } from './rules/rule.ts'
import type { Situation } from './situation.ts'
import { USE_CLASSES } from './uses.ts'

/** One layer of rules for one kind and class: a table indexed by the features that these rules read. */
export interface CompiledLayer {
  readonly layer: Layer
  readonly features: readonly FeatureName[]
  readonly rules: readonly Rule[]
  /** Index into `rules`, or -1 where earlier layers have always refused. */
  readonly table: Int16Array
  /** The same as a tree, which asks of a situation only what decides. */
  readonly tree: Branch
}

/** The number of a rule, or the feature to ask next. */
type Branch = number | { readonly feature: FeatureName; readonly to: Readonly<Record<string, Branch>> }

export type CompiledRules = Readonly<Record<ResourceKind, Readonly<Record<OperationClass, readonly CompiledLayer[]>>>>

/**
 * Compiles rules to look-up tables, once. A rule set is data, so a faulty server is the same function with edited rules.
 * @throws Error if two rules of a layer overlap.
 */
export function compile(rules: readonly Rule[]): CompiledRules {
  return byKey(RESOURCE_KINDS, (kind) =>
    byKey([...LEASE_ACTIONS, ...USE_CLASSES], (of) => {
      const own = rules.filter((rule) => rule.kind === kind && rule.classes.includes(of))
      return LAYERS.map((layer) => compileLayer(layer, own))
    }),
  )
}

/** Compiled rules with one of them edited; all others are shared. */
export function replacing(rules: CompiledRules, edited: Rule): CompiledRules {
  const replaced = edited.classes.map((of) => {
    const layers = rules[edited.kind][of].map((layer) =>
      layer.layer === edited.layer
        ? compileLayer(
            layer.layer,
            layer.rules.map((rule) => (rule.id === edited.id ? edited : rule)),
          )
        : layer,
    )
    return [of, layers]
  })
  return { ...rules, [edited.kind]: { ...rules[edited.kind], ...Object.fromEntries(replaced) } }
}

function byKey<K extends string, T>(keys: readonly K[], of: (key: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, T>
}

/** The compiled layers that decide an operation of a class on a kind. */
export function layersFor(rules: CompiledRules, kind: ResourceKind, of: OperationClass): readonly CompiledLayer[] {
  return rules[kind][of]
}

/** The rule of a layer that fits a situation; undefined where earlier layers have always refused. */
export function lookUp({ rules, tree }: CompiledLayer, situation: Situation): Rule | undefined {
  let branch = tree
  while (typeof branch !== 'number') branch = branch.to[FEATURES[branch.feature].of(situation)]!
  return branch < 0 ? undefined : rules[branch]
}

/** What most requests have alike is asked first, so that few questions decide. */
const ASKED_FIRST: readonly FeatureName[] = ['condition', 'stray', 'numberForm', 'era', 'existence']

function treeOf(features: readonly FeatureName[], table: Int16Array): Branch {
  const order = [...features].sort((a, b) => rank(a) - rank(b))
  const weights = new Map<FeatureName, number>()
  let weight = 1
  for (const name of features.toReversed()) {
    weights.set(name, weight)
    weight *= FEATURES[name].values.length
  }
  const branch = ([feature, ...rest]: readonly FeatureName[], index: number): Branch => {
    if (feature === undefined) return table[index]!
    const to: Record<string, Branch> = {}
    for (const [place, value] of FEATURES[feature].values.entries()) {
      to[value] = branch(rest, index + place * weights.get(feature)!)
    }
    const [first, ...others] = Object.values(to)
    return others.every((each) => each === first) && typeof first === 'number' ? first : { feature, to }
  }
  return branch(order, 0)
}

function rank(name: FeatureName): number {
  const place = ASKED_FIRST.indexOf(name)
  return place < 0 ? ASKED_FIRST.length : place
}

function compileLayer(layer: Layer, all: readonly Rule[]): CompiledLayer {
  const rules = all.filter((rule) => rule.layer === layer)
  const features = FEATURE_NAMES.filter((name) => rules.some((rule) => rule.when[name] !== undefined))
  const size = features.reduce((product, name) => product * FEATURES[name].values.length, 1)
  const table = new Int16Array(size).fill(-1)
  for (const [number, rule] of rules.entries()) {
    for (const index of indexesOf(rule, features)) {
      if (table[index] !== -1) throw new Error(`rules ${rule.id} and ${rules[table[index]!]!.id} overlap`)
      table[index] = number
    }
  }
  return { layer, features, rules, table, tree: treeOf(features, table) }
}

/** The places of a layer's table that a rule fills. */
function indexesOf(rule: Rule, features: readonly FeatureName[]): readonly number[] {
  return features.reduce<readonly number[]>(
    (indexes, name) => {
      const all: readonly string[] = FEATURES[name].values
      const wanted = (rule.when[name] as readonly string[] | undefined) ?? all
      return indexes.flatMap((index) => wanted.map((value) => index * all.length + all.indexOf(value)))
    },
    [0],
  )
}
