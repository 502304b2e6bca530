import { times } from '../counting.ts'
import { evidenceText, LEVEL_MEANINGS } from '../evidence-text.ts'
import { printable } from '../printable.ts'
import { replayCommand } from '../replay-command.ts'
import type { Bucket, Header } from '../results.ts'
import { sentenceOf } from '../sentence.ts'
import { paragraph } from './layout.ts'
import { type Paint, painter, type Tone } from './paint.ts'
import { storyLines } from './story.ts'

export interface BucketView {
  readonly colour: boolean
  /** The run that the bucket belongs to: it says how to repeat the scenario. */
  readonly header: Header
}

/** One divergence for people, as soon as it is found: what differs, the shortest way to see it, why we are sure, how to repeat it. */
export function renderBucket(bucket: Bucket, { colour, header }: BucketView): string {
  const paint = painter(colour)
  const lines = [
    ...title(bucket, paint),
    '',
    ...paragraph(sentenceOf(bucket), 2),
    ...(bucket.issue === undefined ? [] : paragraph(`reported: ${bucket.issue}`, 2)),
    '',
    ...storyLines(bucket, paint),
    '',
    ...evidence(bucket, paint),
    '',
    ...repeats(bucket, header),
  ]
  return `${lines.join('\n')}\n`
}

/** Where two plays were compared it takes two commands to see the difference. */
function repeats({ scenario, twin }: Bucket, header: Header): string[] {
  const line = (name: string, token: string) => `  ${name.padEnd(7)} ${printable(replayCommand(token, header))}`
  return twin === undefined ? [line('repeat:', scenario)] : [line('repeat:', scenario), line('twin:', twin)]
}

function title({ state, fails, rule, field, count }: Bucket, paint: Paint): string[] {
  const [word, tone, meaning]: [string, Tone, string] = fails
    ? ['NEW', 'bad', 'fails the run']
    : state === 'new'
      ? ['NEW', 'warning', 'a warning, does not fail the run']
      : ['KNOWN', 'quiet', 'listed in the baseline, does not fail the run']
  const [first = '', ...more] = paragraph(`${rule}, ${field} (${meaning}; seen ${times(count)})`, word.length + 2, word)
  return [`${paint(tone, first.slice(0, word.length))}${first.slice(word.length)}`, ...more]
}

function evidence({ level, evidence: reasons }: Bucket, paint: Paint): string[] {
  return [
    ...paragraph(`why this is expected (${level}: ${LEVEL_MEANINGS[level]})`, 2),
    ...reasons.flatMap((reason) => paragraph(evidenceText(reason), 4, '  -').map((line) => paint('quiet', line))),
  ]
}
