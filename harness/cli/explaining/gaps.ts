import { tokenOf } from '../../../model/notation.ts'
import { KINDS } from '../../../model/resource.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { Rule } from '../../../model/rules/rule.ts'
import { ruleInWords } from '../../../properties/casebook/rule-entries.ts'
import { newestVersionFor } from '../../../properties/casebook/shortest-scenarios.ts'
import { doubtsIn } from '../../../properties/gaps/doubts.ts'
import { type Doubt, GAP_SUBJECTS, type Gap, type GapSubject, gapId } from '../../../properties/gaps/gap.ts'
import { gapsOfRules } from '../../../properties/gaps/gaps.ts'
import { unanswerable } from '../../../properties/gaps/unanswerable.ts'
import { evidenceText } from '../../../reports/evidence-text.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { commandLines, showing } from './commands.ts'
import type { Question } from './question.ts'
import { type Entry, entryOf, type Hit, search } from './search.ts'
import { operationsIn } from './topics.ts'

const MARGIN = 12

/** Something that nobody knows; which request would tell takes a walk to find out, and is asked only of what is shown. */
export interface OpenQuestion {
  readonly rule: Rule
  readonly about: GapSubject
  readonly doubts: readonly Doubt[]
}

/** What nobody knows about the subject of a question, what fits best first. */
export function gapsFor(question: Question): readonly Hit<OpenQuestion>[] {
  return search(gapEntries(), question)
}

export function gapEntries(): readonly Entry<OpenQuestion>[] {
  const unanswered = new Set(unanswerable().flatMap(({ rules }) => rules))
  return RULES.filter(({ id }) => !unanswered.has(id)).flatMap((rule) => {
    const doubts = doubtsIn(rule, newestVersionFor(rule))
    return GAP_SUBJECTS.flatMap((about) =>
      doubts[about].length === 0 ? [] : [gapEntry({ rule, about, doubts: doubts[about] })],
    )
  })
}

function gapEntry(item: OpenQuestion): Entry<OpenQuestion> {
  const { rule, about, doubts } = item
  const { id, kind, classes, layer, when } = rule
  const words = ruleInWords(rule)
  return entryOf(item, {
    id: gapId({ rule: id, about }),
    title: [id, about, KINDS[kind].noun, ...classes].join(' '),
    text: [
      layer,
      words.about,
      ...words.when,
      ...Object.values(when).flat(),
      ...doubts.flatMap(({ field, level, values }) => [field, level, ...values]),
    ].join(' '),
    operations: operationsIn(kind, classes),
  })
}

/** The requests that would tell, by the names of gaps. A check before another that never refuses has none. */
export function settled(questions: readonly OpenQuestion[]): ReadonlyMap<string, Gap> {
  return new Map(gapsOfRules([...new Set(questions.map(({ rule }) => rule))]).map((gap) => [gapId(gap), gap]))
}

/** What is not known, what it may be, why what is known is not enough, and how to settle it. */
export function gapLines({ rule, about, doubts }: OpenQuestion, gap: Gap | undefined): readonly string[] {
  const words = ruleInWords(rule)
  const token = gap && tokenOf(gap.settledBy.scenario)
  return [
    gapId({ rule: rule.id, about }),
    ...told('for', words.about),
    ...told('when', words.when.length === 0 ? 'always' : words.when.join('; ')),
    ...doubts.flatMap(({ field, level, values, evidence }) => [
      ...told(level, `${field}: ${values.join(' or ')}`),
      ...evidence.flatMap((each) => paragraph(evidenceText(each), MARGIN + 2, `${' '.repeat(MARGIN)}-`)),
    ]),
    ...(token === undefined || gap === undefined
      ? []
      : [
          ...told('settled', 'by what the service answers to'),
          ...commandLines(showing(token, gap.settledBy.version), MARGIN),
        ]),
  ]
}

function told(name: string, text: string): readonly string[] {
  return paragraph(text, MARGIN, `  ${name}`)
}
