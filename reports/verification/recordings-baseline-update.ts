import { compareSignatures } from '../baseline.ts'
import { TODO } from '../baseline-update.ts'
import { isSame } from '../entries-file.ts'
import { signatureText } from '../sentence.ts'
import {
  RECORDINGS_BASELINE_FORMAT,
  RECORDINGS_BASELINE_VERSION,
  type RecordedEntry,
  type RecordingsBaseline,
  recordedEntryFor,
} from './recordings-baseline.ts'
import { generatedSentence } from './sentence.ts'
import type { Place, RecordedDivergence, UnmetEntry } from './verification.ts'

/** How many files an entry names; beyond that it counts as gone when none of these has it any more. */
const MOST_FILES = 100

export interface RecordingsUpdate {
  readonly baseline: RecordingsBaseline
  /** A line for each thing that changed: `+` added, `-` removed, `~` changed, `!` look at it yourself. */
  readonly difference: readonly string[]
}

/**
 * The baseline after all files were judged. What people wrote stays; entries that are gone are dropped; where an entry was seen
 * is renewed for the files that were judged, and stays as it is for others.
 */
export function updatedRecordings(
  before: RecordingsBaseline | undefined,
  found: readonly RecordedDivergence[],
  unmet: readonly UnmetEntry[],
  wasJudged: (file: string) => boolean,
): RecordingsUpdate {
  const old = before?.entries ?? []
  const added = found.filter((each) => recordedEntryFor(before, each) === undefined)
  const isGone = (entry: RecordedEntry) => unmet.some((each) => each.state === 'gone' && isSame(each, entry))
  const kept = old.filter((entry) => !isGone(entry)).map((entry) => renewed(entry, found, wasJudged))
  const entries = [...kept, ...added.map(newEntry)].toSorted(compareSignatures)
  return {
    baseline: { format: RECORDINGS_BASELINE_FORMAT, version: RECORDINGS_BASELINE_VERSION, entries },
    difference: [
      ...added.map((each) => `+ ${signatureText(each)} (new: write its sentence)`),
      ...old.filter(isGone).map((entry) => `- ${signatureText(entry)} (gone)`),
      ...old.filter((entry) => excuseEnded(entry, found)).map(ended),
    ],
  }
}

function newEntry(found: RecordedDivergence): RecordedEntry {
  const { rule, field, observed, seenIn } = found
  return { rule, field, observed, sentence: `${TODO}${generatedSentence(found)}`, seenIn: seenIn.slice(0, MOST_FILES) }
}

function renewed(
  entry: RecordedEntry,
  found: readonly RecordedDivergence[],
  wasJudged: (file: string) => boolean,
): RecordedEntry {
  const now = found.find((each) => isSame(each, entry))
  const elsewhere = entry.seenIn.filter(({ file }) => !wasJudged(file))
  const seenIn = [...elsewhere, ...(now?.seenIn ?? [])].toSorted(comparePlaces).slice(0, MOST_FILES)
  return seenIn.length === 0 ? entry : { ...entry, seenIn }
}

function comparePlaces(a: Place, b: Place): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0
}

/** It was met, and its entry does not excuse it any more. */
function excuseEnded(entry: RecordedEntry, found: readonly RecordedDivergence[]): boolean {
  return found.some((each) => each.state === 'new' && isSame(each, entry))
}

function ended(entry: RecordedEntry): string {
  return `! ${signatureText(entry)} (excused until ${entry.until}, which has passed: decide on its date by hand)`
}
