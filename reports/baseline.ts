import { z } from 'zod'
import { isSame, parseEntriesFile } from './entries-file.ts'
import type { Signature } from './results.ts'

export { isSame }

export const BASELINE_FORMAT = 'leasecheck-baseline'
export const BASELINE_VERSION = 1

const TEXT = z.string().min(1)

/** A divergence that is known, and what people have found out about it. */
export const BASELINE_ENTRY = z.strictObject({
  rule: TEXT.describe('the rule that the target breaks'),
  field: TEXT.describe('the field that differs: status, code or a header'),
  observed: TEXT.describe('what it holds; another value is a new divergence'),
  sentence: TEXT.describe('what is wrong, for readers'),
  scenario: TEXT.describe('replay token of a scenario that shows it; every run plays it'),
  issue: TEXT.optional().describe('where it is reported'),
  until: z.iso.date().optional().describe('the last day on which this entry excuses the divergence'),
  evidence: TEXT.optional().describe('why it is the target that is wrong and not the model'),
  notImplemented: z.boolean().optional().describe('whether the target does not claim to implement this'),
})

/** The divergences that one version of a target is known to have, by the driver and configuration they were seen with. */
export const BASELINE = z.strictObject({
  format: z.literal(BASELINE_FORMAT),
  version: z.literal(BASELINE_VERSION),
  target: TEXT,
  targetVersion: TEXT,
  driver: TEXT,
  apiVersion: TEXT,
  configuration: z.record(z.string(), z.string()).describe('settings of the target that its answers depend on'),
  entries: z.array(BASELINE_ENTRY),
})

export type BaselineEntry = z.infer<typeof BASELINE_ENTRY>
export type Baseline = z.infer<typeof BASELINE>

/**
 * Reads a baseline; an error is one sentence that names the file, the place and the fix.
 *
 * @param name what to call the file in an error
 */
export function parseBaseline(
  text: string,
  name: string,
): { readonly baseline: Baseline } | { readonly error: string } {
  const read = parseEntriesFile(BASELINE, text, name)
  return 'error' in read ? read : { baseline: read.file }
}

/** The baseline as a file: entries in a fixed order, so that two updates differ only in what changed. */
export function renderBaseline(baseline: Baseline): string {
  const { configuration, entries, ...rest } = baseline
  const sorted = Object.fromEntries(Object.entries(configuration).sort(([a], [b]) => compareText(a, b)))
  return `${JSON.stringify({ ...rest, configuration: sorted, entries: [...entries].sort(compareSignatures) }, null, 2)}\n`
}

/** The entry for a divergence: the same rule, field and observed value. */
export function entryFor({ entries }: Baseline, signature: Signature): BaselineEntry | undefined {
  return entries.find((entry) => isSame(entry, signature))
}

/**
 * Whether an entry is past its `until`: it excuses nothing any more, and its divergence counts as new. The day itself
 * still counts.
 *
 * @param today as `YYYY-MM-DD`
 */
export function isExpired({ until }: Signature & Pick<BaselineEntry, 'until'>, today: string): boolean {
  return until !== undefined && until < today
}

export function compareSignatures(a: Signature, b: Signature): number {
  return compareText(a.rule, b.rule) || compareText(a.field, b.field) || compareText(a.observed, b.observed)
}

/** By code units and not by the rules of a language, so that files are the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
