import { takesCondition } from './condition-support.ts'
import { LEASE_STATES, type LeaseState, leaseIdOf } from './lease.ts'
import type { LeaseIdArgument } from './lease-id.ts'
import { classOf, isLeaseAction, type LeaseAction } from './operation.ts'
import { DURATION_SECONDS, EXISTENCES, type ResourceKind } from './resource.ts'
import { ERAS, type Era, eraOf } from './service-version.ts'
import {
  BREAK_PERIODS,
  type BreakPeriod,
  CONDITION_RESULTS,
  type ConditionResult,
  type Situation,
  SNAPSHOT_LEASES,
  type SnapshotLeases,
} from './situation.ts'

/**
 * The vocabulary of guards: total functions from a situation to a small finite set. What is not named here, no rule can
 * tell apart.
 */
export const FEATURES = {
  /** Whether the resource is there, and what holds it. */
  existence: { values: [...EXISTENCES, 'parent absent'], of: existenceOf },
  state: { values: LEASE_STATES, of: (situation: Situation): LeaseState => situation.subject.lease.state },
  /** The kind of duration of a lease that is held. */
  term: { values: ['none', 'fixed', 'infinite'], of: termOf },
  /** `x-ms-lease-id` against the id that the resource remembers. Ids are compared by value, not by spelling. */
  leaseId: {
    values: ['none', 'empty', 'malformed', 'held', 'held, spelt otherwise', 'former', 'fresh'],
    of: (situation: Situation) => leaseIdRelation(situation, situation.operation.leaseId),
  },
  /** `x-ms-proposed-lease-id` against the id that the resource remembers. */
  proposedLeaseId: {
    values: [
      'none',
      'empty',
      'malformed',
      'held',
      'held, spelt otherwise',
      'former',
      'fresh',
      'fresh, spelt otherwise',
    ],
    of: proposedLeaseIdOf,
  },
  /** `x-ms-lease-duration`. */
  duration: {
    values: ['absent', 'out of range', 'not a whole number', 'shortest', 'between', 'longest', 'infinite'],
    of: durationOf,
  },
  /** `x-ms-lease-break-period` against the time left. */
  breakPeriod: { values: BREAK_PERIODS, of: (situation: Situation): BreakPeriod => situation.breakPeriod },
  /** How the number of an acquire or a break is written: as digits, as no text at all, or in some other way. */
  numberForm: { values: ['plain', 'empty', 'odd'], of: numberFormOf },
  /** Whether a lease request carries a header that belongs to another action, or that its version does not know yet. */
  stray: { values: ['none', 'stray'], of: strayOf },
  /** `x-ms-lease-action` of a lease request that is none of the five; empty counts as missing. */
  action: { values: ['missing', 'unknown'], of: actionOf },
  /** Whether the conditional header of the request holds. */
  condition: { values: CONDITION_RESULTS, of: (situation: Situation): ConditionResult => situation.condition },
  /** Which conditional header there is; `not taken` is one that the operation is not documented to take. */
  conditionOn: {
    values: ['nothing', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'tags', 'not taken'],
    of: conditionOnOf,
  },
  /** The lease of what a copy reads or a rename moves, and whether its id was given. */
  sourceLease: {
    values: ['no source', 'unlocked', 'unlocked, with id', 'locked', 'locked, with its id', 'locked, with another id'],
    of: sourceLeaseOf,
  },
  /** The lease of what a snapshot was taken of, as it was when it was last looked at: a lease that was held may have ended since. */
  parentLease: { values: ['unlocked', 'locked when last seen'], of: parentLeaseOf },
  /** Whether an append blob takes no more blocks. */
  sealed: {
    values: ['no', 'sealed'],
    of: ({ subject }: Situation): 'no' | 'sealed' => (subject.isSealed ? 'sealed' : 'no'),
  },
  /** Whether what is to be deleted has snapshots, and one of them is leased. */
  snapshots: { values: SNAPSHOT_LEASES, of: (situation: Situation): SnapshotLeases => situation.snapshots },
  /** Whether a resource of this name was deleted before: the name may stay taken for a while. */
  deletion: { values: ['none', 'deleted before'], of: deletionOf },
  /** `x-ms-delete-snapshots`. */
  snapshotOption: { values: ['absent', 'include', 'include-leased'], of: snapshotOptionOf },
  /** The version of the service that the request asks for. */
  era: { values: ERAS, of: ({ operation: { version } }: Situation): Era => eraOf(version) },
} as const

