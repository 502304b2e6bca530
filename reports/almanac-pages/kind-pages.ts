import type { ResourceKind } from '../../model/resource.ts'
import type { Rule } from '../../model/rules/rule.ts'
import type { Case } from '../../properties/casebook/casebook.ts'
import { count, number } from '../counting.ts'
import { plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { hrefFrom } from './anchors.ts'
import { DIAGRAMS } from './diagrams/diagrams.ts'
import { overview } from './overview.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { GROUPS, type Group, groupPath, type RulePlaces, ruleLink } from './page-plan.ts'
import { ruleSection } from './rule-section.ts'

/** The layers from the last that is asked to the first: what the lease itself decides comes first on a page. */
const LAYERS_TOLD: readonly (readonly [Rule['layer'], string])[] = [
  ['transition', 'What the request does'],
  ['lease', 'What the lease decides'],
  ['condition', 'What conditional headers decide'],
  ['existence', 'What is decided by what is there'],
  ['syntax', 'What is malformed'],
]

/** The pages of a kind: one of its own, and one for each group of operations. */
export function kindPages(kind: ResourceKind, data: AlmanacData, places: RulePlaces): readonly Page[] {
  const groups = groupsOf(kind, data)
  return [kindPage(kind, groups, data), ...groups.map((group) => groupPage(kind, group, data, places))]
}

/** The groups in which a kind has cells. */
export function groupsOf(kind: ResourceKind, { cases }: AlmanacData): readonly Group[] {
  const classes = new Set(cases.flatMap((each) => (each.kind === kind ? [each.of] : [])))
  return GROUPS.filter((group) => group.classes.some((each) => classes.has(each)))
}

export function kindPath(kind: ResourceKind): string {
  return `${kind}/README.md`
}

/** What a kind is called in the plural, to begin a title with. */
export function pluralOf(noun: string): string {
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`
}

function kindPage(kind: ResourceKind, groups: readonly Group[], data: AlmanacData): Page {
  const path = kindPath(kind)
  const noun = data.nouns[kind]
  const diagram = DIAGRAMS.find((each) => each.kind === kind)
  const rows = groups.map((group) => {
    const cells = casesIn(kind, group, data)
    return [
      `[${plain(group.title)}](${hrefFrom(path, groupPath(kind, group))})`,
      [...new Set(cells.map(({ title }) => title))].join(', '),
      number(cells.length),
    ]
  })
  const lines = [
    `# ${pluralOf(noun)}`,
    '',
    `Part of the [almanac](${hrefFrom(path, 'README.md')}) of Azure Storage leases.`,
    '',
    ...(diagram === undefined ? [] : [`![States of the lease of a ${noun}](${hrefFrom(path, diagram.path)})`, '']),
    ...table(['page', 'operations', 'cells'], rows),
    '',
    ...overview(kind, data),
  ]
  return pageOf(path, lines)
}

function groupPage(kind: ResourceKind, group: Group, data: AlmanacData, places: RulePlaces): Page {
  const path = groupPath(kind, group)
  const noun = data.nouns[kind]
  const cases = casesIn(kind, group, data)
  const decided = Map.groupBy(cases, ({ decidedBy }) => decidedBy)
  const entries = data.rules.filter(({ rule }) => decided.has(rule))
  const contents = LAYERS_TOLD.flatMap(([layer]) => entries.filter(({ rule }) => rule.layer === layer)).map(
    ({ rule, when, outcomes }) => [
      ruleHere(rule.id, path, places),
      plain(when.join('; ')) || 'always',
      plain(answersText(decided.get(rule)!)),
      weakest(outcomes.flatMap((fields) => fields.filter(({ field }) => field === 'status' || field === 'code'))),
      number(decided.get(rule)!.length),
    ],
  )
  const lines = [
    `# ${pluralOf(noun)}: ${group.title.toLowerCase()}`,
    '',
    `[Almanac](${hrefFrom(path, 'README.md')}) / [${pluralOf(noun)}](${hrefFrom(path, kindPath(kind))}) / ${plain(group.title)}`,
    '',
    `${count(cases.length, 'cell')}, decided by ${count(entries.length, 'rule')}. [How to read this](${hrefFrom(path, 'README.md', 'How to read a page')}); a scenario is played with \`npx leasecheck replay '...'\`.`,
    '',
    ...table(['rule', 'when', 'answer', 'level', 'cells'], contents),
    '',
    ...LAYERS_TOLD.flatMap(([layer, title]) => {
      const own = entries.filter(({ rule }) => rule.layer === layer)
      if (own.length === 0) return []
      return [`## ${title}`, '', ...own.flatMap((entry) => ruleSection(entry, decided.get(entry.rule)!, data))]
    }),
  ]
  return pageOf(path, lines)
}

/** A rule that is told on several pages is linked to its place on this one. */
function ruleHere(id: string, path: string, places: RulePlaces): string {
  return ruleLink(new Map([[id, { path, heading: places.get(id)?.heading ?? id }]]), path, id)
}

/** How many different answers of a rule are told before the reader is sent to its cells. */
const MOST_ANSWERS = 4

function answersText(cases: readonly Case[]): string {
  const answers = [...new Set(cases.flatMap(({ answers: each }) => each.split(' or ')))]
  return answers.length > MOST_ANSWERS
    ? `${answers.slice(0, MOST_ANSWERS).join(' or ')} or others`
    : answers.join(' or ')
}

function casesIn(kind: ResourceKind, { classes }: Group, { cases }: AlmanacData) {
  return cases.filter((each) => each.kind === kind && classes.includes(each.of))
}

const LEVELS_WEAKEST_FIRST = ['open', 'inferred', 'documented', 'settled'] as const

function weakest(fields: readonly { readonly level: string }[]): string {
  return LEVELS_WEAKEST_FIRST.find((level) => fields.some((each) => each.level === level)) ?? 'open'
}
