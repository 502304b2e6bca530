import { claim, doc, type Evidence, inferred, inPart, recorded } from '../evidence.ts'
import { recordedAs } from '../kind-evidence.ts'
import { contentUnchanged, leaseReport, listedReport } from '../reported-headers.ts'
import { header, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import type { ShareKind } from './share-uses.ts'

const PAGE = doc('lease-share')

/** What a use of a share or of a share snapshot does once nothing refuses it. */
export function shareEffectRules(kind: ShareKind): readonly Rule[] {
  const rule = rulesOf(kind, 'transition')
  const observed = [PAGE, ...recordedAs(kind, { share: 22, 'share-snapshot': 14 })]
  const observe = rule(
    'observe',
    ['observe'],
    {},
    success('success', 'stays', 'kept', [...leaseReport(kind), ...contentUnchanged(kind)], ...observed),
  )
  if (kind === 'share-snapshot') return [observe, rule('delete', ['delete'], {}, gone(doc('delete-share')))]
  return [observe, ...readings(), ...writings(), ...makings(), ...deletions()]
}

function readings(): readonly Rule[] {
  const rule = rulesOf('share', 'transition')
  const noReport = header('x-ms-lease-state', claim('absent', inferred('6 answers to Get Share ACL had no lease')))
  const page = doc('list-shares')
  const notListed = header('x-ms-lease-state', claim('absent', page))
  return [
    rule(
      'read',
      ['read'],
      {},
      success('success', 'stays', 'kept', [noReport, ...contentUnchanged('share')], PAGE, recorded(6, 'Get Share ACL')),
    ),
    rule(
      'list',
      ['list'],
      { existence: ['present'] },
      success('success', 'stays', 'kept', listedReport('list-shares'), page),
    ),
    rule('list.absent', ['list'], { existence: ['absent'] }, success('success', 'stays', 'kept', [notListed], page)),
    rule(
      'snapshot',
      ['snapshot'],
      {},
      success(
        'success',
        'snapshot taken',
        'kept',
        [],
        doc('snapshot-share'),
        inPart(recorded(4, 'none of them leased')),
      ),
    ),
  ]
}

/**
 * The Set operations. The page has the state of a lease that ended stay as it was, in a row that recordings refute for
 * leases that are held: so nobody knows whether the share forgets the lease, as a file does.
 */
function writings(): readonly Rule[] {
  const rule = rulesOf('share', 'transition')
  const changed = [header('etag', claim('changed', doc('create-share', 'every change of the share shows')))]
  return [
    rule(
      'write',
      ['write'],
      { state: ['available', 'leased', 'breaking'] },
      success('success', 'content changed', 'kept', changed, PAGE, recorded(6, 'with the id of the lease')),
    ),
    rule(
      'write.ended',
      ['write'],
      { state: ['broken', 'expired'] },
      success('success', 'content changed', 'kept', changed, PAGE),
      success('success', 'content changed, lease forgotten', 'none', changed, inferred('as for a file')),
    ),
  ]
}

/** The name of a share stays taken for a while after its deletion. */
function makings(): readonly Rule[] {
  const rule = rulesOf('share', 'transition')
  const page = doc('create-share')
  const made = (...evidence: readonly Evidence[]) => success('success', 'created', 'none', [], page, ...evidence)
  return [
    rule('make', ['make'], { deletion: ['none'] }, made(recorded(136))),
    rule(
      'make.after-deletion',
      ['make'],
      { deletion: ['deleted before'] },
      made(inferred('a server may delete at once')),
      refused(409, 'ShareBeingDeleted', page, doc('file-error-codes')),
    ),
  ]
}

function deletions(): readonly Rule[] {
  const rule = rulesOf('share', 'transition', 'delete')
  const page = doc('delete-share')
  const withSnapshots = ['include', 'include-leased'] as const
  return [
    rule('no-snapshots', ['delete'], { snapshots: ['none'] }, gone(page, recorded(10))),
    rule('snapshots', ['delete'], { snapshots: ['unleased'], snapshotOption: withSnapshots }, gone(page, recorded(4))),
    rule(
      'snapshots.no-option',
      ['delete'],
      { snapshots: ['unleased'], snapshotOption: ['absent'] },
      refused(409, 'ShareHasSnapshots', page),
    ),
    rule(
      'leased-snapshot.no-option',
      ['delete'],
      { snapshots: ['leased'], snapshotOption: ['absent'] },
      refusal(
        claim(409, page),
        claim(['ShareHasSnapshots', 'DeleteShareWhenSnapshotLeased'], page, inferred('which is told is not known')),
      ),
    ),
    rule(
      'leased-snapshot.include',
      ['delete'],
      { snapshots: ['leased'], snapshotOption: ['include'] },
      refused(409, 'DeleteShareWhenSnapshotLeased', recorded(16)),
    ),
    rule(
      'leased-snapshot.include-leased',
      ['delete'],
      { snapshots: ['leased'], snapshotOption: ['include-leased'] },
      gone(page),
    ),
  ]
}

function gone(...evidence: readonly Evidence[]) {
  return success('success', 'deleted', 'none', [], ...evidence)
}
