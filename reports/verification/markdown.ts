import { count, lasting, number, percent, times } from '../counting.ts'
import { kindText, LEVEL_MEANINGS, sourceOf } from '../evidence-text.ts'
import { block, code, codeCell, details, documentOf, heading, link, plain, table } from '../markdown-text.ts'
import { printable } from '../printable.ts'
import { seenText } from './places.ts'
import { sentenceOfRecorded } from './sentence.ts'
import { exitReason, verdictLine } from './verdict-line.ts'
import type { RecordedDivergence, Tally, UnmetEntry, VerificationEvent, VerificationFooter } from './verification.ts'
import { type Verified, verifiedOf } from './verified.ts'

/** A job summary may hold a megabyte; nobody reads more stories than this. */
const MAX_STORIES = 50

/** What judging recordings found, for the summary of a CI job; its first line is the verdict itself. */
export function renderVerificationMarkdown(events: readonly VerificationEvent[]): string {
  const verified = verifiedOf(events)
  const { failures, warnings, known, gone, notChecked, unreadable, footer } = verified
  const blocks = [
    [`## ${plain(verdictLine(verified))}`],
    [ending(verified)],
    heading('Not read', unreadable.length),
    unreadable.map(({ sentence }) => `- ${plain(sentence)}`),
    heading('New divergences, which fail', failures.length),
    ...failures.slice(0, MAX_STORIES).map(story),
    signatures(failures.slice(MAX_STORIES)),
    heading('Warnings: they contradict only what is inferred or open', warnings.length),
    ...warnings.slice(0, MAX_STORIES).map(story),
    signatures(warnings.slice(MAX_STORIES)),
    heading('Known divergences, listed in the baseline', known.length),
    signatures(known),
    heading('Gone: in the baseline, but the recordings agree now', gone.length),
    entries(gone),
    heading('In the baseline, but not checked', notChecked.length),
    entries(notChecked),
    ...(footer === undefined ? [] : totals(footer)),
    rules(verified),
  ]
  return documentOf(blocks)
}

function ending(verified: Verified): string {
  const took = verified.footer === undefined ? '' : `, after ${lasting(verified.footer.durationMs)}`
  return `Exit status ${plain(exitReason(verified))}${took}.`
}

function story(found: RecordedDivergence): string[] {
  const { rule, field, level, count: seen, evidence, examples } = found
  return [
    `**${plain(rule)}**, ${plain(field)} (seen ${times(seen)}): ${plain(sentenceOfRecorded(found))}`,
    '',
    ...examples.map((each) => `- ${code(seenText(each))}`),
    '',
    `Why this is expected (${level}: ${LEVEL_MEANINGS[level]}):`,
    '',
    ...evidence.map((reason) => {
      const { title, where } = sourceOf(reason)
      const kind = kindText(reason)
      return `- ${link(title, where)}${kind === '' ? '' : ` (${kind})`}${reason.note === undefined ? '' : `: ${plain(reason.note)}`}`
    }),
    '',
    ...block([printable(`npx leasecheck explain ${rule}`)], 'sh'),
  ]
}

function signatures(found: readonly RecordedDivergence[]): string[] {
  return table(
    ['Rule', 'Field', 'Observed', 'Seen', 'What is wrong'],
    found.map((each) => [
      codeCell(each.rule),
      codeCell(each.field),
      codeCell(each.observed),
      times(each.count),
      `${plain(sentenceOfRecorded(each))}${each.issue === undefined ? '' : ` (${link(each.issue, each.issue)})`}`,
    ]),
  )
}

function entries(found: readonly UnmetEntry[]): string[] {
  return table(
    ['Rule', 'Field', 'Observed', 'What was wrong', 'Why it stands here'],
    found.map(({ rule, field, observed, sentence, reason }) => [
      codeCell(rule),
      codeCell(field),
      codeCell(observed),
      plain(sentence),
      plain(reason),
    ]),
  )
}

const COLUMNS = ['exchanges', 'explained', 'unexplained', 'known', 'notJudgeable', 'hierarchical', 'beside'] as const
const TITLES: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  exchanges: 'All',
  explained: 'Explained',
  unexplained: 'Unexplained',
  known: 'Known',
  notJudgeable: 'Not judgeable',
  hierarchical: 'Hierarchical namespaces',
  beside: 'Beside leases',
}

function totals(footer: VerificationFooter): string[][] {
  const { files, recordings, standingFor, all, leaseOperations, formats, notJudgeable, judged } = footer
  const allJudged = judged.settled + judged.documented + judged.inferred + judged.open
  const row = (name: string, tally: Tally) => [name, ...COLUMNS.map((column) => number(tally[column]))]
  return [
    ['### What was judged'],
    [
      `${count(files.judged, 'file')} with ${count(recordings, 'recording')}, standing for ${number(standingFor)}; ${number(files.unreadable)} not read, ${number(files.passedOver)} passed over.`,
    ],
    table(
      ['What', ...COLUMNS.map((column) => TITLES[column])],
      [
        row('Exchanges', all),
        row('Lease requests', leaseOperations),
        ...formats.map((each) => row(`Lease requests in ${plain(each.format)}`, each.leaseOperations)),
      ],
    ),
    table(
      ['Not judgeable since', 'Exchanges', 'Lease requests', 'For instance'],
      notJudgeable.map(({ sentence, exchanges, leaseOperations: lease, examples: [first] }) => [
        plain(sentence),
        number(exchanges),
        number(lease),
        first === undefined ? '' : codeCell(seenText(first)),
      ]),
    ),
    table(
      ['Fields judged', 'How many', 'Share'],
      (['settled', 'documented', 'inferred', 'open'] as const).map((level) => [
        `${level} (${LEVEL_MEANINGS[level]})`,
        number(judged[level]),
        percent(judged[level], allJudged),
      ]),
    ),
  ]
}

function rules({ rules: seen }: Verified): string[] {
  if (seen.length === 0) return []
  const rows = seen.map(({ rule, exchanges, recordings, amongOthers, answers, examples: [first] }) => [
    codeCell(rule),
    number(exchanges),
    number(recordings),
    number(amongOthers),
    plain(answers.map((each) => `${each.answer} (${each.exchanges})`).join(', ')),
    first === undefined ? '' : codeCell(seenText(first)),
  ])
  return details(
    `${count(seen.length, 'rule')}: exchanges that nothing else explains`,
    table(['Rule', 'Exchanges', 'Recordings', 'Among others', 'Answers', 'For instance'], rows),
  )
}
