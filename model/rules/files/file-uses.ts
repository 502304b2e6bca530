import type { UseClass } from '../../uses.ts'
import { claim, doc, type Evidence, inferred, open, recorded } from '../evidence.ts'
import { spellings } from '../kind-evidence.ts'
import { type Outcome, perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { ANOTHER, GIVEN, HELD_ANYHOW, ID_MISSING, NOT_GIVEN } from '../vocabulary.ts'

const PAGE = doc('lease-file', 'the status')
export const FILE_NOT_PRESENT = 'LeaseNotPresentWithFileOperation'
export const FILE_MISMATCH = 'LeaseIdMismatchWithFileOperation'
const UNKNOWN_CODE = open(['LeaseLost', FILE_NOT_PRESENT, FILE_MISMATCH])

const READS: readonly UseClass[] = ['observe', 'read']
const WRITES: readonly UseClass[] = ['write', 'create', 'copy', 'abort', 'delete']
/** These make the file if it is not there. */
export const MAKING: readonly UseClass[] = ['create', 'copy', 'rename']

/** Whether the lease lets a use of a file through. */
export function fileUseRules(): readonly Rule[] {
  const rule = rulesOf('file', 'lease', 'lease')
  return [
    rule('lease-operation', ['acquire', 'renew', 'change', 'release'], {}),
    ...reads(),
    rule('create.missing', MAKING, { existence: ['absent'] }),
    ...writes('write', WRITES, {
      available: refused(412, FILE_NOT_PRESENT, PAGE, recorded(16)),
      missing: refused(412, ID_MISSING, PAGE, recorded(53)),
      another: refused(412, FILE_MISMATCH, recorded(26, 'the outcome table of Lease File says 409')),
    }).flatMap((each) => (each.id === 'file.lease.write.leased.another-id' ? withCopies(each) : [each])),
    // Nobody knows whether the lease of what is replaced or that of what is moved is looked at first.
    ...writes('rename', ['rename'], {
      available: refused(412, FILE_NOT_PRESENT, inferred('as for a write')),
      missing: refused(412, ID_MISSING, doc('rename-file', 'the id is required'), recorded(4)),
      another: refused(412, FILE_MISMATCH, inferred('as for a write')),
    }).map((each) => (each.expect.length === 0 ? each : perhaps('later refusals', each))),
  ]
}

/** Of copies, and of aborting one, another id was not recorded. */
function withCopies(rule: Rule): readonly Rule[] {
  const copies: readonly UseClass[] = ['copy', 'abort']
  const likewise = refused(
    412,
    FILE_MISMATCH,
    inferred('as for other writes; the outcome table of Lease File says 409'),
  )
  return [
    { ...rule, classes: rule.classes.filter((of) => !(copies as readonly string[]).includes(of)) },
    { ...rule, id: `${rule.id}.copy`, classes: copies, expect: [likewise] },
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
      refused(412, FILE_NOT_PRESENT, PAGE, recorded(10)),
    ),
    ...spellings('file').map(({ suffix, ids }) =>
      rule(`read.leased.${suffix}`, READS, { state: ['leased'], leaseId: ids }),
    ),
    rule(
      'read.leased.another-id',
      READS,
      { state: ['leased'], leaseId: ANOTHER },
      refused(412, FILE_MISMATCH, recorded(11, 'the outcome table of Lease File says 409')),
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
