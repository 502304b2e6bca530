import { deadlineOf, ranOut, withDeadline } from './lease.ts'
import type { Operation } from './operation.ts'
import type { Resource } from './resource.ts'
import { at, type Instant, type Span } from './time.ts'
import { replaced, resourceIn, type World } from './world.ts'

/**
 * A request and the world that meets it, with every question of time decided: whether the lease has run out, and how the
 * break period compares with the time left. An exact instant gives one situation; a window on wall time that holds a
 * deadline gives one for each side of it.
 */
export interface Situation {
  readonly world: World
  readonly operation: Operation
  readonly subject: Resource
  readonly parent: Resource | undefined
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

/** How near, in milliseconds, a deadline counts as near. */
const NEAR_MS = 1000

/** The situations that a server may have seen when it acted somewhere inside `now`. */
export function situations(world: World, operation: Operation, now: Span, drift = 0): readonly Situation[] {
  const subject = resourceIn(world, operation.on)
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
  const nearDeadline = isNear(subject, now, timeLeft)
  return breakPeriods(operation, subject, timeLeft).map((breakPeriod) => ({
    world: aged,
    operation,
    subject,
    parent,
    now,
    drift,
    timeLeft,
    breakPeriod,
    nearDeadline,
    firstLook,
  }))
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
  if (seconds === undefined || seconds < 0 || seconds > 60) return ['invalid']
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
