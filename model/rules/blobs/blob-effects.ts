import type { FeatureValue } from '../../features.ts'
import { claim, doc, inferred, open, recorded, sdkTest } from '../evidence.ts'
import { contentUnchanged, leaseReport, listedReport } from '../reported-headers.ts'
import { header, type Rule, refusal, refused, rulesOf, success } from '../rule.ts'
import { ENDED } from '../vocabulary.ts'

/** Of these leases a write changes nothing. */
const UNTOUCHED: readonly FeatureValue<'state'>[] = ['available', 'leased', 'breaking']
const PAGE = doc('lease-blob')

/** What a use of a blob does once nothing refuses it; staging, copies and undeletion have tables of their own. */
export function blobEffectRules(): readonly Rule[] {
  return [...reads(), ...listings(), ...writes(), ...marks(), ...snapshots(), ...deletions()]
}

function reads(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const unchanged = contentUnchanged('blob')
  return [
    rule(
      'observe',
      ['observe'],
      {},
      success('success', 'stays', 'kept', [...leaseReport('blob'), ...unchanged], PAGE, recorded(640)),
    ),
    rule('read', ['read'], {}, success('success', 'stays', 'kept', unchanged, PAGE, recorded(44))),
    rule('read-tags', ['read tags'], {}, success('success', 'stays', 'kept', [], PAGE, recorded(8))),
  ]
}

function listings(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const page = doc('list-blobs')
  const notListed = header('x-ms-lease-state', claim('absent', page))
  return [
    rule(
      'list',
      ['list'],
      { existence: ['present'] },
      success('success', 'stays', 'kept', listedReport('list-blobs', recorded(3, 'of leased blobs')), page),
    ),
    rule('list.absent', ['list'], { existence: ['absent'] }, success('success', 'stays', 'kept', [notListed], page)),
    rule(
      'list.uncommitted',
      ['list'],
      { existence: ['uncommitted'] },
      success('success', 'stays', 'kept', [notListed], doc('list-blobs', 'uncommitted blobs only if asked for')),
    ),
  ]
}

/** A write after the lease has ended makes the blob forget it. Source: Lease Blob, the outcomes of use attempts. */
function writes(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const headers = [
    header('etag', claim('changed', doc('put-blob'))),
    header('x-ms-lease-state', claim('absent', recorded(390, 'the lease is reported by Get and Get Properties only'))),
  ]
  const sealed = [header('x-ms-lease-state', claim('absent', inferred('as with every other write')))]
  const resets = [PAGE, sdkTest('net-v11-lease-tests'), sdkTest('cpp-v7-lease-tests', 'the state was read back')]
  const forgets = (...more: typeof resets) =>
    success('success', 'content changed, lease forgotten', 'none', headers, ...resets, ...more)
  return [
    rule(
      'write',
      ['write'],
      { state: UNTOUCHED },
      success('success', 'content changed', 'kept', headers, PAGE, recorded(157)),
    ),
    rule('write.ended', ['write'], { state: ENDED }, forgets()),
    rule(
      'append',
      ['append'],
      { sealed: ['no'], state: UNTOUCHED },
      success('success', 'content changed', 'kept', headers, PAGE, recorded(30)),
    ),
    rule('append.ended', ['append'], { sealed: ['no'], state: ENDED }, forgets()),
    rule('append.sealed', ['append'], { sealed: ['sealed'] }, refused(409, 'BlobIsSealed', doc('append-blob-seal'))),
    rule('seal', ['seal'], { state: UNTOUCHED }, success('success', 'sealed', 'kept', sealed, doc('append-blob-seal'))),
    rule(
      'seal.ended',
      ['seal'],
      { state: ENDED },
      success(
        'success',
        'sealed, lease forgotten',
        'none',
        sealed,
        ...resets,
        inferred('sealing is one of the writes'),
      ),
    ),
    rule(
      'create',
      ['create'],
      { state: UNTOUCHED, existence: ['present', 'absent', 'parent absent'] },
      success('success', 'created', 'kept', headers, doc('put-blob', 'overwriting keeps the lease'), recorded(203)),
    ),
    rule(
      'create.uncommitted',
      ['create'],
      { state: UNTOUCHED, existence: ['uncommitted'] },
      {
        ...success('success', 'created', 'kept', headers, recorded(12)),
        next: claim('created', inferred('that its lease stays, as when a blob is overwritten')),
      },
    ),
    rule('create.ended', ['create'], { state: ENDED }, forgets(inferred('Put Blob is one of the writes'))),
  ]
}

/** Tags and tier: the ETag stays. Whether a lease that has ended is forgotten, as after a write, is not known. */
function marks(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const pages = [doc('set-blob-tags'), doc('set-blob-tier')]
  const headers = [header('x-ms-lease-state', claim('absent', recorded(20)))]
  const marked = success('success', 'stays', 'kept', headers, ...pages)
  return [
    rule('mark', ['mark'], { state: UNTOUCHED }, success('success', 'stays', 'kept', headers, ...pages, recorded(20))),
    rule(
      'mark.ended',
      ['mark'],
      { state: ENDED },
      { ...marked, next: open(['stays', 'lease forgotten']) },
      { ...marked, next: open(['lease forgotten', 'stays']), clock: claim('none', inferred('no lease is left')) },
    ),
  ]
}

/** Without metadata of its own a snapshot has the ETag of its blob, which stays as it is. */
function snapshots(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const page = doc('snapshot-blob')
  const headers = [
    header('etag', claim('unchanged', page)),
    header('last-modified', claim('unchanged', page)),
    header('x-ms-lease-state', claim('absent', recorded(17))),
  ]
  const taken = success('success', 'snapshot taken', 'kept', headers, page)
  return [
    rule(
      'snapshot',
      ['snapshot'],
      { state: UNTOUCHED },
      success('success', 'snapshot taken', 'kept', headers, page, recorded(17)),
    ),
    rule(
      'snapshot.ended',
      ['snapshot'],
      { state: ENDED },
      { ...taken, next: open(['snapshot taken', 'snapshot taken, lease forgotten']) },
      {
        ...taken,
        next: open(['snapshot taken, lease forgotten', 'snapshot taken']),
        clock: claim('none', inferred('no lease is left')),
      },
    ),
  ]
}

function deletions(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const page = doc('delete-blob')
  const deleted = (...known: (typeof page)[]) => success('success', 'deleted', 'none', [], page, ...known)
  const has = ['unleased', 'leased'] as const
  return [
    rule(
      'delete',
      ['delete'],
      { snapshots: ['none'], snapshotOption: ['absent', 'include'] },
      deleted(PAGE, recorded(78)),
    ),
    rule('delete.with-snapshots', ['delete'], { snapshots: has, snapshotOption: ['include'] }, deleted()),
    rule(
      'delete.snapshots-present',
      ['delete'],
      { snapshots: has, snapshotOption: ['absent'] },
      refused(409, 'SnapshotsPresent', page, doc('blob-error-codes')),
    ),
    // Only shares know this option.
    rule(
      'delete.unknown-option',
      ['delete'],
      { snapshotOption: ['include-leased'] },
      refusal(
        claim(400, inferred('the value is not one of those documented')),
        open(['InvalidHeaderValue', 'InvalidInput']),
      ),
      deleted(),
    ),
  ]
}
