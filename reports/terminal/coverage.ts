import { count, number, percent } from '../counting.ts'
import { LEVEL_MEANINGS } from '../evidence-text.ts'
import { interferenceText } from '../interference-text.ts'
import { notImplementedText } from '../not-implemented-text.ts'
import type { Footer, Header } from '../results.ts'
import type { Run } from '../run.ts'
import { COLUMNS, fact, paragraph, row } from './layout.ts'
import type { Paint } from './paint.ts'

const MARGIN = 16
const BULLET = `${' '.repeat(MARGIN)}-`

/** How many names of a long list are shown without --verbose. */
const FOLDED = 5

/** What was checked, of what could have been. */
export function coverageLines({ header, footer }: Run, paint: Paint, verbose: boolean): string[] {
  if (footer === undefined) return []
  const { scenarios, steps, requests, readBacks, crossings } = footer
  return [
    paint('heading', 'What was checked'),
    ...fact('scenarios', `${number(scenarios)}${againstPlan(scenarios, header)}, in ${count(steps, 'step')}`),
    ...fact('requests', `${number(requests)}; ${percent(readBacks, requests)} only read the lease back`),
    ...interference(footer),
    ...fact('deadlines', `${count(crossings, 'answer')} depended on a deadline having passed`),
    ...operations(footer),
    ...(footer.notImplemented === undefined ? [] : fact('not known', notImplementedText(footer))),
    ...rules(footer, verbose),
    ...cells(footer, paint, verbose),
    ...judged(footer),
  ]
}

function interference({ interference: met }: Footer): string[] {
  return met === undefined ? [] : fact('interference', interferenceText(met))
}

/** Beyond its plan a run plays the baseline, twins of what it has played, ways around divergences, and what fills its budget. */
function againstPlan(scenarios: number, { plan }: Header): string {
  if (scenarios < plan.scenarios) return ` of ${number(plan.scenarios)} planned`
  const more = scenarios - plan.scenarios
  return more === 0 ? '' : ` (${number(plan.scenarios)} planned, and ${number(more)} more)`
}

function operations({ operations: { known, exercised } }: Footer): string[] {
  const missing = known.filter((name) => !exercised.includes(name))
  const rest = missing.length === 0 ? '' : `; not ${missing.join(', ')}`
  return fact('operations', `${number(exercised.length)} of ${number(known.length)} exercised${rest}`)
}

function rules({ rules: { reachable, reached, masked, unreached } }: Footer, verbose: boolean): string[] {
  return [
    ...fact('rules', [reachedText(reached, reachable), ...tail(masked.length, unreached.length)].join('; ')),
    ...names('masked', masked, verbose),
    ...names('not reached', unreached, verbose),
  ]
}

/** A cell is a state of the resource with an input: a masked one can be reached only through a divergence. */
function cells({ cells: { reachable, reached, masked, unreached } }: Footer, paint: Paint, verbose: boolean): string[] {
  const behind = Map.groupBy(masked, ({ by }) => by)
  return [
    ...fact('cells', [reachedText(reached, reachable), ...tail(masked.length, unreached.length)].join('; ')),
    ...[...behind].flatMap(([by, hidden]) => [
      ...paragraph(`${count(hidden.length, 'cell')} masked by ${by}`, MARGIN + 2, BULLET),
      ...(verbose
        ? names(
            'namely',
            hidden.map(({ cell }) => cell),
            true,
          )
        : []),
    ]),
    ...names('not reached', unreached, verbose),
    ...explained('a cell is a state of the resource together with a request', paint),
    ...(masked.length === 0 ? [] : explained('masked: it can be reached only through that divergence', paint)),
  ]
}

function explained(text: string, paint: Paint): string[] {
  return paragraph(`(${text})`, MARGIN).map((line) => paint('quiet', line))
}

function reachedText(reached: number, reachable: number): string {
  return `${number(reached)} of ${number(reachable)} reached (${percent(reached, reachable)})`
}

function tail(masked: number, unreached: number): string[] {
  return [
    ...(masked === 0 ? [] : [`${number(masked)} masked`]),
    ...(unreached === 0 ? [] : [`${number(unreached)} not reached`]),
  ]
}

function names(title: string, list: readonly string[], verbose: boolean): string[] {
  if (list.length === 0) return []
  const shown = verbose ? list : list.slice(0, FOLDED)
  const hidden = list.length - shown.length
  return [
    ...shown.flatMap((name) => paragraph(`${title}: ${name}`, MARGIN + 2, BULLET)),
    ...(hidden > 0 ? [`${' '.repeat(MARGIN)}... and ${hidden} more; --verbose lists them`] : []),
  ]
}

function judged({ judged: fields }: Footer): string[] {
  const all = fields.settled + fields.documented + fields.inferred + fields.open
  const amountColumns = number(all).length
  const levels = ['settled', 'documented', 'inferred', 'open'] as const
  return [
    ...fact('judged', `${count(all, 'field')} of answers, by how sure we are of what they should hold:`),
    ...levels.flatMap((level) =>
      row([
        { text: '', columns: MARGIN - 2 },
        { text: number(fields[level]), columns: amountColumns, align: 'right' },
        { text: percent(fields[level], all), columns: 6, align: 'right' },
        { text: level, columns: 10 },
        { text: LEVEL_MEANINGS[level], columns: COLUMNS - MARGIN - amountColumns - 22 },
      ]),
    ),
  ]
}
