import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import type { UseClass } from '../../uses.ts'
import { claim, doc, inferred, inPart, recorded, sdkTest } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'

const NOT_FOUND = 'ShareNotFound'
const TESTED = sdkTest('net-v12-share-tests')
const CODES = doc('file-error-codes')
const USES: readonly UseClass[] = ['observe', 'read', 'snapshot', 'write']

/** A missing share is 404 before any lease is looked at; one that is being deleted may be deleted again. */
export function shareExistenceRules(): readonly Rule[] {
  const rule = rulesOf('share', 'existence')
  const missing = { existence: ['absent'] } as const
  const present = { existence: ['present'] } as const
  return [
    rule('missing', LEASE_ACTIONS, missing, refused(404, NOT_FOUND, TESTED, CODES)),
    rule(
      'missing.use',
      USES,
      missing,
      refused(404, NOT_FOUND, CODES, inPart(recorded(3, 'Get Share Properties of a share that was deleted'))),
    ),
    rule('missing.delete', ['delete'], { ...missing, deletion: ['none'] }, refused(404, NOT_FOUND, CODES)),
    rule(
      'missing.delete-again',
      ['delete'],
      { ...missing, deletion: ['deleted before'] },
      success('success', 'stays', 'none', [], recorded(10, 'within seconds of the first deletion')),
      refused(404, NOT_FOUND, CODES, doc('delete-share', 'every operation, while the share is being deleted')),
    ),
    rule('present', [...LEASE_ACTIONS, ...USES, 'delete'], present),
    rule('listed', ['list'], { existence: ['present', 'absent'] }),
    rule(
      'present.make',
      ['make'],
      present,
      refused(409, 'ShareAlreadyExists', CODES, recorded(5, 'none of them leased')),
    ),
    rule('missing.make', ['make'], missing),
  ]
}

/** A snapshot goes with its share. The option for snapshots is for shares: on a snapshot it is refused. */
export function shareSnapshotExistenceRules(): readonly Rule[] {
  const rule = rulesOf('share-snapshot', 'existence')
  const missing = { existence: ['absent', 'parent absent'] } as const
  const present = { existence: ['present'] } as const
  const misplaced = ['include', 'include-leased'] as const
  const classes: readonly OperationClass[] = [...LEASE_ACTIONS, 'observe']
  const page = doc('delete-share', 'the option is for the share only')
  return [
    rule('missing', LEASE_ACTIONS, missing, refused(404, NOT_FOUND, TESTED, CODES)),
    rule('missing.use', ['observe'], missing, refused(404, NOT_FOUND, CODES, inferred('as for a lease operation'))),
    rule('present', classes, present),
    rule(
      'missing.delete',
      ['delete'],
      { ...missing, snapshotOption: ['absent'] },
      refused(404, NOT_FOUND, CODES, inferred('as for a lease operation')),
    ),
    rule(
      'missing.delete.option',
      ['delete'],
      { ...missing, snapshotOption: misplaced },
      refusal(
        claim([400, 404], page, CODES),
        claim(['InvalidQueryParameterValue', NOT_FOUND], page, inferred('which of the two is told is not known')),
      ),
    ),
    rule('present.delete', ['delete'], { ...present, snapshotOption: ['absent'] }),
    perhaps(
      'later refusals',
      rule(
        'present.delete.option',
        ['delete'],
        { ...present, snapshotOption: misplaced },
        refused(400, 'InvalidQueryParameterValue', page),
      ),
    ),
  ]
}
