import { claim, doc, inferred, open, recorded } from '../evidence.ts'
import { header, type Rule, rulesOf, success } from '../rule.ts'
import { ENDED } from '../vocabulary.ts'

/**
 * Blocks that are put and read before they are content. The first block of a blob that is not there makes it an uncommitted
 * one, which can be leased; the content of a blob that is there, its ETag and its Last-Modified stay as they are.
 */
export function stagingRules(): readonly Rule[] {
  const rule = rulesOf('blob', 'transition')
  const page = doc('put-block')
  const headers = [header('x-ms-lease-state', claim('absent', recorded(213)))]
  const staged = success('success', 'staged', 'kept', headers, page)
  const lists = doc('get-block-list')
  return [
    rule(
      'stage',
      ['stage'],
      { state: ['available', 'leased', 'breaking'] },
      success('success', 'staged', 'kept', headers, page, recorded(213)),
    ),
    rule(
      'stage.ended',
      ['stage'],
      { state: ENDED },
      {
        ...staged,
        next: open(['lease forgotten', 'staged'], doc('lease-blob', 'counts it among the writes; no content changes')),
        clock: claim('none', inferred('no lease is left')),
      },
      { ...staged, next: open(['staged', 'lease forgotten']) },
    ),
    rule(
      'read-blocks',
      ['read blocks'],
      { existence: ['present'] },
      success(
        'success',
        'stays',
        'kept',
        [header('etag', claim('unchanged', lists)), header('last-modified', claim('unchanged', lists))],
        lists,
        recorded(13),
      ),
    ),
    rule(
      'read-blocks.uncommitted',
      ['read blocks'],
      { existence: ['uncommitted'] },
      success('success', 'stays', 'kept', [], doc('get-block-list', 'there is no ETag before a block is committed')),
    ),
  ]
}
