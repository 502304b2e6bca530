/**
 * For developers: `npm run alter-recorded -- <files or folders>` alters every field of every recorded lease exchange to every
 * other value that was recorded, and counts how many of the alterations are noticed.
 */
import { Command } from 'commander'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import { count } from '../../../reports/counting.ts'
import { EXIT, messageOf, statusOf } from '../../cli/exit.ts'
import { UsageError } from '../../errors.ts'
import { importFile } from '../importing/import-file.ts'
import { recordingFiles } from '../importing/recording-files.ts'
import { verifyRecording } from '../verifying/verify-recording.ts'
import { alterationsOf, poolsOf } from './alteration.ts'
import { type AlterationOutcome, alterationOutcome } from './alteration-outcome.ts'
import { BAR, renderAlterations, shareFlagged } from './alteration-report.ts'

await new Command('alter-recorded')
  .description('Alters recorded lease exchanges one field at a time, and counts how many alterations are noticed.')
  .argument('<paths...>', 'recordings: files, and folders with all that is in them')
  .option('--json', 'what became of each alteration, one JSON object a line')
  .action((paths: readonly string[], flags: { readonly json?: true }) => {
    try {
      const outcomes = alterAll(paths)
      const lines = flags.json
        ? outcomes.map((each) => `${JSON.stringify(each)}\n`).join('')
        : renderAlterations(outcomes)
      process.stdout.write(lines)
      process.exitCode = shareFlagged(outcomes) >= BAR ? EXIT.nothingNew : EXIT.somethingNew
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`)
      process.exitCode = statusOf(error)
    }
  })
  .parseAsync()

/** @throws UsageError if nothing can be altered. */
function alterAll(paths: readonly string[]): readonly AlterationOutcome[] {
  const rules = compile(RULES)
  const recordings = recordingFiles(paths).files.flatMap(({ path }) => {
    const imported = importFile(path)
    return 'error' in imported ? [] : imported.recordings
  })
  const judged = recordings.map((recording) => ({ recording, verdicts: verifyRecording(rules, recording) }))
  const pools = poolsOf(judged.flatMap(({ verdicts }) => verdicts))
  const outcomes: AlterationOutcome[] = []
  for (const { recording, verdicts } of judged) {
    for (const alteration of alterationsOf(recording, verdicts, pools))
      outcomes.push(alterationOutcome(rules, recording, verdicts, alteration))
  }
  if (outcomes.length === 0)
    throw new UsageError(
      `${count(recordings.length, 'recording')} found, and no explained lease exchange in them; name others`,
    )
  return outcomes
}
