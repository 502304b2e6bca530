import type { Case } from '../../properties/casebook/casebook.ts'
import type { FieldEntry, RuleEntry } from '../../properties/casebook/rule-entries.ts'
import { count } from '../counting.ts'
import { codeCell, details, plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { evidenceLine, recordingLines } from './evidence-lines.ts'
import { otherwiseAt } from './target-outcomes.ts'

/** Lists of cells longer than this are folded. */
const FOLDED_FROM = 4

/** A rule as a section of a page: what it says, how sure that is, who is known to break it, and its cells on this page. */
export function ruleSection(entry: RuleEntry, cases: readonly Case[], data: AlmanacData): readonly string[] {
  const { rule, about, when, outcomes, otherwise } = entry
  return [
    `### ${rule.id}`,
    '',
    `${capital(plain(about))}. ${when.length === 0 ? 'Always.' : `When ${when.map(plain).join('; ')}.`}`,
    '',
    ...outcomes.flatMap((fields, at) => [...(at === 0 ? [] : ['Or:', '']), ...claimTable(fields), '']),
    ...(otherwise === undefined
      ? []
      : [`It may also be answered ${plain(otherwise)}; which of the two is not known.`, '']),
    ...recordingLines(rule.id, data.recordings),
    ...divergenceLines(rule.id, data),
    ...caseLines(cases, data),
  ]
}

/** The claims of an outcome; what rests on the same reasons as the field above does not say them again. */
function claimTable(fields: readonly FieldEntry[]): readonly string[] {
  const reasons = fields.map(({ evidence }) => evidence.map(evidenceLine).join('<br>'))
  const rows = fields.map(({ field, holds, level }, at) => [
    plain(field),
    plain(holds),
    level,
    at > 0 && reasons[at] === reasons[at - 1] && reasons[at] !== '' ? 'likewise' : reasons[at] || 'nobody knows',
  ])
  return table(['field', 'holds', 'level', 'evidence'], rows)
}

function divergenceLines(rule: string, { divergences }: AlmanacData): readonly string[] {
  const known = divergences.filter((each) => each.rule === rule)
  if (known.length === 0) return []
  return [
    'Known to differ:',
    '',
    ...known.map(
      ({ target, field, observed, sentence }) =>
        `- ${plain(target)} (${plain(field)}: ${plain(observed)}): ${plain(sentence)}`,
    ),
    '',
  ]
}

function caseLines(cases: readonly Case[], data: AlmanacData): readonly string[] {
  if (cases.length === 0) return []
  const lines = [...caseTable(cases, data), '']
  return cases.length < FOLDED_FROM ? lines : [...details(count(cases.length, 'cell'), lines.slice(0, -1)), '']
}

interface Column {
  readonly title: string
  readonly of: (each: Case) => string
  /** Whether the column says something: one that is the same in every row, or empty, is left out. */
  readonly isTold: boolean
}

function caseTable(cases: readonly Case[], data: AlmanacData): readonly string[] {
  const differ = (of: (each: Case) => string) => new Set(cases.map(of)).size > 1
  const otherwise = new Map(cases.map((each) => [each, otherwiseAt(data.targets, each)]))
  const columns: readonly Column[] = [
    { title: 'state', of: ({ state }) => plain(state), isTold: true },
    { title: 'operation', of: operationText, isTold: cases.some(({ operation, title }) => operation !== title) },
    { title: 'request', of: ({ input }) => plain(input), isTold: cases.some(({ input }) => input !== '') },
    { title: 'answer', of: ({ answers }) => plain(answers), isTold: differ(({ answers }) => answers) },
    {
      title: 'lease afterwards',
      of: ({ before, after }) => (before === after ? '' : plain(after)),
      isTold: cases.some(({ before, after }) => before !== after),
    },
    { title: 'shortest scenario', of: ({ token }) => codeCell(token), isTold: true },
    {
      title: 'who differs',
      of: (each) => plain(otherwise.get(each)!),
      isTold: cases.some((each) => otherwise.get(each) !== ''),
    },
  ]
  const told = columns.filter(({ isTold }) => isTold)
  return table(
    told.map(({ title }) => title),
    cases.map((each) => told.map(({ of }) => of(each))),
  )
}

/** A cell that stands for a class is told with the operation that its scenario takes. */
function operationText({ title, ofWholeClass, blobType }: Case): string {
  const type = blobType === 'block' ? '' : ` (${blobType} blob)`
  return `${ofWholeClass ? 'e.g. ' : ''}${plain(title)}${type}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
