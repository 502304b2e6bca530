import type { Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { TWIN_PROPERTIES, type TwinPropertyName } from '../../properties/twin.ts'
import type { Played } from '../campaign/play-scenario.ts'
import { compared, twinPlan } from '../campaign/twins.ts'

/** A scenario and its twin as they were played; where they differ, one of them has the divergence among its verdicts. */
export interface TwinReplay {
  readonly original: Play
  /** Missing if the scenario has no twin that could be compared with it. */
  readonly twin: Play | undefined
  /** What came of the comparison, in a sentence. */
  readonly result: string
}

/** Plays the twin of a scenario that was just played, and holds the one against the other. */
export async function replayTwin(
  name: TwinPropertyName,
  original: Played,
  play: (scenario: Scenario) => Promise<Played>,
): Promise<TwinReplay> {
  const { sentence } = TWIN_PROPERTIES[name]
  const plan = twinPlan(name, original)
  if (plan === undefined) {
    const result = `"${sentence}" cannot be checked: that takes virtual time, and a scenario whose answers agree with the rules`
    return { original: original.play, twin: undefined, result }
  }
  const { twin, contrast } = await compared(plan, play)
  if (contrast === undefined)
    return { original: original.play, twin: twin.play, result: `"${sentence}" No difference between the two was seen` }
  const isOriginal = contrast.play.scenario === original.play.scenario
  return {
    original: isOriginal ? contrast.play : original.play,
    twin: isOriginal ? twin.play : contrast.play,
    result: `"${sentence}" The two differ`,
  }
}
