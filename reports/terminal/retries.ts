import { count } from '../counting.ts'
import type { Retries, RetryDivergenceEntry } from '../retries.ts'
import { factsIn } from '../retries-markdown.ts'
import { divergenceGroups, retryRows, standingOf } from '../retries-rows.ts'
import { paragraph } from './layout.ts'
import { painter } from './paint.ts'
import type { SummaryView } from './summary.ts'

/** What a client library does when requests and answers get lost: what matters in sentences, and a table of everything. */
export function renderRetries(retries: Retries, { colour }: Pick<SummaryView, 'colour'>): string {
  const paint = painter(colour)
  const { divergences, experiments, leftOut } = retries
  return `${[
    ...tableLines(retries),
    '',
    paint('heading', `Lost requests and answers: ${retries.client}`),
    ...paragraph(`${count(experiments.length, 'experiment')}, ${leftOut} left out: the library has no such call`, 2),
    ...factsIn(retries).flatMap((each) => paragraph(each, 4, '  -')),
    ...divergenceGroups(divergences).flatMap(divergenceLines),
  ].join('\n')}\n`
}

function divergenceLines(divergence: RetryDivergenceEntry): string[] {
  const { rule, expected, observed, level, known, seen, example } = divergence
  return [
    ...paragraph(`${standingOf(divergence)} ${rule} (${level})`, 4, '  -'),
    ...paragraph(`expected ${expected}, observed ${observed} in ${count(seen, 'experiment')}, e.g. ${example}`, 4),
    ...(known === undefined ? [] : paragraph(known, 4)),
  ]
}

/** Columns as wide as what is in them. */
function tableLines(retries: Retries): readonly string[] {
  const rows = [
    ['kinds', 'call', 'lease before', 'lost', 'no retries', 'default'],
    ...retryRows(retries).map(({ kinds, call, state, lost, outcomes }) => [
      kinds.join(' '),
      call,
      state,
      lost,
      outcomes.none ?? '',
      outcomes.default ?? '',
    ]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}
