import { claim, doc, type Evidence, inferred, open, recorded } from '../evidence.ts'
import { type Rule, refusal, refused, rulesOf, success } from '../rule.ts'

const PAGE = doc('rename-file', 'the id is required where the file has a lease')

/**
 * Rename File seen from the file that is moved; whether the lease of a file that is replaced lets it pass is decided before.
 * The lease comes along, and that of the file that is replaced is gone.
 */
export function renameRules(): readonly Rule[] {
  const rule = rulesOf('file', 'transition', 'rename')
  const moved = (...evidence: readonly Evidence[]) => success('success', 'moved here', 'none', [], ...evidence)
  return [
    rule(
      'no-source',
      ['rename'],
      { sourceLease: ['no source'] },
      refusal(
        claim([404, 400], inferred('as for any file that is missing')),
        open(['ResourceNotFound', 'ParentNotFound', 'MissingRequiredHeader', 'InvalidHeaderValue']),
      ),
    ),
    rule(
      'source-unlocked',
      ['rename'],
      { sourceLease: ['unlocked'] },
      moved(doc('rename-file'), recorded(2, 'over a leased file, which was available afterwards')),
    ),
    rule(
      'source-unlocked.with-id',
      ['rename'],
      { sourceLease: ['unlocked, with id'] },
      refused(412, 'LeaseNotPresentWithFileOperation', inferred('as for a write')),
    ),
    rule(
      'source-locked.no-id',
      ['rename'],
      { sourceLease: ['locked'] },
      refused(412, 'LeaseIdMissing', PAGE, recorded(2)),
    ),
    rule(
      'source-locked.held',
      ['rename'],
      { sourceLease: ['locked, with its id'] },
      moved(PAGE, recorded(2, 'the id of the source released the file that was replaced')),
    ),
    rule(
      'source-locked.another-id',
      ['rename'],
      { sourceLease: ['locked, with another id'] },
      refused(412, 'LeaseIdMismatchWithFileOperation', inferred('as for a write')),
    ),
  ]
}
