import { isMet } from './condition.ts'
import { deadlineOf, ranOut, withDeadline } from './lease.ts'
import { classOf, type Operation } from './operation.ts'
import { BREAK_PERIOD_SECONDS, type Resource } from './resource.ts'
import { at, type Instant, type Span } from './time.ts'
import { asksUnseen, settledFor } from './unseen.ts'
import { replaced, resourceIn, type World } from './world.ts'

/**
 * A request and the world that meets it, with every question of time decided: whether the lease has run out, and how the
 * break period compares with the time left. An exact instant gives one situation; a window on wall time that holds a
 * deadline gives one for each side of it. A condition on an ETag that nobody has seen gives one for either outcome.
 */
export interface Situation {
  readonly world: World
  readonly operation: Operation
  readonly subject: Resource
  readonly parent: Resource | undefined
  /** What the request copies from or moves. */
  readonly source: Resource | undefined
  readonly condition: ConditionResult
  readonly snapshots: SnapshotLeases
  readonly now: Span
  readonly drift: number
  /** Milliseconds until the lease ends by itself; undefined where it does not. */
  readonly timeLeft: Span | undefined
  readonly breakPeriod: BreakPeriod
  /** Within a second of the deadline on either side: what the service does there is not documented to the millisecond. */
  readonly nearDeadline: boolean
  /** The lease has run out since the resource was last looked at: a server that ends leases lazily has to notice now. */
  readonly firstLook: boolean
}

export const BREAK_PERIODS = ['absent', 'invalid', 'zero', 'shorter', 'equal', 'longer'] as const
/** `x-ms-lease-break-period` against the time left: an infinite lease is longer than any, an ended one shorter. */
export type BreakPeriod = (typeof BREAK_PERIODS)[number]

export const CONDITION_RESULTS = ['none', 'met', 'unmet', 'wildcard'] as const
/** Whether the condition of a request holds; `wildcard` is If-None-Match: * where the resource exists. */
export type ConditionResult = (typeof CONDITION_RESULTS)[number]

export const SNAPSHOT_LEASES = ['none', 'unleased', 'leased'] as const
/** Whether a resource that is to be deleted has snapshots, and one of them is leased. */
export type SnapshotLeases = (typeof SNAPSHOT_LEASES)[number]

/** How near, in milliseconds, a deadline counts as near. */
const NEAR_MS = 1000

/** The situations that a server may have seen when it acted somewhere inside `now`. */
export function situations(world: World, operation: Operation, now: Span, drift = 0): readonly Situation[] {
  const subject = resourceIn(world, operation.on)
  if (asksUnseen(world, operation)) {
    return settledFor(world, operation, now).flatMap((each) => situations(each, operation, now, drift))
  }
  const deadline = deadlineOf(subject.lease)
  if (deadline === undefined) return situated(world, operation, subject, now, drift, undefined, false)
  const found: Situation[] = []
  if (now.earliestMs < deadline.latestMs) {
    const known = narrowed(deadline, Math.max(deadline.earliestMs, now.earliestMs), deadline.latestMs)
    const before = narrowed(now, now.earliestMs, Math.min(now.latestMs, deadline.latestMs))
    const lease = known === deadline ? subject.lease : withDeadline(subject.lease, known)
    found.push(...situated(world, operation, withLease(subject, lease), before, drift, known, false))
  }
  if (now.latestMs >= deadline.earliestMs) {
    const known = narrowed(deadline, deadline.earliestMs, Math.min(deadline.latestMs, now.latestMs))
    const after = narrowed(now, Math.max(now.earliestMs, deadline.earliestMs), now.latestMs)
    const ended = withLease(subject, ranOut(subject.lease, known))
    found.push(...situated(world, operation, ended, after, drift, undefined, true))
  }
  return found
}

/** The one situation of a server that acts at a known instant in a world whose deadlines are exact. */
export function situationAt(world: World, operation: Operation, instant: Instant): Situation {
  return situations(world, operation, at(instant))[0]!
}

