import { LEASE_ACTIONS, type OperationClass, type UseClass } from '../operation.ts'
import { claim, doc, type Evidence, inferred, open, recorded } from './evidence.ts'
import { type Outcome, perhaps, type Rule, refusal, refused, rulesOf } from './rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, NOT_GIVEN, spellings } from './vocabulary.ts'

const PAGE = doc('lease-file', 'the status')
const MISSING = 'LeaseIdMissing'
const NOT_PRESENT = 'LeaseNotPresentWithFileOperation'
const MISMATCH = 'LeaseIdMismatchWithFileOperation'
const NOT_FOUND = 'ResourceNotFound'
const UNKNOWN_CODE = open(['LeaseLost', NOT_PRESENT, MISMATCH])

const READS: readonly UseClass[] = ['observe', 'read']
const WRITES: readonly UseClass[] = ['write', 'create', 'copy', 'abort', 'delete']
/** These make the file if it is not there. */
const MAKING: readonly UseClass[] = ['create', 'copy', 'rename']
const NEED_THE_FILE: readonly UseClass[] = [...READS, 'write', 'abort', 'delete']

/** A missing file is 404 before any lease is looked at; what makes files may check the id even so. */
export function fileExistenceRules(): readonly Rule[] {
  const rule = rulesOf('file', 'existence')
  const actions = LEASE_ACTIONS.filter((action) => action !== 'renew')
  const everything: readonly OperationClass[] = [...LEASE_ACTIONS, ...READS, ...WRITES, 'rename']
  return [
    rule('present', everything, { existence: ['present'] }),
    rule('missing', actions, { existence: ['absent'] }, refused(404, NOT_FOUND, recorded(8, 'each action twice'))),
    perhaps(
      'later refusals',
      rule(
        'missing.renew',
        ['renew'],
        { existence: ['absent'] },
        refused(404, NOT_FOUND, inferred('as for the others')),
      ),
    ),
    rule(
      'missing.use',
      NEED_THE_FILE,
      { existence: ['absent'] },
      refused(404, NOT_FOUND, doc('file-error-codes'), recorded(2, 'Get File Properties of a file that was renamed')),
    ),
    rule('missing.create', MAKING, { existence: ['absent'], leaseId: NOT_GIVEN }),
    perhaps(
      'whatever follows',
      rule(
        'missing.create.with-id',
        MAKING,
        { existence: ['absent'], leaseId: GIVEN },
        refusal(claim(412, inferred('as for a blob')), open([NOT_PRESENT, MISMATCH, 'LeaseLost'])),
      ),
    ),
    rule(
      'share-missing',
      everything,
      { existence: ['parent absent'] },
      refused(404, 'ShareNotFound', doc('file-error-codes'), doc('delete-share', 'the status')),
    ),
  ]
}

/** Whether the lease lets a use of a file through. */
export function fileUseRules(): readonly Rule[] {
  const rule = rulesOf('file', 'lease', 'lease')
  return [
    rule('lease-operation', ['acquire', 'renew', 'change', 'release'], {}),
    ...reads(),
    rule('create.missing', MAKING, { existence: ['absent'] }),
    ...writes('write', WRITES, {
      available: refused(412, NOT_PRESENT, PAGE, recorded(16)),
      missing: refused(412, MISSING, PAGE, recorded(53)),
      another: refused(412, MISMATCH, recorded(11, 'the outcome table of Lease File says 409')),
    }),
    // Nobody knows whether the lease of what is replaced or that of what is moved is looked at first.
    ...writes('rename', ['rename'], {
      available: refused(412, NOT_PRESENT, inferred('as for a write')),
      missing: refused(412, MISSING, doc('rename-file', 'the id is required'), recorded(4)),
      another: refused(412, MISMATCH, inferred('as for a write')),
    }).map((each) => (each.expect.length === 0 ? each : perhaps('later refusals', each))),
  ]
}

function reads(): readonly Rule[] {
  const rule = rulesOf('file', 'lease', 'lease')
  return [
    rule('read.no-id', READS, { leaseId: NOT_GIVEN }),
    rule(
      'read.available.with-id',
      READS,
      { state: ['available'], leaseId: GIVEN },
      refused(412, NOT_PRESENT, PAGE, recorded(10)),
    ),
    ...spellings('file').map(({ suffix, ids }) =>
      rule(`read.leased.${suffix}`, READS, { state: ['leased'], leaseId: ids }),
    ),
    rule(
      'read.leased.another-id',
      READS,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, MISMATCH, recorded(11, 'the outcome table of Lease File says 409')),
    ),
    rule('read.broken.held-id', READS, { state: ['broken'], leaseId: HELD_ANYHOW }, afterTheEnd()),
    rule('read.broken.another-id', READS, { state: ['broken'], leaseId: ANOTHER }, afterTheEnd()),
  ]
}

interface Refusals {
  /** An id although nothing is leased. */
  readonly available: Outcome
  /** No id although something is. */
  readonly missing: Outcome
  readonly another: Outcome
}

function writes(
  table: string,
  classes: readonly UseClass[],
  { available, missing, another }: Refusals,
): readonly Rule[] {
  const rule = rulesOf('file', 'lease', `lease.${table}`)
  const there = { existence: ['present'] } as const
  return [
    rule('unlocked.no-id', classes, { ...there, state: ['available', 'broken'], leaseId: NOT_GIVEN }),
    rule('available.with-id', classes, { ...there, state: ['available'], leaseId: GIVEN }, available),
    rule('leased.no-id', classes, { ...there, state: ['leased'], leaseId: NOT_GIVEN }, missing),
    ...spellings('file').map(({ suffix, ids }) =>
      rule(`leased.${suffix}`, classes, { ...there, state: ['leased'], leaseId: ids }),
    ),
    rule('leased.another-id', classes, { ...there, state: ['leased'], leaseId: ANOTHER }, another),
    rule('broken.held-id', classes, { ...there, state: ['broken'], leaseId: HELD_ANYHOW }, afterTheEnd()),
    rule('broken.another-id', classes, { ...there, state: ['broken'], leaseId: ANOTHER }, afterTheEnd()),
  ]
}

function afterTheEnd(...known: readonly Evidence[]): Outcome {
  return refusal(claim(412, PAGE, ...known), UNKNOWN_CODE)
}
