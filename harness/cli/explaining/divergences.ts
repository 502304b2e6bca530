import { count } from '../../../reports/counting.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { commandLines } from './commands.ts'
import { type KnownDivergence, knownDivergences } from './known-divergences.ts'
import type { Question } from './question.ts'
import { type Entry, entryOf, type Hit, search } from './search.ts'

const MARGIN = 12

/** What known targets do otherwise, what fits a question best first. */
export function divergencesFor(question: Question): readonly Hit<KnownDivergence>[] {
  return search(divergenceEntries(), question)
}

export function divergenceEntries(): readonly Entry<KnownDivergence>[] {
  return knownDivergences().map((each) => {
    const { target, rule, field, observed, sentence, evidence = '' } = each
    return entryOf(each, {
      id: `${rule} ${field} ${observed}`,
      title: [target, rule, field, observed].join(' '),
      text: [sentence, evidence].join(' '),
    })
  })
}

/** One divergence: whose, of which rule, what it means, and the command that shows it. */
export function divergenceLines({
  target,
  rule,
  field,
  observed,
  sentence,
  replay,
}: KnownDivergence): readonly string[] {
  return [
    rule,
    ...paragraph(target, MARGIN, '  target'),
    ...paragraph(`${field}: ${observed}`, MARGIN, '  observed'),
    ...paragraph(sentence, MARGIN),
    ...commandLines(replay, MARGIN, '  shown by'),
  ]
}

/** How many by target: `azurite 3.37.0: 12`. */
export function targetCounts(divergences: readonly KnownDivergence[]): string {
  return [...Map.groupBy(divergences, ({ target }) => target)]
    .map(([target, own]) => `${target} (${count(own.length, 'divergence')})`)
    .join(', ')
}
