import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { importFile } from '../importing/import-file.ts'
import type { RecordingFile } from '../importing/recording-files.ts'
import { type RecordingOutcome, recordingOutcome } from './recording-outcome.ts'

/** What became of a file. */
export type FileOutcome = { readonly file: string } & (
  | { readonly is: 'judged'; readonly recordings: readonly RecordingOutcome[] }
  /** `sentence` names the file, what is wrong with it, and what to do. */
  | { readonly is: 'unreadable'; readonly sentence: string }
  /** Something else that was found in a folder. */
  | { readonly is: 'passed over' }
)

/** Reads a file and judges what was recorded there. */
export function fileOutcome(rules: CompiledRules, { path, isNamed }: RecordingFile): FileOutcome {
  const imported = importFile(path)
  if (!('error' in imported)) {
    const recordings = imported.recordings.map((each) => recordingOutcome(rules, each, path))
    return { file: path, is: 'judged', recordings }
  }
  return !isNamed && imported.reason === 'not a recording'
    ? { file: path, is: 'passed over' }
    : { file: path, is: 'unreadable', sentence: imported.error }
}
