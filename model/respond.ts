import { FEATURE_NAMES, FEATURES, type FeatureName } from './features.ts'
import { deadlineOf, type Lease, leaseIdOf } from './lease.ts'
import { classOf, describeUse, isLeaseAction, LEASE_ACTIONS, type OperationClass, USE_CLASSES } from './operation.ts'
import { RESOURCE_KINDS, type Resource, type ResourceKind } from './resource.ts'
import { type Clock, LAYERS, type Layer, type Next, type Outcome, type Rule } from './rules/rule.ts'
import { eraOf } from './service-version.ts'
import type { Situation } from './situation.ts'
import { later, type Span } from './time.ts'
import { deleted, replaced, type World } from './world.ts'

/** An id that the server made up and nobody has seen yet; an answer binds it, no request can carry it. */
export const UNSEEN_LEASE_ID = 'an id that the server made up'

/** What the service answers in a situation: per layer that was asked the one rule that applies; the last one decides. */
export interface Response {
  readonly rules: readonly Rule[]
  readonly outcomes: readonly Outcome[]
  /** What the service may answer instead, where it is not known whether the deciding rule applies. */
  readonly otherwise?: Response
}

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

/** The world that follows an outcome. */
export function worldAfter(situation: Situation, outcome: Outcome): World {
  const next = outcome.next.values[0]!
  if (next === 'stays') return situation.world
  if (next === 'deleted') return deleted(situation.world, situation.subject.name)
  if (next === 'moved here') return movedHere(situation)
  return replaced(situation.world, changed(situation, next, outcome.clock.values[0]!))
}

/** The source is gone, and its lease has come along; what the resource remembered of a lease of its own is lost. */
function movedHere(situation: Situation): World {
  const { source, subject, world } = situation
  const { blobType: _blobType, ...moved } = withNewContent(situation)
  const here: Resource = { ...moved, existence: 'present', lease: source?.lease ?? subject.lease }
  return replaced(source === undefined ? world : deleted(world, source.name), here)
}

function changed(
  situation: Situation,
  next: Exclude<Next, 'stays' | 'deleted' | 'moved here'>,
  clock: Clock,
): Resource {
  const { subject } = situation
  switch (next) {
    case 'content changed':
      return withNewContent(situation)
    case 'created':
      return madeAnew(situation)
    case 'staged':
      return subject.existence === 'absent' ? { ...subject, existence: 'uncommitted', blobType: 'block' } : subject
    case 'snapshot taken':
      return { ...subject, hasSnapshots: true }
    case 'sealed':
      return { ...withNewContent(situation), isSealed: true }
    case 'lease forgotten':
      return leasedAs(subject, WRITTEN_OVER)
    case 'content changed, lease forgotten':
      return leasedAs(madeAnew(situation), WRITTEN_OVER)
    case 'snapshot taken, lease forgotten':
      return leasedAs({ ...subject, hasSnapshots: true }, WRITTEN_OVER)
    case 'sealed, lease forgotten':
      return leasedAs({ ...withNewContent(situation), isSealed: true }, WRITTEN_OVER)
    case 'available':
      return leasedAs(subject, { state: 'available', since: 'released' })
    case 'broken':
      return leasedAs(subject, { state: 'broken', id: idOf(subject) })
    case 'breaking':
      return leasedAs(subject, breakingLease(situation, clock))
    case 'leased':
      return leasedAs(subject, leasedFor(proposed(situation), termSent(situation), clock, situation))
    case 'renewed':
      return leasedAs(subject, leasedFor(idOf(subject), termOf(subject), clock, situation))
    case 'id changed':
      return leasedAs(subject, leasedFor(proposed(situation), termOf(subject), clock, situation))
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

/** The subject as it is once it has been written, if it was not there before; what makes it says of which type it is. */
function madeAnew(situation: Situation): Resource {
  const { name } = situation.operation
  const type = isLeaseAction(name) ? undefined : describeUse(name).makes
  const { isSealed, ...rest } = withNewContent(situation)
  const made: Resource = { ...rest, existence: 'present' }
  if (type !== undefined) return { ...made, blobType: type }
  return isSealed ? { ...made, isSealed } : made
}

const WRITTEN_OVER: Lease = { state: 'available', since: 'written over' }

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

/** Before version 2012-02-12 every lease lasted so long, and had the id that the service gave it. */
const OLDEST_TERM_SECONDS = 60

function isOldest({ operation: { version } }: Situation): boolean {
  return eraOf(version) === 'before 2012-02-12'
}

function proposed(situation: Situation): string {
  const { proposedLeaseId } = situation.operation
  return proposedLeaseId.given === 'guid' && !isOldest(situation) ? proposedLeaseId.id : UNSEEN_LEASE_ID
}

function termSent(situation: Situation): number | 'infinite' {
  if (isOldest(situation)) return OLDEST_TERM_SECONDS
  const seconds = situation.operation.duration?.value ?? -1
  return seconds === -1 ? 'infinite' : seconds
}

/** What is available can be renewed in the oldest versions only: the lease that was released is held again. */
function termOf({ lease }: Resource): number | 'infinite' {
  if (lease.state === 'available') return OLDEST_TERM_SECONDS
  return lease.state === 'leased' || lease.state === 'expired' ? lease.term : 'infinite'
}

function idOf({ lease, former }: Resource): string {
  return leaseIdOf(lease) ?? former ?? UNSEEN_LEASE_ID
}

function lookUp({ rules, tree }: CompiledLayer, situation: Situation): Rule | undefined {
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
