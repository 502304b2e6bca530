import type { Scenario } from '../../model/scenario.ts'
import { subjectOf } from '../../model/world.ts'
import { TWIN_PROPERTIES, TWIN_PROPERTY_NAMES, type Twin, type TwinPropertyName } from '../../properties/twin.ts'
import { type Contrast, contrastOf, isComparable, traceOf } from './contrast.ts'
import type { Played } from './play-scenario.ts'

/** A play that is to be compared with that of a twin. */
export interface TwinPlan {
  readonly name: TwinPropertyName
  readonly original: Played
  readonly twin: Twin
}

/** A twin that was played. One that diverges from the rules where it would be compared is told as such, and not compared. */
export interface Compared {
  readonly twin: Played
  readonly contrast: Contrast | undefined
}

/** The plays that get twins: at most so many, of each kind of resource in turn. */
export function chosenForTwins(plays: readonly Played[], most: number): readonly Played[] {
  const byKind = [
    ...Map.groupBy(
      plays.filter(({ play }) => isComparable(play)),
      ({ play }) => subjectOf(play.scenario.world).kind,
    ).values(),
  ]
  const longest = Math.max(0, ...byKind.map(({ length }) => length))
  const inTurn = Array.from({ length: longest }, (_, place) => byKind.flatMap((each) => each[place] ?? [])).flat()
  return inTurn.slice(0, most)
}

/** The twins of plays. */
export function twinPlans(plays: readonly Played[]): readonly TwinPlan[] {
  return plays.flatMap((original) => TWIN_PROPERTY_NAMES.flatMap((name) => twinPlan(name, original) ?? []))
}

/** The twin of a play by a property; undefined if it has none. */
export function twinPlan(name: TwinPropertyName, original: Played): TwinPlan | undefined {
  const { play } = original
  const twin: Twin | undefined = isComparable(play) ? TWIN_PROPERTIES[name].twinOf(traceOf(play)) : undefined
  return twin && { name, original, twin }
}

/** Plays a twin, and compares. */
export async function compared(
  { name, original, twin }: TwinPlan,
  play: (scenario: Scenario) => Promise<Played>,
): Promise<Compared> {
  const played = await play(twin.scenario)
  // A driver leaves out what it cannot express, and then the places of the two no longer correspond.
  const isWhole = played.play.scenario.steps.length === twin.scenario.steps.length
  const places = new Set(twin.correspondences.flatMap((pairs) => pairs.map(([, place]) => place)))
  const holds = isWhole && isComparable(played.play, (place) => places.has(place))
  const contrast = holds ? contrastOf(name, original.play, played.play, twin) : undefined
  return { twin: played, contrast }
}

/** Plays a scenario and its twin by a property: how they differ, if they do. */
export async function contrastIn(
  name: TwinPropertyName,
  scenario: Scenario,
  play: (scenario: Scenario) => Promise<Played>,
): Promise<Contrast | undefined> {
  const plan = twinPlan(name, await play(scenario))
  return plan && (await compared(plan, play)).contrast
}
