import { claim, doc, inferred, recorded } from '../evidence.ts'
import { contentUnchanged, leaseReport } from '../reported-headers.ts'
import { type HeaderClaim, header, type Rule, refusal, rulesOf, success } from '../rule.ts'

const PAGE = doc('lease-file')
const LEASE_UNTOUCHED = ['available', 'leased'] as const
const ENDED = ['broken'] as const

/** A write says nothing of the lease, and the content is another one afterwards. */
const WRITTEN: readonly HeaderClaim[] = [
  header('etag', claim('changed', doc('get-file-properties', 'every change of the file shows'))),
  header('x-ms-lease-state', claim('absent', recorded(73))),
]

/** What a use of a file does once nothing refuses it; a write after a break makes the file forget its lease. */
export function fileEffectRules(): readonly Rule[] {
  const rule = rulesOf('file', 'transition')
  const forgotten = 'content changed, lease forgotten'
  const resets = [PAGE, recorded(6, 'Set File Metadata; the state was read back')]
  return [
    rule(
      'observe',
      ['observe'],
      {},
      success('success', 'stays', 'kept', [...leaseReport('file'), ...contentUnchanged('file')], PAGE, recorded(101)),
    ),
    rule('read', ['read'], {}, success('success', 'stays', 'kept', contentUnchanged('file'), PAGE, recorded(26))),
    rule(
      'write',
      ['write'],
      { state: LEASE_UNTOUCHED },
      success('success', 'content changed', 'kept', WRITTEN, PAGE, recorded(47, 'with the id of the lease')),
    ),
    rule('write.ended', ['write'], { state: ENDED }, success('success', forgotten, 'none', WRITTEN, ...resets)),
    rule(
      'create',
      ['create'],
      { state: LEASE_UNTOUCHED },
      success('success', 'created', 'kept', WRITTEN, PAGE, recorded(20, 'over a leased file, which stays leased')),
    ),
    rule(
      'create.ended',
      ['create'],
      { state: ENDED },
      success('success', forgotten, 'none', WRITTEN, PAGE, inferred('Create File is one of the writes')),
    ),
    rule(
      'copy',
      ['copy'],
      { state: LEASE_UNTOUCHED },
      success('success', 'created', 'kept', WRITTEN, doc('copy-file'), recorded(11, 'onto a leased file')),
    ),
    rule(
      'copy.ended',
      ['copy'],
      { state: ENDED },
      success('success', forgotten, 'none', WRITTEN, PAGE, inferred('Copy File is one of the writes')),
    ),
    rule(
      'abort',
      ['abort'],
      {},
      refusal(
        claim(409, recorded(2, 'with the id of the lease, which is looked at first')),
        claim(
          ['NoPendingCopyOperation', 'CopyIdMismatch'],
          recorded(2, 'the first'),
          inferred('the second, should a copy not have ended yet'),
        ),
      ),
    ),
    rule('delete', ['delete'], {}, success('success', 'deleted', 'none', [], PAGE, recorded(9))),
  ]
}