function situated(
  world: World,
  operation: Operation,
  subject: Resource,
  now: Span,
  drift: number,
  deadline: Span | undefined,
  firstLook: boolean,
): Situation[] {
  const timeLeft = deadline && {
    earliestMs: Math.max(0, deadline.earliestMs - now.latestMs),
    latestMs: deadline.latestMs - now.earliestMs,
  }
  const aged = resourceIn(world, subject.name) === subject ? world : replaced(world, subject)
  const parent = subject.parent === undefined ? undefined : resourceIn(world, subject.parent)
  const source = operation.source === undefined ? undefined : resourceIn(world, operation.source)
  const nearDeadline = isNear(subject, now, timeLeft)
  const situations: Situation[] = []
  for (const condition of conditionResults(operation, subject)) {
    for (const snapshots of snapshotLeases(world, operation, subject, now)) {
      for (const breakPeriod of breakPeriods(operation, subject, timeLeft)) {
        const time = { now, drift, timeLeft, breakPeriod, nearDeadline, firstLook }
        situations.push({ world: aged, operation, subject, parent, source, condition, snapshots, ...time })
      }
    }
  }
  return situations
}

const NO_CONDITION: readonly ConditionResult[] = ['none']

function conditionResults({ condition }: Operation, subject: Resource): readonly ConditionResult[] {
  if (condition === undefined) return NO_CONDITION
  const met = isMet(condition, subject)
  if (met === undefined) return ['met', 'unmet']
  return met === 'wildcard' ? [met] : [met ? 'met' : 'unmet']
}

const NO_SNAPSHOTS: readonly SnapshotLeases[] = ['none']

function snapshotLeases(world: World, { name }: Operation, subject: Resource, now: Span): readonly SnapshotLeases[] {
  if (classOf(name) !== 'delete') return NO_SNAPSHOTS
  const snapshots = world.filter(
    ({ parent, kind, existence }) =>
      parent === subject.name && existence === 'present' && (kind === 'share-snapshot' || kind === 'blob-snapshot'),
  )
  if (subject.unseen?.snapshots || snapshots.some(({ unseen }) => unseen !== undefined)) return SNAPSHOT_LEASES
  if (snapshots.length === 0) return subject.hasSnapshots ? ['unleased'] : NO_SNAPSHOTS
  const locked = snapshots.map(({ lease }) => lockedness(lease, now))
  if (locked.includes('locked')) return ['leased']
  return locked.includes('either') ? ['leased', 'unleased'] : ['unleased']
}

function lockedness(lease: Resource['lease'], now: Span): 'locked' | 'unlocked' | 'either' {
  if (lease.state !== 'leased' && lease.state !== 'breaking') return 'unlocked'
  const deadline = deadlineOf(lease)
  if (deadline === undefined || now.latestMs < deadline.earliestMs) return 'locked'
  return now.earliestMs >= deadline.latestMs ? 'unlocked' : 'either'
}

function isNear({ lease }: Resource, now: Span, timeLeft: Span | undefined): boolean {
  if (timeLeft !== undefined) return timeLeft.earliestMs < NEAR_MS
  const passed = lease.state === 'broken' || lease.state === 'expired' ? lease.ranOut : undefined
  return passed !== undefined && now.earliestMs - passed.latestMs < NEAR_MS
}

function breakPeriods(
  { breakPeriod: sent }: Operation,
  { lease }: Resource,
  timeLeft: Span | undefined,
): BreakPeriod[] {
  if (sent === undefined) return ['absent']
  const seconds = sent.value
  const { shortest, longest } = BREAK_PERIOD_SECONDS
  if (seconds === undefined || seconds < shortest || seconds > longest) return ['invalid']
  if (seconds === 0) return ['zero']
  if (timeLeft === undefined) return [lease.state === 'leased' ? 'shorter' : 'longer']
  const ms = seconds * 1000
  const found: BreakPeriod[] = []
  if (ms < timeLeft.latestMs) found.push('shorter')
  if (ms >= timeLeft.earliestMs && ms <= timeLeft.latestMs) found.push('equal')
  if (ms > timeLeft.earliestMs) found.push('longer')
  return found
}

function withLease(resource: Resource, lease: Resource['lease']): Resource {
  return lease === resource.lease ? resource : { ...resource, lease }
}

function narrowed(span: Span, earliestMs: Instant, latestMs: Instant): Span {
  return span.earliestMs === earliestMs && span.latestMs === latestMs ? span : { earliestMs, latestMs }
}
