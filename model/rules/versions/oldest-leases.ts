import { claim, doc, type Evidence, inferred, open, recorded } from '../evidence.ts'
import { INVALID, refusedIfEmptyCounts, refusedIfLookedAt, UNKNOWN_HEADER } from '../headers/header-faults.ts'
import { leaseHeaders, MISMATCH, NOT_PRESENT } from '../leases/lease-answers.ts'
import { type HeaderClaim, header, perhaps, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import { GIVEN, HELD_ANYHOW, LOCKED, UNLOCKED } from '../vocabulary.ts'

/**
 * Leases of blobs before version 2012-02-12: every lease lasted 60 s and had the id that the service gave it. What was
 * different is written here; release, and renewal in every state but available, are as later.
 */
const PAGE = doc('lease-blob', 'what version 2012-02-12 changed')
const NEWS = doc('version-2012-02-12')

export function oldestLeaseRules(): readonly Rule[] {
  return [...syntax(), ...acquire(), ...renew(), ...breaking()]
}

function syntax(): readonly Rule[] {
  const rule = rulesOf('blob', 'syntax', 'oldest')
  const unknownHeader = refusedIfLookedAt('the header came with version 2012-02-12')
  const anyId = ['none', 'empty', ...GIVEN] as const
  return [
    rule('acquire.ok', ['acquire'], { stray: ['none'] }),
    perhaps('whatever follows', rule('acquire.stray', ['acquire'], { stray: ['stray'] }, unknownHeader)),
    rule(
      'change',
      ['change'],
      {},
      refusal(claim(400, inferred('the action came with version 2012-02-12'), NEWS), open(UNKNOWN_HEADER)),
    ),
    rule(
      'break.malformed-id',
      ['break'],
      { leaseId: ['malformed'] },
      refused(400, INVALID, inferred('a malformed id is malformed everywhere else')),
    ),
    perhaps(
      'whatever follows',
      rule('break.empty-id', ['break'], { leaseId: ['empty'], stray: ['none'] }, refusedIfEmptyCounts()),
    ),
    rule('break.ok', ['break'], { leaseId: ['none', ...GIVEN], stray: ['none'] }),
    perhaps('whatever follows', rule('break.stray', ['break'], { leaseId: anyId, stray: ['stray'] }, unknownHeader)),
  ]
}

const ACQUIRED = recorded(15, 'before version 2012-02-12')
const REFUSED = recorded(8, 'before version 2012-02-12')
const CODES = doc('blob-error-codes')

/** Claims without the recordings of later versions, of which the counts are. */
function ofTheTime(claims: readonly HeaderClaim[], ...recordings: readonly Evidence[]): readonly HeaderClaim[] {
  return claims.map(({ values, evidence, level: _level, ...rest }) => ({
    ...rest,
    ...claim(values, ...evidence.filter(({ kind }) => kind !== 'recording'), ...recordings),
  }))
}

function acquire(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition', 'oldest.acquire')
  const headers = ofTheTime(leaseHeaders('blob', 'acquire'), ACQUIRED)
  const acquired = success(201, 'leased', 'starts', headers, doc('lease-blob', 'it lasts 60 s'), ACQUIRED)
  return [
    rule('unlocked', ['acquire'], { state: UNLOCKED }, acquired),
    rule('locked', ['acquire'], { state: LOCKED }, refusal(claim(409, REFUSED), claim('LeaseAlreadyPresent', CODES))),
  ]
}

/** A lease that was released could be renewed; the id is all that tells that one was. */
function renew(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition', 'oldest.renew')
  const renewed = success(200, 'renewed', 'starts', ofTheTime(leaseHeaders('blob', 'renew')), PAGE, NEWS)
  return [
    rule('released', ['renew'], { state: ['available'], leaseId: ['former'] }, renewed),
    rule(
      'available.another',
      ['renew'],
      { state: ['available'], leaseId: [...HELD_ANYHOW, 'fresh'] },
      refusal(claim(409, doc('lease-blob')), claim(MISMATCH, inferred('as later'))),
    ),
  ]
}

function breaking(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition', 'oldest.break')
  const time = (value: 'the time left, rounded down' | '0', ...evidence: readonly Evidence[]) =>
    ofTheTime(
      leaseHeaders('blob', 'break', [
        header('x-ms-lease-time', claim(value === '0' ? value : [value, 'the time left, rounded up'], ...evidence)),
      ]),
    )
  const timeIsUp = doc('lease-blob', 'it breaks when the time is up')
  const ended = inferred('as later: what has run out is broken at once')
  const afterRelease = inferred('a lease that was released could be broken; what became of it is not documented')
  return [
    rule(
      'leased',
      ['break'],
      { state: ['leased'] },
      success(202, 'breaking', 'kept', time('the time left, rounded down', timeIsUp), timeIsUp),
    ),
    rule(
      'already-broken',
      ['break'],
      { state: ['breaking', 'broken'] },
      refused(409, 'LeaseAlreadyBroken', PAGE, NEWS, doc('blob-error-codes')),
    ),
    rule('expired', ['break'], { state: ['expired'] }, success(202, 'broken', 'none', time('0', ended), ended)),
    rule(
      'available',
      ['break'],
      { state: ['available'], leaseId: ['none', 'empty', ...GIVEN] },
      refusal(claim(409, inferred('as later, unless one was released')), claim(NOT_PRESENT, inferred('as later'))),
      { ...success(202, 'stays', 'none', [], afterRelease), next: claim('stays', afterRelease) },
    ),
  ]
}
