import { claim, doc, recorded } from '../evidence.ts'
import { contentUnchanged, leaseReport, listedReport } from '../reported-headers.ts'
import { header, type Rule, refused, rulesOf, success } from '../rule.ts'

/** What a use of a container does once nothing refuses it. A broken or expired lease is left as it is, whatever is done. */
export function containerEffectRules(): readonly Rule[] {
  const rule = rulesOf('container', 'transition')
  const page = doc('lease-container')
  const unchanged = contentUnchanged('container')
  const noReport = header(
    'x-ms-lease-state',
    claim('absent', recorded(321, 'the lease is reported by Get and Get Properties only')),
  )
  const changes = header('etag', claim('changed', doc('lease-container', 'of a write')))
  return [
    rule(
      'observe',
      ['observe'],
      {},
      success('success', 'stays', 'kept', [...leaseReport('container'), ...unchanged], page, recorded(513)),
    ),
    rule('read', ['read'], {}, success('success', 'stays', 'kept', [noReport, ...unchanged], page, recorded(178))),
    rule(
      'write',
      ['write'],
      {},
      success(
        'success',
        'content changed',
        'kept',
        [changes, noReport],
        page,
        recorded(143, '32 of them after the lease was broken or had expired'),
      ),
    ),
    rule(
      'delete',
      ['delete'],
      {},
      success('success', 'deleted', 'none', [], page, recorded(427, 'leased blobs inside do not stop it')),
    ),
    ...listings(),
    ...makings(),
  ]
}

function listings(): readonly Rule[] {
  const rule = rulesOf('container', 'transition')
  const page = doc('list-containers')
  return [
    rule(
      'list',
      ['list'],
      { existence: ['present'] },
      success('success', 'stays', 'kept', listedReport('list-containers'), page),
    ),
    rule(
      'list.absent',
      ['list'],
      { existence: ['absent', 'parent absent'] },
      success('success', 'stays', 'kept', [header('x-ms-lease-state', claim('absent', page))], page),
    ),
  ]
}

/** A container that was deleted goes on being deleted for a while, and its name cannot be taken until that is done. */
function makings(): readonly Rule[] {
  const rule = rulesOf('container', 'transition')
  const page = doc('create-container')
  const made = success('success', 'created', 'none', [header('etag', claim('changed', page))], page)
  return [
    rule('make', ['make'], { deletion: ['none'] }, made),
    rule(
      'make.deleted-before',
      ['make'],
      { deletion: ['deleted before'] },
      made,
      refused(409, 'ContainerBeingDeleted', recorded(1), doc('delete-container', 'for at least 30 s')),
    ),
  ]
}
