import type { FeatureValue, Guard } from '../../features.ts'
import type { LeaseAction } from '../../operation.ts'
import type { ResourceKind } from '../../resource.ts'
import { claim, doc, type Evidence, inferred, open } from '../evidence.ts'
import { leasePage } from '../kind-evidence.ts'
import { type Outcome, perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { GIVEN, PROPOSED } from '../vocabulary.ts'
import { type Fault, INVALID, MISSING, refusedIfEmptyCounts, refusedIfLookedAt, seen } from './header-faults.ts'
import { strayHeaders } from './stray-headers.ts'
import { durationsOf, FIXED, VALID_PERIODS } from './well-formed.ts'

/** The headers of the five lease actions, each action's own; what comes with a stray one is told elsewhere. */
export function leaseActionSyntax(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'syntax', 'syntax')
  const rows = [
    ...(kind === 'file' ? [...noRenewal(), ...holding(kind, ['release'])] : holding(kind, ['renew', 'release'])),
    ...changing(kind),
    ...acquiring(kind),
    ...breaking(kind),
  ]
  return [
    ...rows.map(({ id, of, when, fault, ifItCounts }) => {
      const row = rule(id, of, { ...when, stray: ['none'] }, ...(fault === undefined ? [] : [fault]))
      return ifItCounts ? perhaps('whatever follows', row) : row
    }),
    ...strayHeaders(kind),
  ]
}

/** A row of the table: what the headers are like, and the refusal if they are not as they should be. */
interface Row {
  readonly id: string
  readonly of: readonly LeaseAction[]
  readonly when: Guard
  readonly fault?: Outcome
  /** Nobody knows whether the fault counts as one. */
  readonly ifItCounts?: true
}

/** Renew and release, whose only header is the lease id. */
function holding(kind: ResourceKind, of: readonly LeaseAction[]): readonly Row[] {
  const table = of.join('-')
  return [
    { id: `${table}.missing-id`, of, when: { leaseId: ['none'] }, fault: missing(kind, 'x-ms-lease-id') },
    { id: `${table}.empty-id`, of, when: { leaseId: ['empty'] }, fault: missingOrInvalid(kind, 'x-ms-lease-id') },
    {
      id: `${table}.malformed-id`,
      of,
      when: { leaseId: ['malformed'] },
      fault: malformed(kind, 'malformed id on renew or release'),
    },
    { id: `${table}.ok`, of, when: { leaseId: GIVEN } },
  ]
}

/** A file has no renewal, so nobody knows whether its headers are looked at. */
function noRenewal(): readonly Row[] {
  const of = ['renew'] as const
  const fault = refusedIfLookedAt('a file has no renewal, whose headers might be faulty')
  return [
    { id: 'renew.faulty-id', of, when: { leaseId: ['none', 'empty', 'malformed'] }, fault, ifItCounts: true },
    { id: 'renew.ok', of, when: { leaseId: GIVEN } },
  ]
}

function changing(kind: ResourceKind): readonly Row[] {
  const of = ['change'] as const
  const row = (
    id: string,
    leaseId: readonly FeatureValue<'leaseId'>[],
    proposedLeaseId: readonly FeatureValue<'proposedLeaseId'>[],
    fault: Outcome,
  ): Row => ({ id: `change.${id}`, of, when: { leaseId, proposedLeaseId }, fault })
  const both = missingOrInvalid(kind, 'x-ms-lease-id and x-ms-proposed-lease-id')
  return [
    row('missing-id', ['none'], PROPOSED, missing(kind, 'x-ms-lease-id')),
    row('empty-id', ['empty'], PROPOSED, missingOrInvalid(kind, 'x-ms-lease-id')),
    row('malformed-id', ['malformed'], PROPOSED, malformed(kind, 'malformed id on change')),
    row('missing-proposal', GIVEN, ['none'], missing(kind, 'x-ms-proposed-lease-id', 'missing proposal on change')),
    row('empty-proposal', GIVEN, ['empty'], missingOrInvalid(kind, 'x-ms-proposed-lease-id')),
    row('malformed-proposal', GIVEN, ['malformed'], malformed(kind, 'malformed proposal on change')),
    row('both-missing', ['none'], ['none'], missing(kind, 'x-ms-lease-id and x-ms-proposed-lease-id')),
    row('both-malformed', ['malformed'], ['malformed'], malformed(kind, 'malformed id and proposal on change')),
    row('missing-id-malformed-proposal', ['none'], ['malformed'], both),
    row('malformed-id-missing-proposal', ['malformed'], ['none'], both),
    row('empty-id-and-no-proposal', ['empty'], ['none', 'empty', 'malformed'], both),
    row('no-id-and-empty-proposal', ['none', 'malformed'], ['empty'], both),
    { id: 'change.ok', of, when: { leaseId: GIVEN, proposedLeaseId: PROPOSED } },
  ]
}

