import type { OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, type Evidence, inferred, liveTrace, recorded, sdkTest } from './evidence.ts'
import { type Rule, refusal, refused, rulesOf } from './rule.ts'
import { GIVEN, leasePage, PROPOSED } from './vocabulary.ts'

const INVALID = 'InvalidHeaderValue'
const MISSING = 'MissingRequiredHeader'
const UNSEEN = 'the name of the test says so; the text of the header was not kept'
const VALID_DURATIONS = ['shortest', 'between', 'longest', 'infinite'] as const
const VALID_PERIODS = ['absent', 'zero', 'shorter', 'equal', 'longer'] as const

/** Malformed and missing headers are refused before anything is looked at. */
export function syntaxRules(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'syntax')
  const blob = kind === 'blob'
  const malformedLeaseId = (count: number, note: string) => refused(400, INVALID, recorded(count, note))
  const whateverTheState = 'before the state of the lease is looked at'
  const malformedProposal = blob
    ? refused(400, INVALID, recorded(8), doc(leasePage(kind), 'the status'))
    : refusal(claim(400, doc(leasePage(kind))), claim(INVALID, inferred('as for a blob')))
  const missing = (what: string, ...known: Evidence[]) =>
    refusal(
      claim(400, doc(leasePage(kind), `${what} is required`), ...known),
      claim(MISSING, doc('common-error-codes'), inferred(what)),
    )
  const missingOrMalformed = refusal(
    claim(400, doc(leasePage(kind)), sdkTest('cpp-v7-lease-tests')),
    claim([MISSING, INVALID], inferred('which of two faults is reported first is not known')),
  )

  const eitherIsInvalid = refused(400, INVALID, inferred('each of the two faults gives this by itself'))

  const uses: readonly OperationClass[] = [
    'observe',
    'read',
    'write',
    'delete',
    ...(kind === 'blob' ? (['create'] as const) : []),
  ]

  return [
    rule('syntax.renew-release.missing-id', ['renew', 'release'], { leaseId: ['none'] }, missing('x-ms-lease-id')),
    rule(
      'syntax.renew-release.malformed-id',
      ['renew', 'release'],
      { leaseId: ['malformed'] },
      malformedLeaseId(blob ? 8 : 32, blob ? whateverTheState : UNSEEN),
    ),
    rule('syntax.renew-release.ok', ['renew', 'release'], { leaseId: GIVEN }),

    rule(
      'syntax.change.missing-id',
      ['change'],
      { leaseId: ['none'], proposedLeaseId: PROPOSED },
      missing('x-ms-lease-id'),
    ),
    rule(
      'syntax.change.malformed-id',
      ['change'],
      { leaseId: ['malformed'], proposedLeaseId: PROPOSED },
      malformedLeaseId(blob ? 8 : 16, UNSEEN),
    ),
    rule(
      'syntax.change.missing-proposal',
      ['change'],
      { leaseId: GIVEN, proposedLeaseId: ['none'] },
      missing('x-ms-proposed-lease-id', sdkTest('cpp-v7-lease-tests')),
    ),
    rule(
      'syntax.change.malformed-proposal',
      ['change'],
      { leaseId: GIVEN, proposedLeaseId: ['malformed'] },
      malformedProposal,
    ),
    rule(
      'syntax.change.both-missing',
      ['change'],
      { leaseId: ['none'], proposedLeaseId: ['none'] },
      missing('x-ms-lease-id and x-ms-proposed-lease-id'),
    ),
    rule(
      'syntax.change.both-malformed',
      ['change'],
      { leaseId: ['malformed'], proposedLeaseId: ['malformed'] },
      eitherIsInvalid,
    ),
    rule(
      'syntax.change.missing-id-malformed-proposal',
      ['change'],
      { leaseId: ['none'], proposedLeaseId: ['malformed'] },
      missingOrMalformed,
    ),
    rule(
      'syntax.change.malformed-id-missing-proposal',
      ['change'],
      { leaseId: ['malformed'], proposedLeaseId: ['none'] },
      missingOrMalformed,
    ),
    rule('syntax.change.ok', ['change'], { leaseId: GIVEN, proposedLeaseId: PROPOSED }),

    rule(
      'syntax.acquire.missing-duration',
      ['acquire'],
      { duration: ['absent'], proposedLeaseId: ['none', ...PROPOSED] },
      blob
        ? refused(400, MISSING, liveTrace('azure-sdk-for-go-577'), doc('lease-blob', 'the header is required'))
        : missing('x-ms-lease-duration'),
    ),
    rule(
      'syntax.acquire.duration-out-of-range',
      ['acquire'],
      { duration: ['out of range'], proposedLeaseId: ['none', ...PROPOSED] },
      refused(
        400,
        INVALID,
        recorded(blob ? 12 : 17, blob ? 'the durations themselves were not kept' : 'among them 922337203685 s'),
        doc(leasePage(kind), 'the permitted range'),
      ),
    ),
    rule(
      'syntax.acquire.duration-not-whole',
      ['acquire'],
      { duration: ['not a whole number'], proposedLeaseId: ['none', ...PROPOSED] },
      refused(400, INVALID, inferred('the duration is documented in seconds; how leniently it is read is not known')),
    ),
    rule(
      'syntax.acquire.malformed-proposal',
      ['acquire'],
      { duration: VALID_DURATIONS, proposedLeaseId: ['malformed'] },
      malformedProposal,
    ),
    rule(
      'syntax.acquire.missing-duration-malformed-proposal',
      ['acquire'],
      { duration: ['absent'], proposedLeaseId: ['malformed'] },
      missingOrMalformed,
    ),
    rule(
      'syntax.acquire.invalid-duration-malformed-proposal',
      ['acquire'],
      { duration: ['out of range', 'not a whole number'], proposedLeaseId: ['malformed'] },
      eitherIsInvalid,
    ),
    rule('syntax.acquire.ok', ['acquire'], { duration: VALID_DURATIONS, proposedLeaseId: ['none', ...PROPOSED] }),

    rule(
      'syntax.break.malformed-id',
      ['break'],
      { leaseId: ['malformed'] },
      refused(
        400,
        INVALID,
        inferred('a break ignores the value of the id, but a malformed id is malformed everywhere else'),
      ),
    ),
    rule(
      'syntax.break.invalid-period',
      ['break'],
      { leaseId: ['none', ...GIVEN], breakPeriod: ['invalid'] },
      refusal(
        claim(400, doc(leasePage(kind), 'the permitted range is 0 to 60 s')),
        claim(INVALID, inferred('as for the duration')),
      ),
    ),
    rule('syntax.break.ok', ['break'], { leaseId: ['none', ...GIVEN], breakPeriod: VALID_PERIODS }),

    rule(
      'syntax.use.malformed-id',
      uses,
      { leaseId: ['malformed'] },
      refused(
        400,
        INVALID,
        recorded(blob ? 7 : 20, 'on snapshots, queries, tags, Delete Container and Set Container ACL'),
      ),
    ),
    rule('syntax.use.ok', uses, { leaseId: ['none', ...GIVEN] }),
    ...(kind === 'blob' ? [rule('syntax.list.ok', ['list'], {})] : []),
  ]
}
