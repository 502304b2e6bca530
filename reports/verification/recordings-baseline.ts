import { z } from 'zod'
import { compareSignatures } from '../baseline.ts'
import { isSame, parseEntriesFile } from '../entries-file.ts'
import type { Signature } from '../results.ts'

export const RECORDINGS_BASELINE_FORMAT = 'leasecheck-recordings-baseline'
export const RECORDINGS_BASELINE_VERSION = 1

const TEXT = z.string().min(1)

/** Where a divergence was seen. */
const SEEN = z.strictObject({
  file: TEXT.describe('the file, from the folder of the baseline'),
  recording: TEXT.optional().describe('what the recording is called, if the file holds several'),
  place: TEXT.describe('the number of the entry, from 0'),
})

/** A divergence that recordings are known to have, since an old service did so, or what was recorded was not the service. */
export const RECORDED_ENTRY = z.strictObject({
  rule: TEXT.describe('the rule that the recorded answer breaks'),
  field: TEXT.describe('the field that differs: status, code or a header'),
  observed: TEXT.describe('what it holds; another value is a new divergence'),
  sentence: TEXT.describe('why it is so, for readers'),
  seenIn: z
    .array(SEEN)
    .min(1)
    .describe(
      'the first place in each file where it was seen; it can be gone only when all of these files were judged',
    ),
  issue: TEXT.optional().describe('where it is reported'),
  until: z.iso.date().optional().describe('the last day on which this entry excuses the divergence'),
  evidence: TEXT.optional().describe('why it is the recording that is odd and not the model'),
})

/** The divergences that some recordings are known to have. */
export const RECORDINGS_BASELINE = z.strictObject({
  format: z.literal(RECORDINGS_BASELINE_FORMAT),
  version: z.literal(RECORDINGS_BASELINE_VERSION),
  entries: z.array(RECORDED_ENTRY),
})

export type RecordedEntry = z.infer<typeof RECORDED_ENTRY>
export type RecordingsBaseline = z.infer<typeof RECORDINGS_BASELINE>

/**
 * Reads a baseline of recordings; an error is one sentence that names the file, the place and the fix.
 *
 * @param name what to call the file in an error
 */
export function parseRecordingsBaseline(
  text: string,
  name: string,
): { readonly baseline: RecordingsBaseline } | { readonly error: string } {
  const read = parseEntriesFile(RECORDINGS_BASELINE, text, name)
  return 'error' in read ? read : { baseline: read.file }
}

/** The baseline as a file: entries in a fixed order, so that two updates differ only in what changed. */
export function renderRecordingsBaseline(baseline: RecordingsBaseline): string {
  return `${JSON.stringify({ ...baseline, entries: baseline.entries.toSorted(compareSignatures) }, null, 2)}\n`
}

/** The entry for a divergence: the same rule, field and observed value. */
export function recordedEntryFor(
  baseline: RecordingsBaseline | undefined,
  signature: Signature,
): RecordedEntry | undefined {
  return baseline?.entries.find((entry) => isSame(entry, signature))
}
