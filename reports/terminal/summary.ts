import { lasting, times } from '../counting.ts'
import { printable } from '../printable.ts'
import { replayCommand } from '../replay-command.ts'
import type { BaselineEntryEvent, Bucket, FindingEvent, ResultEvent } from '../results.ts'
import { agreedHereOf, failuresOf, goneOf, knownOf, notCheckedOf, type Run, runOf, warningsOf } from '../run.ts'
import { sentenceOf, signatureText } from '../sentence.ts'
import { exitReason, type Mood, moodOf, shardRemark, verdictLine } from '../verdict-line.ts'
import { coverageLines } from './coverage.ts'
import { paragraph } from './layout.ts'
import { type Paint, painter, type Tone } from './paint.ts'

export interface SummaryView {
  readonly colour: boolean
  /** Shows every entry of long lists. */
  readonly verbose: boolean
}

const TONES: Readonly<Record<Mood, Tone>> = { good: 'good', bad: 'bad', incomplete: 'warning' }

/** The verdict of a run for people; its first line is the verdict itself. */
export function renderSummary(events: readonly ResultEvent[], { colour, verbose }: SummaryView): string {
  const run = runOf(events)
  const paint = painter(colour)
  const blocks = [
    paragraph(verdictLine(run), 0).map((line) => paint(TONES[moodOf(run)], line)),
    section(
      paint,
      'New divergences, which fail the run',
      failuresOf(run),
      (bucket) => newLines(bucket, run),
      Number.POSITIVE_INFINITY,
    ),
    section(
      paint,
      'Warnings: they contradict only what is inferred or open',
      warningsOf(run),
      (bucket) => newLines(bucket, run),
      limit(verbose),
    ),
    section(paint, 'Known divergences, listed in the baseline', knownOf(run), knownLines, limit(verbose)),
    section(paint, 'Gone: in the baseline, but the target agrees now', goneOf(run), entryLines, limit(verbose)),
    section(paint, 'In the baseline, but agreed in this shard', agreedHereOf(run), entryLines, limit(verbose)),
    section(paint, 'In the baseline, but not checked', notCheckedOf(run), entryLines, limit(verbose)),
    section(
      paint,
      'Findings: what the target does where nobody knows what is right',
      run.findings,
      findingLines,
      verbose ? limit(true) : 5,
    ),
    coverageLines(run, paint, verbose),
    ending(run),
  ]
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** How many entries of a list a newcomer wants to see at once. */
const FOLDED = 20

function limit(verbose: boolean): number {
  return verbose ? Number.POSITIVE_INFINITY : FOLDED
}

function section<T>(
  paint: Paint,
  title: string,
  things: readonly T[],
  render: (thing: T) => string[],
  most: number,
): string[] {
  if (things.length === 0) return []
  const hidden = things.length - most
  return [
    ...paragraph(`${title} (${things.length})`, 0).map((line) => paint('heading', line)),
    ...things.slice(0, most).flatMap(render),
    ...(hidden > 0 ? [paint('quiet', `  ... and ${hidden} more; --verbose lists them`)] : []),
  ]
}

function newLines(bucket: Bucket, { header }: Run): string[] {
  return [
    ...paragraph(`${signatureText(bucket)} (${times(bucket.count)})`, 4, '  -'),
    ...paragraph(sentenceOf(bucket), 4),
    `    repeat: ${printable(replayCommand(bucket.scenario, header))}`,
    ...(bucket.twin === undefined ? [] : [`    twin:   ${printable(replayCommand(bucket.twin, header))}`]),
  ]
}

function knownLines(bucket: Bucket): string[] {
  return [
    ...paragraph(`${signatureText(bucket)} (${times(bucket.count)})`, 4, '  -'),
    ...paragraph(`${sentenceOf(bucket)}${bucket.issue === undefined ? '' : ` ${bucket.issue}`}`, 4),
  ]
}

function entryLines(entry: BaselineEntryEvent): string[] {
  return [...paragraph(signatureText(entry), 4, '  -'), ...paragraph(`${entry.sentence} (${entry.reason})`, 4)]
}

function findingLines(finding: FindingEvent): string[] {
  return paragraph(`${signatureText(finding)} (${times(finding.count)})`, 4, '  -')
}

function ending(run: Run): string[] {
  const took = run.footer === undefined ? '' : `, after ${lasting(run.footer.durationMs)}`
  const remark = shardRemark(run)
  return [
    ...(remark === undefined ? [] : paragraph(remark, 0)),
    ...paragraph(`Exit status ${exitReason(run)}${took}.`, 0),
  ]
}
