import type { ResourceKind } from '../resource.ts'
import { claim, doc, inferred, recorded, sdkTest } from './evidence.ts'
import { header, type Rule, rulesOf, success } from './rule.ts'
import { contentUnchanged, leaseReport } from './vocabulary.ts'

const LEASE_UNTOUCHED = ['available', 'leased', 'breaking'] as const
const ENDED = ['broken', 'expired'] as const

/** What a use does once nothing refuses it. */
export function effectRules(kind: ResourceKind): readonly Rule[] {
  const rule = rulesOf(kind, 'transition')
  const page = doc(kind === 'blob' ? 'lease-blob' : 'lease-container')
  const etagChanges = header('etag', claim('changed', doc('put-blob')))
  const reads = contentUnchanged(kind)
  const noReport = header(
    'x-ms-lease-state',
    claim('absent', recorded(kind === 'blob' ? 626 : 321, 'the lease is reported by Get and Get Properties only')),
  )
  const shared = [
    rule(
      'observe',
      ['observe'],
      {},
      success(
        'success',
        'stays',
        'kept',
        [...leaseReport(kind), ...reads],
        page,
        recorded(kind === 'blob' ? 640 : 513),
      ),
    ),
    rule(
      'read',
      ['read'],
      {},
      success(
        'success',
        'stays',
        'kept',
        kind === 'container' ? [noReport, ...reads] : reads,
        page,
        recorded(kind === 'blob' ? 65 : 178),
      ),
    ),
    rule(
      'delete',
      ['delete'],
      {},
      success('success', 'deleted', 'none', [], page, recorded(kind === 'blob' ? 78 : 427)),
    ),
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
          recorded(143, '32 of them after the lease was broken or had expired'),
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
      success('success', 'stays', 'kept', leaseReport(kind), doc('list-blobs')),
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
      success('success', 'content changed', 'kept', [etagChanges, noReport], page, recorded(433)),
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
        recorded(193),
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
