import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import { claim, doc, inferred, inPart, open, recorded } from '../evidence.ts'
import { perhaps, type Rule, refusal, refused, rulesOf } from '../rule.ts'
import { GIVEN, LOST, NOT_GIVEN } from '../vocabulary.ts'
import { FILE_MISMATCH, FILE_NOT_PRESENT, MAKING } from './file-uses.ts'

const NOT_FOUND = 'ResourceNotFound'

const NEED_THE_FILE: readonly OperationClass[] = ['observe', 'read', 'write', 'abort', 'delete']

/** A missing file is 404 before any lease is looked at; what makes files may check the id even so. */
export function fileExistenceRules(): readonly Rule[] {
  const rule = rulesOf('file', 'existence')
  const actions = LEASE_ACTIONS.filter((action) => action !== 'renew')
  const everything: readonly OperationClass[] = [...LEASE_ACTIONS, ...NEED_THE_FILE, ...MAKING]
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
      refused(
        404,
        NOT_FOUND,
        doc('file-error-codes'),
        inPart(recorded(2, 'Get File Properties of a file that was renamed')),
      ),
    ),
    rule('missing.create', MAKING, { existence: ['absent'], leaseId: NOT_GIVEN }),
    perhaps(
      'whatever follows',
      rule(
        'missing.create.with-id',
        MAKING,
        { existence: ['absent'], leaseId: GIVEN },
        refusal(claim(412, inferred('as for a blob')), open([FILE_NOT_PRESENT, FILE_MISMATCH, LOST])),
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