export type FeatureName = keyof typeof FEATURES
export type FeatureValue<F extends FeatureName> = (typeof FEATURES)[F]['values'][number]

/** A conjunction of `feature in {values}`. */
export type Guard = { readonly [F in FeatureName]?: readonly FeatureValue<F>[] }

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[]

/** Only a blob can be uncommitted, and only what is inside something can have lost it. */
const INSIDE: NonNullable<Guard['existence']> = ['present', 'absent', 'parent absent']
const ON_TOP: NonNullable<Guard['existence']> = ['present', 'absent']

/** Where a kind of resource does not know every value of a feature: the values that it knows. */
const LIMITS: Readonly<Partial<Record<ResourceKind, Guard>>> = {
  'blob-snapshot': { existence: INSIDE, state: ['available'], term: ['none'] },
  container: { existence: ON_TOP },
  share: { existence: ON_TOP },
  'share-snapshot': { existence: INSIDE },
  file: { existence: INSIDE, state: ['available', 'leased', 'broken'], term: ['none', 'infinite'] },
}

/** The values that a feature can have for a kind of resource. */
export function valuesFor(kind: ResourceKind, name: FeatureName): readonly string[] {
  return LIMITS[kind]?.[name] ?? FEATURES[name].values
}

/** What a faulty server may tell apart although the service does not: read by cells and tours, never by a guard. */
export const SHADES = {
  /** How much time is left of a lease that ends by itself. */
  timeLeft: timeLeftOf,
  /** For how long the lease was acquired. */
  length: lengthOf,
  /** How the resource came to be available or broken. */
  past: pastOf,
} as const

function existenceOf({ subject, parent }: Situation): FeatureValue<'existence'> {
  if (parent?.existence === 'absent') return 'parent absent'
  return subject.existence
}

function termOf({ subject: { lease } }: Situation): FeatureValue<'term'> {
  if (lease.state !== 'leased') return 'none'
  return lease.term === 'infinite' ? 'infinite' : 'fixed'
}

function leaseIdRelation({ subject }: Situation, sent: LeaseIdArgument): FeatureValue<'leaseId'> {
  if (sent.given !== 'guid') return sent.given
  if (sent.id === leaseIdOf(subject.lease)) return sent.canonical ? 'held' : 'held, spelt otherwise'
  return sent.id === subject.former ? 'former' : 'fresh'
}

function proposedLeaseIdOf(situation: Situation): FeatureValue<'proposedLeaseId'> {
  const sent = situation.operation.proposedLeaseId
  const relation = leaseIdRelation(situation, sent)
  const isAnother = relation === 'fresh' || relation === 'former'
  return isAnother && sent.given === 'guid' && !sent.canonical ? 'fresh, spelt otherwise' : relation
}

function durationOf({ operation: { duration } }: Situation): FeatureValue<'duration'> {
  if (duration === undefined) return 'absent'
  const { value } = duration
  if (value === undefined) return 'not a whole number'
  if (value === DURATION_SECONDS.infinite) return 'infinite'
  if (value < DURATION_SECONDS.shortest || value > DURATION_SECONDS.longest) return 'out of range'
  if (value === DURATION_SECONDS.shortest) return 'shortest'
  return value === DURATION_SECONDS.longest ? 'longest' : 'between'
}

function numberFormOf({ operation: { name, duration, breakPeriod } }: Situation): FeatureValue<'numberForm'> {
  const sent = name === 'acquire' ? duration : name === 'break' ? breakPeriod : undefined
  if (sent === undefined || sent.value !== undefined || /^-?[0-9]+$/.test(sent.text)) return 'plain'
  return sent.text === '' ? 'empty' : 'odd'
}

type OwnHeaders = Readonly<Record<LeaseAction, readonly ('leaseId' | 'proposedLeaseId' | 'duration' | 'breakPeriod')[]>>

