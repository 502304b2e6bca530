import type { RuleEntry } from '../../properties/casebook/rule-entries.ts'
import { code, codeCell, plain, table } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import { evidenceLine } from './evidence-lines.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { type RulePlaces, ruleLink } from './page-plan.ts'

export const ERROR_CODES_PATH = 'error-codes.md'

interface Use {
  readonly entry: RuleEntry
  readonly status: string
  readonly level: string
}

/** Every error code that a rule speaks of: when it comes, with which status, and how sure that is. */
export function errorCodesPage(data: AlmanacData, places: RulePlaces): Page {
  const codes = usesByCode(data)
  const lines = [
    '# Error codes',
    '',
    `Every error code that has to do with leases: on which resources it comes, with which status, and the rules that say so. Part of the [almanac](README.md).`,
    '',
    `From version ${data.codeHeader.from} on the code stands in the header \`x-ms-error-code\`; before it stood in the body alone, so that an answer to a HEAD request had none. Evidence: ${data.codeHeader.evidence.map(evidenceLine).join('; ')}.`,
    '',
    ...table(
      ['code', 'status', 'of a', 'rules'],
      codes.map(([name, uses]) => [
        `[${code(name)}](#${name.toLowerCase()})`,
        distinct(uses.flatMap(({ status }) => status.split(' or ')))
          .toSorted()
          .join(', '),
        distinct(uses.map(({ entry }) => data.nouns[entry.rule.kind])).join(', '),
        String(uses.length),
      ]),
    ),
    '',
    ...codes.flatMap(([name, uses]) => [
      `## ${name}`,
      '',
      ...sureLines(
        uses.filter(({ level }) => level !== 'open'),
        places,
      ),
      ...openLines(
        uses.filter(({ level }) => level === 'open'),
        places,
      ),
    ]),
  ]
  return pageOf(ERROR_CODES_PATH, lines)
}

/** What was told or seen, or follows from that. */
function sureLines(uses: readonly Use[], places: RulePlaces): readonly string[] {
  const rows = uses.map(({ entry, status, level }) => [
    ruleLink(places, ERROR_CODES_PATH, entry.rule.id),
    plain(entry.about),
    status,
    level,
    entry.cases[0] === undefined ? '' : codeCell(entry.cases[0].token),
  ])
  return rows.length === 0
    ? []
    : [...table(['rule', 'about', 'status', 'level of the code', 'shortest scenario'], rows), '']
}

/** Where the code is but one of several that the service may answer. */
function openLines(uses: readonly Use[], places: RulePlaces): readonly string[] {
  if (uses.length === 0) return []
  const links = uses.map(({ entry }) => ruleLink(places, ERROR_CODES_PATH, entry.rule.id))
  return [`One of several codes that are plausible, nobody knows which: ${distinct(links).join(', ')}.`, '']
}

function usesByCode({ rules }: AlmanacData): readonly (readonly [name: string, uses: readonly Use[]])[] {
  const found = new Map<string, Use[]>()
  for (const entry of rules) {
    for (const { status, code: claimed } of entry.rule.expect) {
      for (const name of claimed.values) {
        if (name === 'none') continue
        const use = { entry, status: status.values.join(' or '), level: claimed.level }
        found.set(name, [...(found.get(name) ?? []), use])
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