function acquiring(kind: ResourceKind): readonly Row[] {
  const of = ['acquire'] as const
  const fixed = kind !== 'file'
  const { valid, invalid } = durationsOf(kind)
  const proposedLeaseId: Guard['proposedLeaseId'] = ['none', ...PROPOSED]
  const range = doc(leasePage(kind), 'the permitted range')
  const outOfRange = refused(400, INVALID, range, ...seen(kind, 'duration out of range'))
  const manyDigits = refused(400, INVALID, range, ...seen(kind, 'duration of many digits'))
  const row = (id: string, when: Guard, fault: Outcome): Row => ({
    id: `acquire.${id}`,
    of,
    when: { proposedLeaseId, ...when },
    fault,
  })
  const unlikeNumber = (numberForm: FeatureValue<'numberForm'>) =>
    ({ duration: ['not a whole number'], numberForm: [numberForm] }) as const
  return [
    row('missing-duration', { duration: ['absent'] }, missing(kind, 'x-ms-lease-duration', 'missing duration')),
    row('duration-out-of-range', { duration: ['out of range'] }, outOfRange),
    row('duration-too-long-a-number', unlikeNumber('plain'), manyDigits),
    row('duration-empty', unlikeNumber('empty'), missingOrInvalid(kind, 'x-ms-lease-duration')),
    row('duration-not-whole', unlikeNumber('odd'), refused(400, INVALID, notANumber('the duration'))),
    ...(fixed ? [] : [row('duration-fixed', { duration: FIXED }, fixedDuration(kind))]),
    row(
      'malformed-proposal',
      { duration: valid, proposedLeaseId: ['malformed'] },
      malformed(kind, 'malformed proposal on acquire'),
    ),
    {
      ...row('empty-proposal', { duration: valid, proposedLeaseId: ['empty'] }, refusedIfEmptyCounts()),
      ifItCounts: true,
    },
    row(
      'missing-duration-malformed-proposal',
      { duration: ['absent'], proposedLeaseId: ['empty', 'malformed'] },
      missingOrInvalid(kind, 'x-ms-lease-duration'),
    ),
    row(
      'invalid-duration-malformed-proposal',
      { duration: invalid, proposedLeaseId: ['empty', 'malformed'] },
      refusal(
        claim(400, doc(leasePage(kind), 'the permitted range')),
        claim(
          [INVALID, MISSING],
          inferred('each of the two faults gives the first by itself, an empty duration perhaps the second'),
        ),
      ),
    ),
    { id: 'acquire.ok', of, when: { duration: valid, proposedLeaseId } },
  ]
}

/** A break ignores the value of the id; whether it ignores a text that is none is another question. */
function breaking(kind: ResourceKind): readonly Row[] {
  const of = ['break'] as const
  const anyId: Guard['leaseId'] = ['none', 'empty', ...GIVEN]
  const row = (id: string, when: Guard, fault: Outcome, ifItCounts = false): Row => ({
    id: `break.${id}`,
    of,
    when,
    fault,
    ...(ifItCounts ? { ifItCounts } : {}),
  })
  return [
    row(
      'malformed-id',
      { leaseId: ['malformed'] },
      refused(400, INVALID, inferred('a malformed id is malformed everywhere else')),
    ),
    row('empty-id', { leaseId: ['empty'], breakPeriod: VALID_PERIODS }, refusedIfEmptyCounts(), true),
    ...invalidPeriods(kind).map(([id, numberForm, fault]) =>
      row(id, { leaseId: anyId, breakPeriod: ['invalid'], numberForm: [numberForm] }, fault, kind === 'file'),
    ),
    { id: 'break.ok', of, when: { leaseId: ['none', ...GIVEN], breakPeriod: VALID_PERIODS } },
  ]
}

/** A file has no break period, so nobody knows whether one is looked at. */
function invalidPeriods(kind: ResourceKind): readonly (readonly [string, FeatureValue<'numberForm'>, Outcome])[] {
  const range = kind === 'file' ? inferred('beyond the limits of all others') : doc(leasePage(kind), '0 to 60 s')
  const outOfRange = refusal(claim(400, range), claim(INVALID, inferred('as for the duration')))
  const odd = refused(400, INVALID, notANumber('the break period'))
  const empty = refusal(
    claim(400, inferred('no text is no number, unless it counts as no header')),
    open([INVALID, MISSING, 'InvalidInput']),
  )
  return [
    ['invalid-period', 'plain', outOfRange],
    ['period-not-whole', 'odd', odd],
    ['period-empty', 'empty', empty],
  ]
}

function missing(kind: ResourceKind, what: string, fault?: Fault): Outcome {
  const known = fault === undefined ? [] : seen(kind, fault)
  const told = known.filter((each) => each.kind === 'live-trace')
  return refusal(
    claim(400, doc(leasePage(kind), `${what} is required`), ...known),
    claim(MISSING, doc('common-error-codes'), ...told, inferred(what)),
  )
}

/** Both faults are 400, and so is an empty text by either reading. */
function missingOrInvalid(kind: ResourceKind, what: string): Outcome {
  return refusal(
    claim(400, doc(leasePage(kind), `${what} is required`)),
    claim([MISSING, INVALID], inferred('which of two faults is told, or which of the two an empty text is')),
  )
}

function malformed(kind: ResourceKind, fault: Fault): Outcome {
  const known = seen(kind, fault)
  return refused(400, INVALID, doc('common-error-codes', 'of any header'), ...known)
}

function fixedDuration(kind: ResourceKind): Outcome {
  return refused(400, INVALID, doc(leasePage(kind), 'the only duration is -1'), ...seen(kind, 'fixed duration'))
}

function notANumber(what: string): Evidence {
  return inferred(`${what} is documented in whole seconds; how leniently it is read is not known`)
}
