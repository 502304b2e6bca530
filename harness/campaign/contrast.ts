import type { Divergence } from '../../model/judge.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { Trace } from '../../model/trace.ts'
import { subjectOf } from '../../model/world.ts'
import type { Play } from '../../properties/play.ts'
import { TWIN_PROPERTIES, TWIN_PROPERTY_NAMES, type Twin, type TwinPropertyName } from '../../properties/twin.ts'
import { type Difference, twinDifferences } from '../../properties/twin-differences.ts'
import type { Shown } from './buckets.ts'

/** Two plays that should have been answered alike by a property, and were not. */
export interface Contrast {
  /** The play whose answer is out of order, with the divergence among its verdicts. */
  readonly play: Play
  readonly divergence: Divergence
  /** The scenario that was played first; the twin follows from it. */
  readonly scenario: Scenario
  readonly twin: Scenario
}

/** What shows the divergence of a contrast. */
export function shownBy({ play, scenario, twin }: Contrast): Shown {
  return { play, twins: { scenario, twin } }
}

/** What stands in the place of a rule: the property, and the kind of resource that it was seen to break on. */
function ruleOf(name: TwinPropertyName, { world }: Scenario): string {
  return `${subjectOf(world).kind}.property.${name}`
}

/** The property that a signature is about, if it is not about a rule. */
export function propertyIn(rule: string): TwinPropertyName | undefined {
  return TWIN_PROPERTY_NAMES.find((name) => rule.endsWith(`.property.${name}`))
}

/**
 * Whether a play can be compared with another one: every request was answered, and as the rules say, since what diverges is
 * told already. What was only put in between may diverge. On wall time nothing can be compared: two plays meet a deadline at
 * different moments.
 * @param counts whether the answer at a place will be compared
 */
export function isComparable(
  { judgement, trace, verdicts, scenario }: Play,
  counts: (place: number) => boolean = () => true,
): boolean {
  const isSound = verdicts.every(({ result }, place) => result === 'agreed' || result === 'waited' || !counts(place))
  const isAnswered = trace.every(
    ({ call, refused, exchanges }) => isWait(call) || (refused === undefined && exchanges.at(-1)?.answer !== undefined),
  )
  return judgement.clock.kind === 'virtual' && trace.length === scenario.steps.length && isSound && isAnswered
}

export function traceOf({ judgement, scenario, trace }: Play): Trace {
  return { clock: judgement.clock, world: scenario.world, steps: trace }
}

/** Holds a play against that of its twin: the first difference, if there is one. */
export function contrastOf(name: TwinPropertyName, original: Play, twinPlay: Play, twin: Twin): Contrast | undefined {
  const [difference] = twinDifferences(traceOf(original), traceOf(twinPlay), twin)
  if (difference === undefined) return undefined
  const divergence = divergenceOf(name, original.scenario, difference)
  const { accused } = TWIN_PROPERTIES[name]
  const play = accusing(accused === 'original' ? original : twinPlay, difference.places[accused], divergence)
  return { play, divergence, scenario: original.scenario, twin: twin.scenario }
}

function divergenceOf(name: TwinPropertyName, scenario: Scenario, difference: Difference): Divergence {
  const { accused, otherwise, evidence } = TWIN_PROPERTIES[name]
  const other = accused === 'original' ? difference.twin : difference.original
  return {
    rule: ruleOf(name, scenario),
    field: difference.field,
    expected: `${other}, as ${otherwise}`,
    observed: difference[accused],
    level: 'documented',
    evidence,
  }
}

function accusing(play: Play, place: number, divergence: Divergence): Play {
  const verdicts = play.verdicts.map((verdict, index) =>
    index === place ? { ...verdict, result: 'diverged' as const, divergences: [divergence] } : verdict,
  )
  return { ...play, verdicts }
}
