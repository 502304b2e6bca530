import { implementationRule } from '../../../model/implementation.ts'
import { explore, type Visit } from '../../../model/machine.ts'
import { isWait, type OperationStep } from '../../../model/scenario.ts'
import type { Gap } from '../../../properties/gaps/gap.ts'
import { gapsIn } from '../../../properties/gaps/gaps.ts'
import { settlingLegs } from '../../../properties/gaps/settling-legs.ts'
import { LONG_WALK, SHORT_WALK } from '../../../properties/tour.ts'
import { firstMissing } from '../../targets/probing/needed-operations.ts'
import { expressedLeg, sayableBy, sendableBy } from '../expressible.ts'
import type { Plan, PlanOptions } from '../plan.ts'
import { wordsOf } from '../words.ts'

/** The word that asks for the gaps and nothing else; more words choose among them. */
export const GAPS_WORD = 'gaps'

/** Whether a run was asked for the gaps. */
export function asksForGaps(only: readonly string[]): boolean {
  return wordsOf(only).includes(GAPS_WORD)
}

/** The gaps of a run: those that it asks for, and why it leaves others out. */
export interface ChosenGaps {
  readonly asked: readonly Gap[]
  readonly leftOut: readonly { readonly gap: Gap; readonly reason: string }[]
}

/** Plans a run that asks for what nobody knows, by the shortest scenarios, and for nothing else. */
export function plannedGaps(options: PlanOptions): Plan & { readonly gaps: ChosenGaps } {
  const { rules, kinds, version, thorough, clock, expresses = () => 'exactly' } = options
  const gaps = chosenGaps(options)
  const machines = kinds.map((kind) => explore(rules, kind, { version, thorough }))
  const cells = new Set(gaps.asked.map(({ settledBy }) => settledBy.cell))
  const asked = ({ cell }: Visit) => cells.has(cell)
  const legs = (hostile: boolean) =>
    settlingLegs(gaps.asked.filter(({ settledBy }) => settledBy.hostile === hostile)).map((leg) =>
      expressedLeg(leg, expresses),
    )
  return {
    version,
    thorough,
    machines,
    tour: legs(false),
    hostile: legs(true),
    runs: 0,
    random: () => [],
    wanted: asked,
    selected: asked,
    sendable: sendableBy(expresses),
    sayable: sayableBy(expresses),
    notExpressible: 0,
    walkLength: clock === 'virtual' ? LONG_WALK : SHORT_WALK,
    gaps,
  }
}

function chosenGaps(options: PlanOptions): ChosenGaps {
  const { kinds, version, only, hostile, known, leftOut = new Map(), expresses, clock } = options
  const words = wordsOf(only).filter((word) => word !== GAPS_WORD)
  const sendable = sendableBy(expresses ?? (() => 'exactly'))
  const isChosen = ({ kind, rule, settledBy }: Gap) => {
    const text = `${rule} ${settledBy.cell}`.toLowerCase()
    return kinds.includes(kind) && words.every((word) => text.includes(word))
  }
  const reasonOf = ({ settledBy }: Gap): string | undefined => {
    const { scenario, step } = settledBy
    const requests = scenario.steps.filter((each): each is OperationStep => !isWait(each))
    if (settledBy.hostile && !hostile) return 'hostile requests go to a server that is not ours only with --hostile'
    if (settledBy.virtualTimeOnly && clock === 'wall') return 'on wall time no request comes at the exact instant'
    if (!requests.every((each) => sendable(each, scenario.world))) return 'the driver cannot send it as it is meant'
    const asked = scenario.steps[step] as OperationStep
    if (firstMissing(scenario, leftOut) !== undefined) return 'the target does not know an operation that it needs'
    const { kind } = scenario.world.find(({ name }) => name === asked.on)!
    return known.missing.has(implementationRule(kind, asked.do))
      ? `the baseline says that the target does not know ${asked.do}`
      : undefined
  }
  const judged = gapsIn(version)
    .filter(isChosen)
    .map((gap) => ({ gap, reason: reasonOf(gap) }))
  return {
    asked: judged.flatMap(({ gap, reason }) => (reason === undefined ? [gap] : [])),
    leftOut: judged.flatMap(({ gap, reason }) => (reason === undefined ? [] : [{ gap, reason }])),
  }
}
