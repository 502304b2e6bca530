import { readToken, stepText, tokenOf } from '../../../model/notation.ts'
import { KINDS } from '../../../model/resource.ts'
import { isWait, type Scenario } from '../../../model/scenario.ts'
import { subjectOf } from '../../../model/world.ts'
import { modelRules } from '../../../properties/casebook/casebook.ts'
import { type Moment, momentsOf } from '../../../properties/casebook/moment.ts'
import { paragraph } from '../../../reports/terminal/layout.ts'
import { UsageError } from '../../errors.ts'
import { commandLines, showing } from './commands.ts'
import { knownDivergences } from './known-divergences.ts'

/** A step of a scenario and, unless it is a wait, how the service answers it. */
export interface WalkedStep {
  readonly step: string
  readonly moment?: Moment
}

/** A scenario as the service plays it, by the rules. */
export interface Walkthrough {
  readonly token: string
  readonly steps: readonly WalkedStep[]
}

/**
 * Walks through the scenario of a replay token.
 * @throws UsageError if it is none.
 */
export function walkthrough(token: string): Walkthrough {
  const read = readToken(token)
  if ('error' in read) throw new UsageError(read.error)
  return walked(read.scenario)
}

function walked(scenario: Scenario): Walkthrough {
  const moments = momentsOf(modelRules(), scenario)[Symbol.iterator]()
  const subject = subjectOf(scenario.world).name
  return {
    token: tokenOf(scenario),
    steps: scenario.steps.map((step) => {
      const moment = isWait(step) ? undefined : moments.next().value
      return { step: stepText(step, subject), ...(moment === undefined ? {} : { moment }) }
    }),
  }
}

const MARGIN = 5

/** The steps of a scenario: what is answered, the lease afterwards, the rule that decides, and who is known to differ. */
export function walkthroughLines({ token, steps }: Walkthrough): readonly string[] {
  return [
    token,
    ...steps.flatMap(({ step, moment }, at) => [
      ...paragraph(step, MARGIN, `${String(at + 1).padStart(3)}`),
      ...(moment === undefined ? [] : momentLines(moment)),
    ]),
    '',
    ...commandLines(showing(token), 0),
  ]
}

function momentLines({ answers, level, kind, before, after, headers, rules }: Moment): readonly string[] {
  const rule = rules.at(-1)!.id
  const shown = Object.entries(headers).filter(([name]) => name.startsWith('x-ms-lease'))
  const lease = before === after ? `${after}, as before` : after
  const differing = new Set(knownDivergences().flatMap((each) => (each.rule === rule ? [each.target] : [])))
  return [
    ...under('answer', `${[answers, ...shown.map(([name, value]) => `${name}: ${value}`)].join('; ')} (${level})`),
    ...under(KINDS[kind].noun, lease),
    ...under('rule', rule),
    ...(differing.size === 0 ? [] : under('known', `${[...differing].join(', ')} may answer otherwise`)),
  ]
}

function under(name: string, text: string): readonly string[] {
  return paragraph(text, MARGIN + 16, `${' '.repeat(MARGIN)}${name}`)
}
