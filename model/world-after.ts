import { deadlineOf, type Lease, type LeaseTerm, leaseIdOf } from './lease.ts'
import { isLeaseAction } from './operation.ts'
import { DURATION_SECONDS, type Resource } from './resource.ts'
import type { Clock, Next, Outcome } from './rules/rule.ts'
import { eraOf } from './service-version.ts'
import type { Situation } from './situation.ts'
import { later, type Span } from './time.ts'
import { describeUse } from './uses.ts'
import { deleted, replaced, type World } from './world.ts'

/** An id that the server made up and nobody has seen yet; an answer binds it, no request can carry it. */
export const UNSEEN_LEASE_ID = 'an id that the server made up'

/** The id of a lease that was there before anybody looked, and whose holder never comes: no request carries it. */
export const UNMENTIONED_LEASE_ID = 'an id that no request carries'

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
  const isOver = before !== undefined && before !== UNMENTIONED_LEASE_ID && before !== leaseIdOf(lease)
  return isOver ? { ...subject, lease, former: before } : { ...subject, lease }
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

function leasedFor(id: string, term: LeaseTerm, clock: Clock, situation: Situation): Lease {
  if (term === 'infinite') return { state: 'leased', id, term }
  if (term === 'unseen') {
    const { earliestMs } = deadlineAfter(clock, DURATION_SECONDS.shortest, situation)
    const { latestMs } = deadlineAfter(clock, DURATION_SECONDS.longest, situation)
    return { state: 'leased', id, term, expires: { earliestMs, latestMs } }
  }
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

function termSent(situation: Situation): LeaseTerm {
  if (isOldest(situation)) return OLDEST_TERM_SECONDS
  const seconds = situation.operation.duration?.value ?? -1
  return seconds === -1 ? 'infinite' : seconds
}

/** What is available can be renewed in the oldest versions only: the lease that was released is held again. */
function termOf({ lease }: Resource): LeaseTerm {
  if (lease.state === 'available') return OLDEST_TERM_SECONDS
  return lease.state === 'leased' || lease.state === 'expired' ? lease.term : 'infinite'
}

function idOf({ lease, former }: Resource): string {
  return leaseIdOf(lease) ?? former ?? UNSEEN_LEASE_ID
}
