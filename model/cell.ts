import { FEATURES, type FeatureName, SHADES } from './features.ts'
import type { LeaseIdArgument } from './lease-id.ts'
import { classOf, isLeaseAction, type Operation, type OperationClass } from './operation.ts'
import type { Resource } from './resource.ts'
import type { Situation } from './situation.ts'
import { describeUse } from './uses.ts'
import type { World } from './world.ts'

/**
 * What a request of each class carries that the service may look at. A fine cell is a state of the resource together with
 * these: the finest distinction that coverage counts and tours visit.
 */
const INPUTS: Readonly<Record<OperationClass, readonly FeatureName[]>> = {
  acquire: ['proposedLeaseId', 'duration'],
  renew: ['leaseId'],
  change: ['leaseId', 'proposedLeaseId'],
  release: ['leaseId'],
  break: ['leaseId', 'breakPeriod'],
  observe: ['leaseId'],
  read: ['leaseId'],
  'read blocks': ['leaseId'],
  'read tags': ['leaseId'],
  list: [],
  snapshot: ['leaseId'],
  write: ['leaseId'],
  append: ['leaseId'],
  seal: ['leaseId'],
  create: ['leaseId'],
  stage: ['leaseId'],
  mark: ['leaseId'],
  copy: ['leaseId'],
  abort: ['leaseId'],
  rename: ['leaseId'],
  make: [],
  delete: ['leaseId'],
  undelete: ['leaseId'],
  lease: ['leaseId'],
}

/** The state of the resource as the tours tell states apart: finer than the rules do. */
export function stateOf(situation: Situation): string {
  const { existence, state } = FEATURES
  const where = existence.of(situation)
  if (where !== 'present') return situation.subject.deleted ? `${where}, deleted before` : where
  if (situation.firstLook) return `${state.of(situation)}, first look`
  const shades = [SHADES.length(situation), SHADES.timeLeft(situation), SHADES.past(situation)].filter(
    (shade) => shade !== 'none',
  )
  return [state.of(situation), ...shades].join(', ')
}

/** The state of a resource without the shades of time and past: enough where a request is unusual or in odd company. */
export function roughStateOf({ existence, lease, deleted, isSealed }: Resource): string {
  if (existence === 'absent') return deleted ? 'absent, deleted before' : 'absent'
  const state = lease.state === 'leased' ? `leased, ${lease.term === 'infinite' ? 'infinite' : 'fixed'}` : lease.state
  if (existence === 'uncommitted') return `uncommitted, ${state}`
  return isSealed ? `sealed, ${state}` : state
}

/**
 * The cell of a situation, in words: kind and class, state, input. Where one header is faulty by itself, the others count
 * only as given or not.
 */
export function cellOf(situation: Situation): string {
  if (isRough(situation)) return roughCellOf(situation)
  if (situation.firstLook) return firstLookOf(situation)
  const of = classOf(situation.operation.name)
  const values = INPUTS[of].map((name) => [name, FEATURES[name].of(situation)] as const)
  const faulty = values.some(([name, value]) => isFaulty(of, name, value))
  const inputs = values.map(
    ([name, value]) =>
      `${name}: ${faulty && !isFaulty(of, name, value) ? 'well-formed' : shaded(name, value, situation)}`,
  )
  return `${situation.subject.kind} ${of} | ${stateOf(situation)}${inputs.length === 0 ? '' : ` | ${inputs.join(', ')}`}`
}

/** Each faulty number is a cell of its own: a server may refuse one and take another. */
function shaded(name: FeatureName, value: string, { operation }: Situation): string {
  if (!FAULTY_NUMBERS.has(value)) return value
  return `${value} (${name === 'duration' ? operation.duration?.text : operation.breakPeriod?.text})`
}

const FAULTY_NUMBERS: ReadonlySet<string> = new Set(['invalid', 'out of range', 'not a whole number'])

function isFaulty(of: OperationClass, name: FeatureName, value: string): boolean {
  if (value === 'malformed' || value === 'empty' || FAULTY_NUMBERS.has(value)) return true
  if (value === 'none')
    return name === 'leaseId' ? of === 'renew' || of === 'release' || of === 'change' : of === 'change'
  return value === 'absent' && name === 'duration'
}

/**
 * The first look after a lease ran out is a cell of its own for each operation, since a server may notice in one handler and
 * not in another; whose id it carries matters then, whether a number is faulty, and nothing else.
 */
function firstLookOf(situation: Situation): string {
  const { name } = situation.operation
  const id = name === 'acquire' ? FEATURES.proposedLeaseId.of(situation) : FEATURES.leaseId.of(situation)
  const number = name === 'acquire' ? FEATURES.duration.of(situation) : FEATURES.breakPeriod.of(situation)
  const faulty = FAULTY_NUMBERS.has(number) || (name === 'acquire' && number === 'absent')
  return `${situation.subject.kind} ${name} | ${stateOf(situation)} | id: ${WHOSE[id]}${faulty ? ', faulty number' : ''}`
}

