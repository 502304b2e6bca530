import { count } from '../counting.ts'
import { code } from '../markdown-text.ts'
import type { AlmanacData } from './almanac-data.ts'
import type { Page } from './page.ts'
import { pageOf } from './page-of.ts'
import { type RulePlaces, UNMET_PATH } from './page-plan.ts'
import { ruleSection } from './rule-section.ts'

/** The rules that decide no cell of the almanac: those of older versions, and of rare company of headers. */
export function unmetRulesPage(data: AlmanacData, places: RulePlaces): Page {
  const unmet = data.rules.filter(({ rule }) => places.get(rule.id)?.path === UNMET_PATH)
  const lines = [
    '# Rules without cells',
    '',
    `The almanac tells cells of version ${data.version} with one unusual thing at a time. These ${count(unmet.length, 'rule')} decide none of them: they are about [older versions](versions.md), about requests with several faults at once, or about situations that the scenarios of the almanac do not come to. Part of the [almanac](README.md).`,
    '',
    ...unmet.flatMap((entry) => [...ruleSection(entry, [], data), ...shownLines(entry.rule.id, data)]),
  ]
  return pageOf(UNMET_PATH, lines)
}

/** Where an older version meets the rule: the shortest scenario of those whose answer changed. */
function shownLines(rule: string, { versionChanges }: AlmanacData): readonly string[] {
  const shown = versionChanges.find(({ earlier }) => earlier.id === rule)
  if (shown === undefined) return []
  return [
    `Shown by ${code(`npx leasecheck replay '${shown.example.token}' reference --api-version ${shown.earlierVersion}`)}`,
    '',
  ]
}
