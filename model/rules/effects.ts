import type { Guard } from '../features.ts'
import type { UseClass } from '../operation.ts'
import type { ResourceKind } from '../resource.ts'
import { claim, doc, inferred, recorded, sdkTest } from './evidence.ts'
import { header, type Rule, success } from './rule.ts'
import { contentUnchanged, leaseReport } from './vocabulary.ts'

const LEASE_UNTOUCHED = ['available', 'leased', 'breaking'] as const
const ENDED = ['broken', 'expired'] as const

/** What a use does once nothing refuses it. */
export function effectRules(kind: ResourceKind): readonly Rule[] {
  const rule = (id: string, classes: readonly UseClass[], when: Guard, ...expect: Rule['expect']): Rule => ({
    id: `${kind}.${id}`,
    kind,
    layer: 'transition',
    classes,
    when,
    expect,
  })
  const page = doc(kind === 'blob' ? 'lease-blob' : 'lease-container')
  const etagChanges = header('etag', claim('changed', doc('put-blob'), recorded(400)))
  const reads = contentUnchanged(kind)
  const noReport = header(
    'x-ms-lease-state',
    claim('absent', recorded(kind === 'blob' ? 500 : 96, 'the lease is reported by Get and Get Properties only')),
  )
  const shared = [
    rule(
      'observe',
      ['observe'],
      {},
      success('success', 'stays', 'kept', [...leaseReport(), ...reads], page, recorded(900)),
    ),
    rule(
      'read',
      ['read'],
      {},
      success('success', 'stays', 'kept', kind === 'container' ? [noReport, ...reads] : reads, page, recorded(200)),
    ),
    rule('delete', ['delete'], {}, success('success', 'deleted', 'none', [], page, recorded(400))),
  ]
  if (kind === 'container') {
    return [
      ...shared,
      rule(
        'write',
        ['write'],
        {},
        success(
          'success',
          'content changed',
          'kept',
          [etagChanges, noReport],
          page,
          recorded(135, 'also after the lease was broken or had expired'),
        ),
      ),
    ]
  }
  const notListed = header('x-ms-lease-state', claim('absent', doc('list-blobs')))
  const resets = [page, sdkTest('net-v11-lease-tests'), sdkTest('cpp-v7-lease-tests', 'the state was read back')]
  return [
    ...shared,
    rule(
      'list',
      ['list'],
      { existence: ['present'] },
      success('success', 'stays', 'kept', leaseReport(), doc('list-blobs'), recorded(4)),
    ),
    rule(
      'list.absent',
      ['list'],
      { existence: ['absent'] },
      success('success', 'stays', 'kept', [notListed], doc('list-blobs')),
    ),
    rule(
      'write',
      ['write'],
      { state: LEASE_UNTOUCHED },
      success('success', 'content changed', 'kept', [etagChanges, noReport], page, recorded(500)),
    ),
    rule(
      'write.ended',
      ['write'],
      { state: ENDED },
      success('success', 'content changed, lease forgotten', 'none', [etagChanges, noReport], ...resets),
    ),
    rule(
      'create',
      ['create'],
      { state: LEASE_UNTOUCHED },
      success(
        'success',
        'created',
        'kept',
        [etagChanges, noReport],
        doc('put-blob', 'overwriting keeps the lease'),
        recorded(250),
      ),
    ),
    rule(
      'create.ended',
      ['create'],
      { state: ENDED },
      success(
        'success',
        'content changed, lease forgotten',
        'none',
        [etagChanges, noReport],
        ...resets,
        inferred('Put Blob is one of the writes'),
      ),
    ),
  ]
}
