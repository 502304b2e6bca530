import { LEASE_ACTIONS, type OperationClass } from '../../operation.ts'
import { claim, doc, inPart, recorded } from '../evidence.ts'
import { type Rule, refusal, refused, rulesOf, success } from '../rule.ts'

/** A missing container is 404 before any lease is looked at. */
export function containerExistenceRules(): readonly Rule[] {
  const rule = rulesOf('container', 'existence')
  const absent = ['absent', 'parent absent'] as const
  const uses: readonly OperationClass[] = [...LEASE_ACTIONS, 'observe', 'read', 'write']
  const codes = doc('blob-error-codes')
  const bothRecorded = claim(
    ['ContainerNotFound', 'ResourceNotFound'],
    recorded(123),
    recorded(7, 'ResourceNotFound, where version 2015-04-05 was asked for the properties'),
  )
  return [
    rule(
      'missing',
      uses.filter((of) => of !== 'observe'),
      { existence: absent },
      refused(
        404,
        'ContainerNotFound',
        codes,
        inPart(recorded(45, 'lease operations: acquire, change, release, break')),
      ),
    ),
    rule('missing.observe', ['observe'], { existence: absent }, refusal(claim(404, recorded(130)), bothRecorded)),
    rule(
      'missing.delete',
      ['delete'],
      { existence: absent, deletion: ['none'] },
      refused(404, 'ContainerNotFound', codes, recorded(10)),
    ),
    rule(
      'missing.delete.deleted-before',
      ['delete'],
      { existence: absent, deletion: ['deleted before'] },
      refused(404, 'ContainerNotFound', doc('delete-container', 'of every operation but Create Container')),
      success('success', 'stays', 'kept', [], recorded(27, 'seconds after it was deleted')),
    ),
    rule('present', [...uses, 'delete'], { existence: ['present'] }),
    rule('listed', ['list'], {}),
    rule(
      'present.make',
      ['make'],
      { existence: ['present'] },
      refused(409, 'ContainerAlreadyExists', recorded(2, 'one leased, one broken'), doc('create-container')),
    ),
    rule('missing.make', ['make'], { existence: absent }),
  ]
}
