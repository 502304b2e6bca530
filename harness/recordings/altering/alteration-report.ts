import { count, number } from '../../../reports/counting.ts'
import { printable } from '../../../reports/printable.ts'
import type { AlterationOutcome } from './alteration-outcome.ts'
import { ALTERED_FIELDS } from './altered-field.ts'

/** What has to be noticed of all alterations. */
export const BAR = 0.95

/** Which share of alterations was noticed. */
export function shareFlagged(outcomes: readonly AlterationOutcome[]): number {
  return outcomes.filter(({ is }) => is === 'flagged').length / outcomes.length
}

/** What became of all alterations, for people: by field, then what was not noticed and why. */
export function renderAlterations(outcomes: readonly AlterationOutcome[]): string {
  const lines = [
    row(['field', 'altered', 'flagged', 'share', 'fails', 'permitted', 'hidden']),
    ...ALTERED_FIELDS.map((field) =>
      rowOf(
        field,
        outcomes.filter(({ alteration }) => alteration.field === field),
      ),
    ),
    rowOf('all', outcomes),
    `bar: ${BAR * 100} % flagged: ${shareFlagged(outcomes) >= BAR ? 'reached' : 'MISSED'}`,
    '',
    'Hidden, since the exchange cannot be judged any more; these count as missed:',
    ...groups(outcomes.flatMap((each) => (each.is === 'hidden' ? [{ each, key: each.why }] : []))),
    '',
    'Permitted:',
    ...groups(outcomes.flatMap((each) => (each.is === 'permitted' ? [{ each, key: permissionText(each) }] : []))),
  ]
  return `${lines.join('\n')}\n`
}

function rowOf(name: string, outcomes: readonly AlterationOutcome[]): string {
  if (outcomes.length === 0) return row([name, '0', '', '', '', '', ''])
  const many = (is: AlterationOutcome['is']) => outcomes.filter((each) => each.is === is).length
  const fails = outcomes.filter((each) => each.is === 'flagged' && each.fails).length
  const share = `${(100 * shareFlagged(outcomes)).toFixed(1)} %`
  const counts = [outcomes.length, many('flagged')].map(number)
  return row([name, ...counts, share, number(fails), number(many('permitted')), number(many('hidden'))])
}

const WIDTHS = [20, 9, 9, 9, 9, 10, 8] as const

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index]!))).join('')
}

function permissionText({ alteration, permission }: Extract<AlterationOutcome, { is: 'permitted' }>): string {
  const { why, rule, now, level } = permission
  return `${why}; ${rule}${now === rule ? '' : ` -> ${now}`} (${alteration.field}: ${level})`
}

/** Most frequent first, each with an example. */
function groups(found: readonly { readonly each: AlterationOutcome; readonly key: string }[]): readonly string[] {
  const keyed = [...Map.groupBy(found, ({ each, key }) => `${each.alteration.field}: ${key}`)]
  return keyed
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([key, members]) => {
      const { alteration, at } = members[0]!.each
      const places = new Set(members.map(({ each }) => each.at)).size
      return [
        `  ${number(members.length)} (${count(places, 'exchange')})  ${key}`,
        `      e.g. ${printable(at)}: ${printable(alteration.from)} -> ${printable(alteration.to)}`,
      ]
    })
}