const WHOSE = {
  none: 'none',
  empty: 'empty',
  malformed: 'malformed',
  held: 'held',
  former: 'another',
  fresh: 'another',
  'held, spelt otherwise': 'spelt otherwise',
  'fresh, spelt otherwise': 'spelt otherwise',
} as const

/**
 * Whether a situation has a rough cell: an operation that does not stand for its class, a request with something unusual in
 * it, an unusual resource, or company that may matter.
 */
function isRough({ operation, subject, parent, source, world }: Situation): boolean {
  if (operation.condition !== undefined || source !== undefined || operation.snapshots !== undefined) return true
  if (subject.existence === 'uncommitted' || (subject.blobType ?? 'block') !== 'block') return true
  if (!isLeaseAction(operation.name) && describeUse(operation.name).typical !== true) return true
  if (parent !== undefined && parent.lease.state !== 'available') return true
  return hasOddHeader(operation) || childrenOf(world, subject).length > 0
}

function hasOddHeader({ name, leaseId, proposedLeaseId, duration, breakPeriod }: Operation): boolean {
  const isOddNumber = (text: string | undefined) => text !== undefined && !/^-?[0-9]{1,3}(\.[0-9])?$/.test(text)
  if (isOddNumber(duration?.text) || isOddNumber(breakPeriod?.text)) return true
  if (isOddId(leaseId) || isOddId(proposedLeaseId)) return true
  const allowed = isLeaseAction(name) ? INPUTS[name] : []
  return (
    (duration !== undefined && !allowed.includes('duration')) ||
    (breakPeriod !== undefined && !allowed.includes('breakPeriod')) ||
    (proposedLeaseId.given !== 'none' && !allowed.includes('proposedLeaseId')) ||
    (leaseId.given !== 'none' && isLeaseAction(name) && !allowed.includes('leaseId'))
  )
}

/** The one malformed id of the fine cells; every other malformed text is odd. */
export const PLAINLY_MALFORMED = 'not-a-guid'

function isOddId(id: LeaseIdArgument): boolean {
  if (id.given === 'malformed') return id.text !== PLAINLY_MALFORMED
  return id.given === 'empty' || (id.given === 'guid' && /^[{(]/.test(id.text))
}

function roughCellOf(situation: Situation): string {
  const { operation, subject, parent } = situation
  const type = subject.blobType === 'append' || subject.blobType === 'page' ? ` (${subject.blobType})` : ''
  const state = parent?.existence === 'absent' ? 'parent absent' : roughStateOf(subject)
  const inputs = roughInputs(situation)
  const what = `${subject.kind}${type} ${operation.name} | ${state}${companyOf(situation)}`
  return inputs.length === 0 ? what : `${what} | ${inputs.join(', ')}`
}

/** Leases of what holds the resource, and of what it holds. */
function companyOf({ world, subject, parent }: Situation): string {
  const outside =
    parent !== undefined && parent.lease.state !== 'available' ? `, ${parent.kind} ${roughStateOf(parent)}` : ''
  const inside = childrenOf(world, subject).map((child) => `, with a ${child.kind} ${roughStateOf(child)}`)
  return [outside, ...inside].join('')
}

function childrenOf(world: World, { name }: Resource): readonly Resource[] {
  return world.filter(({ parent, existence }) => parent === name && existence !== 'absent')
}

function roughInputs(situation: Situation): readonly string[] {
  const { operation, source } = situation
  const { name, leaseId, proposedLeaseId, duration, breakPeriod, condition, snapshots, action } = operation
  const said = (what: string, text: string | undefined) => (text === undefined ? [] : [`${what}: ${quoted(text)}`])
  const ids = [
    ...(leaseId.given === 'none' ? [] : [`leaseId: ${idIn(FEATURES.leaseId.of(situation), leaseId)}`]),
    ...(proposedLeaseId.given === 'none'
      ? []
      : [`proposedLeaseId: ${idIn(FEATURES.proposedLeaseId.of(situation), proposedLeaseId)}`]),
  ]
  return [
    ...ids,
    ...said('duration', duration?.text),
    ...said('breakPeriod', breakPeriod?.text),
    ...(condition === undefined ? [] : [`${condition.header}: ${situation.condition}`]),
    ...(source === undefined ? [] : [`source: ${FEATURES.sourceLease.of(situation)}`]),
    ...said('snapshots', snapshots),
    ...(classOf(name) === 'lease' ? said('action', action ?? 'missing') : []),
  ]
}

function idIn(relation: keyof typeof WHOSE, id: LeaseIdArgument): string {
  return isOddId(id) && id.given !== 'none' && id.given !== 'empty'
    ? `${WHOSE[relation]} (${shapeOf(id.text)})`
    : WHOSE[relation]
}

/** What an odd id looks like, without its digits. */
function shapeOf(text: string): string {
  return quoted(text.replace(/[0-9a-f]{2,}/gi, 'x'))
}

function quoted(text: string): string {
  return /^[\w.+-]+$/.test(text) ? text : JSON.stringify(text)
}
