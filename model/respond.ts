import { FEATURE_NAMES, FEATURES, type FeatureName } from './features.ts'
import { deadlineOf, type Lease, leaseIdOf } from './lease.ts'
import { classOf, LEASE_ACTIONS, type OperationClass, USE_CLASSES } from './operation.ts'
import { RESOURCE_KINDS, type Resource, type ResourceKind } from './resource.ts'
import { type Clock, LAYERS, type Layer, type Next, type Outcome, type Rule } from './rules/rule.ts'
import type { Situation } from './situation.ts'
import { later, type Span } from './time.ts'
import { deleted, replaced, type World } from './world.ts'

/** An id that the server made up and nobody has seen yet; an answer binds it, no request can carry it. */
export const UNSEEN_LEASE_ID = 'an id that the server made up'

/** What the service answers in a situation: per layer that was asked the one rule that applies; the last one decides. */
export interface Response {
  readonly rules: readonly Rule[]
  readonly outcomes: readonly Outcome[]
}

/** One layer of rules for one kind and class: a table indexed by the features that these rules read. */
export interface CompiledLayer {
  readonly layer: Layer
  readonly features: readonly FeatureName[]
  readonly rules: readonly Rule[]
  /** Index into `rules`, or -1 where earlier layers have always refused. */
  readonly table: Int16Array
}

export type CompiledRules = Readonly<Record<ResourceKind, Readonly<Record<OperationClass, readonly CompiledLayer[]>>>>

const VALUE_INDEX: Readonly<Record<FeatureName, Readonly<Record<string, number>>>> = Object.fromEntries(
  FEATURE_NAMES.map((name) => [name, Object.fromEntries(FEATURES[name].values.map((value, index) => [value, index]))]),
) as Record<FeatureName, Record<string, number>>

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

function byKey<K extends string, T>(keys: readonly K[], of: (key: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, T>
}

/** The compiled layers that decide an operation of a class on a kind. */
export function layersFor(rules: CompiledRules, kind: ResourceKind, of: OperationClass): readonly CompiledLayer[] {
  return rules[kind][of]
}

/**
 * The answer to a request in a situation. Pure: the same arguments give the same answer.
 * @throws Error if the rules are not total there; a test proves that they are.
 */
export function respond(rules: CompiledRules, situation: Situation): Response {
  const layers = layersFor(rules, situation.subject.kind, classOf(situation.operation.name))
  const applied: Rule[] = []
  for (const layer of layers) {
    const rule = lookUp(layer, situation)
    if (rule === undefined) {
      throw new Error(`no rule of layer ${layer.layer} fits ${situation.operation.name} on a ${situation.subject.kind}`)
    }
    applied.push(rule)
    if (rule.expect.length > 0) return { rules: applied, outcomes: rule.expect }
  }
  throw new Error(`no rule decides ${situation.operation.name} on a ${situation.subject.kind}`)
}

/** The world that follows an outcome. */
export function worldAfter(situation: Situation, outcome: Outcome): World {
  const next = outcome.next.values[0]!
  if (next === 'stays') return situation.world
  if (next === 'deleted') return deleted(situation.world, situation.subject.name)
  return replaced(situation.world, changed(situation, next, outcome.clock.values[0]!))
}

function changed(situation: Situation, next: Exclude<Next, 'stays' | 'deleted'>, clock: Clock): Resource {
  const { subject } = situation
  switch (next) {
    case 'content changed':
      return withNewContent(situation)
    case 'created':
      return { ...withNewContent(situation), existence: 'present' }
    case 'content changed, lease forgotten':
      return leasedAs(withNewContent(situation), { state: 'available', since: 'written over' })
    case 'available':
      return leasedAs(subject, { state: 'available', since: 'released' })
    case 'broken':
      return leasedAs(subject, { state: 'broken', id: idOf(subject) })
    case 'breaking':
      return leasedAs(subject, breakingLease(situation, clock))
    case 'leased':
      return leasedAs(subject, leasedFor(proposed(situation), termSent(situation), clock, situation))
    case 'renewed':
      return leasedAs(subject, leasedFor(idOf(subject), termOf(subject.lease), clock, situation))
    case 'id changed':
      return leasedAs(subject, leasedFor(proposed(situation), termOf(subject.lease), clock, situation))
    default:
      return next satisfies never
  }
}

/** The subject with another lease; an id that it no longer remembers becomes its former one. */
function leasedAs(subject: Resource, lease: Lease): Resource {
  const before = leaseIdOf(subject.lease)
  return before !== undefined && before !== leaseIdOf(lease)
    ? { ...subject, lease, former: before }
    : { ...subject, lease }
}

/** The subject with content that nobody has seen yet. */
function withNewContent({ subject, now }: Situation): Resource {
  const { etag: _etag, lastModified: _lastModified, ...rest } = subject
  return { ...rest, changedByMs: now.latestMs }
}

function leasedFor(id: string, term: number | 'infinite', clock: Clock, situation: Situation): Lease {
  if (term === 'infinite') return { state: 'leased', id, term }
  return { state: 'leased', id, term, expires: deadlineAfter(clock, term, situation) }
}

function breakingLease(situation: Situation, clock: Clock): Lease {
  const seconds = situation.operation.breakPeriod?.value ?? 0
  return { state: 'breaking', id: idOf(situation.subject), breaks: deadlineAfter(clock, seconds, situation) }
}

/** A deadline that is kept where there is none is one that has just come: only a faulty rule says so. */
function deadlineAfter(clock: Clock, seconds: number, { subject: { lease }, now, drift }: Situation): Span {
  const current = deadlineOf(lease)
  switch (clock) {
    case 'starts':
    case 'after the break period':
      return later(now, seconds, drift)
    case 'kept':
      return current ?? now
    case 'none':
      return now
    default:
      return clock satisfies never
  }
}

function proposed({ operation: { proposedLeaseId } }: Situation): string {
  return proposedLeaseId.given === 'guid' ? proposedLeaseId.id : UNSEEN_LEASE_ID
}

function termSent({ operation: { duration } }: Situation): number | 'infinite' {
  const seconds = duration?.value ?? -1
  return seconds === -1 ? 'infinite' : seconds
}

function termOf(lease: Lease): number | 'infinite' {
  return lease.state === 'leased' || lease.state === 'expired' ? lease.term : 'infinite'
}

function idOf({ lease }: Resource): string {
  return leaseIdOf(lease) ?? UNSEEN_LEASE_ID
}

function lookUp({ features, rules, table }: CompiledLayer, situation: Situation): Rule | undefined {
  let index = 0
  for (const name of features) {
    const feature = FEATURES[name]
    index = index * feature.values.length + VALUE_INDEX[name][feature.of(situation)]!
  }
  const found = table[index]!
  return found < 0 ? undefined : rules[found]
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
  return { layer, features, rules, table }
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
