import { LEASE_ACTIONS, type OperationClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, recorded } from './evidence.ts'
import { type Rule, refusal, refused, rulesOf } from './rule.ts'
import { GIVEN } from './vocabulary.ts'

const NEED_THE_RESOURCE: readonly OperationClass[] = [...LEASE_ACTIONS, 'observe', 'read', 'write', 'delete']

/** A missing resource is 404 before any lease is looked at; writes that may create the blob check the id even so. */
export function existenceRules(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'existence')
  if (kind === 'container') {
    return [
      rule(
        'missing',
        NEED_THE_RESOURCE,
        { existence: ['absent', 'parent absent'] },
        refused(404, 'ContainerNotFound', recorded(45)),
      ),
      rule('present', NEED_THE_RESOURCE, { existence: ['present'] }),
    ]
  }
  const noContainer = refusal(claim(404, doc('blob-error-codes')), claim('ContainerNotFound', doc('blob-error-codes')))
  return [
    rule('missing', NEED_THE_RESOURCE, { existence: ['absent'] }, refused(404, 'BlobNotFound', recorded(60))),
    rule('present', NEED_THE_RESOURCE, { existence: ['present'] }),
    rule('container-missing', [...NEED_THE_RESOURCE, 'create', 'list'], { existence: ['parent absent'] }, noContainer),
    rule('listed', ['list'], { existence: ['present', 'absent'] }),
    rule(
      'missing.create.with-id',
      ['create'],
      { existence: ['absent'], leaseId: GIVEN },
      refused(
        412,
        'LeaseNotPresentWithBlobOperation',
        recorded(62),
        doc('put-blob', 'the status, from version 2013-08-15'),
      ),
    ),
    rule('missing.create', ['create'], { existence: ['absent'], leaseId: ['none'] }),
    rule('present.create', ['create'], { existence: ['present'] }),
  ]
}