/** The headers that each action has, of those that only some have. Source: Lease Blob. */
const OWN_HEADERS: OwnHeaders = {
  acquire: ['proposedLeaseId', 'duration'],
  renew: ['leaseId'],
  change: ['leaseId', 'proposedLeaseId'],
  release: ['leaseId'],
  break: ['leaseId', 'breakPeriod'],
}

/** The same before version 2012-02-12, when every lease lasted a minute and had the id that the service gave it. */
const OLDEST_OWN_HEADERS: OwnHeaders = {
  acquire: [],
  renew: ['leaseId'],
  change: [],
  release: ['leaseId'],
  break: ['leaseId'],
}

function strayOf({ operation }: Situation): FeatureValue<'stray'> {
  if (!isLeaseAction(operation.name)) return 'none'
  const own = (eraOf(operation.version) === 'before 2012-02-12' ? OLDEST_OWN_HEADERS : OWN_HEADERS)[operation.name]
  const { leaseId, proposedLeaseId, duration, breakPeriod } = operation
  const isStray =
    (leaseId.given !== 'none' && !own.includes('leaseId')) ||
    (proposedLeaseId.given !== 'none' && !own.includes('proposedLeaseId')) ||
    (duration !== undefined && !own.includes('duration')) ||
    (breakPeriod !== undefined && !own.includes('breakPeriod'))
  return isStray ? 'stray' : 'none'
}

function actionOf({ operation: { name, action } }: Situation): FeatureValue<'action'> {
  return classOf(name) === 'lease' && action !== undefined && action !== '' ? 'unknown' : 'missing'
}

function conditionOnOf({ subject, operation }: Situation): FeatureValue<'conditionOn'> {
  const { name, condition, version } = operation
  if (condition === undefined) return 'nothing'
  if (!takesCondition(name, subject.kind, condition.header, version)) return 'not taken'
  return condition.header === 'x-ms-if-tags' ? 'tags' : condition.header
}

function sourceLeaseOf({ source, operation: { sourceLeaseId } }: Situation): FeatureValue<'sourceLease'> {
  if (source?.existence !== 'present') return 'no source'
  const isLocked = source.lease.state === 'leased' || source.lease.state === 'breaking'
  const given = sourceLeaseId.given !== 'none' && sourceLeaseId.given !== 'empty'
  if (!isLocked) return given ? 'unlocked, with id' : 'unlocked'
  if (!given) return 'locked'
  const isItsOwn = sourceLeaseId.given === 'guid' && sourceLeaseId.id === leaseIdOf(source.lease)
  return isItsOwn ? 'locked, with its id' : 'locked, with another id'
}

function deletionOf({ subject }: Situation): FeatureValue<'deletion'> {
  return subject.deleted ? 'deleted before' : 'none'
}

function parentLeaseOf({ parent }: Situation): FeatureValue<'parentLease'> {
  const state = parent?.lease.state
  return state === 'leased' || state === 'breaking' ? 'locked when last seen' : 'unlocked'
}

function snapshotOptionOf({ operation: { snapshots } }: Situation): FeatureValue<'snapshotOption'> {
  return snapshots ?? 'absent'
}

export type TimeLeft = 'none' | 'full' | 'between' | 'last second'

function timeLeftOf({ subject: { lease }, timeLeft }: Situation): TimeLeft {
  if (timeLeft === undefined) return 'none'
  const ms = (timeLeft.earliestMs + timeLeft.latestMs) / 2
  if (ms <= 1000) return 'last second'
  return lease.state === 'leased' && typeof lease.term === 'number' && ms >= lease.term * 1000 ? 'full' : 'between'
}

function lengthOf({ subject: { lease } }: Situation): 'none' | 'shortest' | 'between' | 'longest' | 'infinite' {
  if (lease.state !== 'leased' && lease.state !== 'expired') return 'none'
  if (lease.term === 'infinite') return 'infinite'
  if (lease.term === DURATION_SECONDS.shortest) return 'shortest'
  return lease.term === DURATION_SECONDS.longest ? 'longest' : 'between'
}

function pastOf({ subject: { lease } }: Situation): string {
  if (lease.state === 'available') return lease.since
  if (lease.state === 'broken') return lease.ranOut === undefined ? 'broken at once' : 'broken after a while'
  return 'none'
}
