import { count, lasting, number, percent, times } from '../counting.ts'
import { evidenceText, LEVEL_MEANINGS } from '../evidence-text.ts'
import { printable } from '../printable.ts'
import { signatureText } from '../sentence.ts'
import { fact, paragraph } from '../terminal/layout.ts'
import { type Paint, painter, type Tone } from '../terminal/paint.ts'
import { placeText } from './places.ts'
import { sentenceOfRecorded } from './sentence.ts'
import { exitReason, type Mood, moodOf, verdictLine } from './verdict-line.ts'
import type {
  Place,
  RecordedDivergence,
  RuleSeen,
  Tally,
  UnmetEntry,
  VerificationEvent,
  VerificationFooter,
} from './verification.ts'
import { type Verified, verifiedOf } from './verified.ts'

export interface VerificationView {
  readonly colour: boolean
  /** Only the verdict, what could not be read, and what is new. */
  readonly quiet: boolean
}

const TONES: Readonly<Record<Mood, Tone>> = { good: 'good', bad: 'bad', incomplete: 'warning' }
const MARGIN = 16

/** What judging recordings found, for people; its first line is the verdict itself. */
export function renderVerification(events: readonly VerificationEvent[], { colour, quiet }: VerificationView): string {
  const verified = verifiedOf(events)
  const paint = painter(colour)
  const { failures, warnings, known, gone, notChecked, rules, footer } = verified
  const blocks = [
    paragraph(verdictLine(verified), 0).map((line) => paint(TONES[moodOf(verified)], line)),
    verified.unreadable.flatMap(({ sentence }) => paragraph(sentence, 4, '  -')),
    ...failures.map((each) => divergenceLines(each, paint)),
    ...warnings.map((each) => divergenceLines(each, paint)),
    ...(quiet
      ? []
      : [
          section(paint, 'Known divergences, listed in the baseline', known, knownLines),
          section(paint, 'Gone: in the baseline, but the recordings agree now', gone, entryLines),
          section(paint, 'In the baseline, but not checked', notChecked, entryLines),
          section(paint, 'By rule: exchanges that nothing else explains', rules, ruleLines),
          footer === undefined ? [] : totals(footer, paint),
        ]),
    ending(verified),
  ]
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** A divergence, in full. */
export function divergenceLines(found: RecordedDivergence, paint: Paint): string[] {
  const { rule, field, expected, observed, level, evidence, fails, count: seen, examples, seenIn } = found
  const more = seen - examples.length
  return [
    paint(fails ? 'bad' : 'warning', fails ? 'NEW' : 'WARNING'),
    ...fact('rule', `${rule} (${fails ? 'fails' : 'does not fail'})`),
    ...fact('field', field),
    ...fact('expected', expected),
    ...fact('observed', observed),
    ...fact('level', `${level}: ${LEVEL_MEANINGS[level]}`),
    ...evidence.flatMap((reason, index) =>
      paragraph(`- ${evidenceText(reason)}`, MARGIN, index === 0 ? '  why' : '').map((line) => paint('quiet', line)),
    ),
    ...examples.flatMap((seenAt, index) => [
      placeLine(seenAt, index === 0 ? '  seen in' : ''),
      ...paragraph(seenAt.request, MARGIN),
    ]),
    ...(more > 0
      ? paragraph(
          `and ${count(more, 'more exchange')}, in ${count(seenIn.length, 'file')}; --out or --json list them`,
          MARGIN,
        )
      : []),
    ...fact('look up', `leasecheck explain ${rule}`),
  ]
}

/** People copy places, so they are never broken. */
function placeLine(place: Place, first: string, before = ''): string {
  return `${first.padEnd(first.endsWith(' ') ? 0 : MARGIN)}${before}${printable(placeText(place))}`
}

function section<T>(paint: Paint, title: string, things: readonly T[], render: (thing: T) => string[]): string[] {
  if (things.length === 0) return []
  return [
    ...paragraph(`${title} (${number(things.length)})`, 0).map((line) => paint('heading', line)),
    ...things.flatMap(render),
  ]
}

function knownLines(found: RecordedDivergence): string[] {
  const { issue, examples } = found
  const [first] = examples
  return [
    ...paragraph(`${signatureText(found)} (${times(found.count)})`, 4, '  -'),
    ...paragraph(`${sentenceOfRecorded(found)}${issue === undefined ? '' : ` ${issue}`}`, 4),
    ...(first === undefined ? [] : [placeLine(first, '    e.g. ')]),
  ]
}

function entryLines(entry: UnmetEntry): string[] {
  return [...paragraph(signatureText(entry), 4, '  -'), ...paragraph(`${entry.sentence} (${entry.reason})`, 4)]
}

function ruleLines({ rule, exchanges, recordings, amongOthers, answers, examples }: RuleSeen): string[] {
  const others = amongOthers === 0 ? '' : `; and ${number(amongOthers)} that other rules may explain as well`
  const told = answers.map((each) => `${each.answer} (${number(each.exchanges)})`).join(', ')
  return [
    ...paragraph(`${rule}: ${count(exchanges, 'exchange')} in ${count(recordings, 'recording')}${others}`, 4, '  -'),
    ...(told === '' ? [] : paragraph(`answered ${told}`, 4)),
    ...examples.map((each) => placeLine(each, '    e.g. ')),
  ]
}

function totals(footer: VerificationFooter, paint: Paint): string[] {
  const { files, recordings, standingFor, all, leaseOperations, notJudgeable, judged } = footer
  const allJudged = judged.settled + judged.documented + judged.inferred + judged.open
  const levels = (['settled', 'documented', 'inferred', 'open'] as const).map(
    (level) => `${number(judged[level])} ${level} (${percent(judged[level], allJudged)})`,
  )
  return [
    paint('heading', 'What was judged'),
    ...fact('files', filesText(files)),
    ...fact(
      'recordings',
      `${number(recordings)}${standingFor === recordings ? '' : `, standing for ${number(standingFor)} that were alike`}`,
    ),
    ...fact('exchanges', tallyText(all)),
    ...fact('on leases', tallyText(leaseOperations)),
    ...notJudgeable.flatMap(({ sentence, exchanges, leaseOperations: lease, examples: [first] }, index) => [
      ...paragraph(
        `- ${number(exchanges)} (${number(lease)} on leases): ${sentence}`,
        MARGIN,
        index === 0 ? '  not judged' : '',
      ),
      ...(first === undefined ? [] : [placeLine(first, '', '  e.g. ')]),
    ]),
    ...fact('fields', `${number(allJudged)} judged: ${levels.join(', ')}`),
  ]
}

function filesText({ judged, unreadable, passedOver, left }: VerificationFooter['files']): string {
  return [
    `${number(judged)} judged`,
    ...(unreadable === 0 ? [] : [`${number(unreadable)} not read`]),
    ...(passedOver === 0 ? [] : [`${number(passedOver)} in folders passed over, since they are something else`]),
    ...(left === 0 ? [] : [`${number(left)} not looked at any more`]),
  ].join('; ')
}

/** The share of what cannot be judged is that of what could have been: neither beside leases nor of another kind of account. */
export function tallyText(tally: Tally): string {
  const { exchanges, explained, unexplained, known, notJudgeable, hierarchical, beside } = tally
  const concerned = explained + unexplained + known + notJudgeable
  return [
    `${number(exchanges)}: ${number(explained)} explained, ${number(unexplained)} unexplained, ${number(known)} known, ${number(notJudgeable)} not judgeable (${percent(notJudgeable, concerned)})`,
    ...(hierarchical === 0 ? [] : [`apart ${number(hierarchical)} of hierarchical namespaces`]),
    ...(beside === 0 ? [] : [`${number(beside)} have nothing to do with leases`]),
  ].join('; ')
}

function ending(verified: Verified): string[] {
  const took = verified.footer === undefined ? '' : `, after ${lasting(verified.footer.durationMs)}`
  return paragraph(`Exit status ${exitReason(verified)}${took}.`, 0)
}
