import { LEASE_STATES, type LeaseState, leaseIdOf } from './lease.ts'
import type { LeaseIdArgument } from './lease-id.ts'
import { DURATION_SECONDS } from './resource.ts'
import { BREAK_PERIODS, type BreakPeriod, type Situation } from './situation.ts'

/**
 * The vocabulary of guards: total functions from a situation to a small finite set. What is not named here, no rule can
 * tell apart.
 */
export const FEATURES = {
  /** Whether the resource is there, and what holds it. */
  existence: { values: ['present', 'absent', 'parent absent'], of: existenceOf },
  state: { values: LEASE_STATES, of: (situation: Situation): LeaseState => situation.subject.lease.state },
  /** The kind of duration of a lease that is held. */
  term: { values: ['none', 'fixed', 'infinite'], of: termOf },
  /** `x-ms-lease-id` against the id that the resource remembers. Ids are compared by value, not by spelling. */
  leaseId: {
    values: ['none', 'malformed', 'held', 'held, spelt otherwise', 'former', 'fresh'],
    of: (situation: Situation) => leaseIdRelation(situation, situation.operation.leaseId),
  },
  /** `x-ms-proposed-lease-id` against the id that the resource remembers. */
  proposedLeaseId: {
    values: ['none', 'malformed', 'held', 'held, spelt otherwise', 'former', 'fresh', 'fresh, spelt otherwise'],
    of: proposedLeaseIdOf,
  },
  /** `x-ms-lease-duration`. */
  duration: {
    values: ['absent', 'out of range', 'not a whole number', 'shortest', 'between', 'longest', 'infinite'],
    of: durationOf,
  },
  /** `x-ms-lease-break-period` against the time left. */
  breakPeriod: { values: BREAK_PERIODS, of: (situation: Situation): BreakPeriod => situation.breakPeriod },
} as const

export type FeatureName = keyof typeof FEATURES
export type FeatureValue<F extends FeatureName> = (typeof FEATURES)[F]['values'][number]

/** A conjunction of `feature in {values}`. */
export type Guard = { readonly [F in FeatureName]?: readonly FeatureValue<F>[] }

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[]

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
  return relation === 'fresh' && sent.given === 'guid' && !sent.canonical ? 'fresh, spelt otherwise' : relation
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

export type TimeLeft = 'none' | 'full' | 'between' | 'last second'

function timeLeftOf({ subject: { lease }, timeLeft }: Situation): TimeLeft {
  if (timeLeft === undefined) return 'none'
  const ms = (timeLeft.earliestMs + timeLeft.latestMs) / 2
  if (ms <= 1000) return 'last second'
  return lease.state === 'leased' && lease.term !== 'infinite' && ms >= lease.term * 1000 ? 'full' : 'between'
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
