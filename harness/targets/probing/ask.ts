import { observing } from '../../../model/inputs.ts'
import { operation } from '../../../model/operation.ts'
import type { ResourceSetting } from '../../../model/world.ts'
import type { Played } from '../../campaign/play-scenario.ts'
import { playScenario, type Stage } from '../../campaign/play-scenario.ts'
import type { Driver } from '../../drivers/driver.ts'
import type { ReceivedAnswer } from '../../drivers/sending.ts'
import type { Probe } from './candidate-probes.ts'

/** What came of a probe. */
export interface Asked {
  readonly played: Played
  /** The answer to the operation that was asked for, as it came; undefined if none came, or it was never sent. */
  readonly answer: ReceivedAnswer | undefined
  /** What plain looks at the resource showed just before and just after. */
  readonly before: ReceivedAnswer | undefined
  readonly after: ReceivedAnswer | undefined
}

/**
 * Plays a probe by plain requests, whatever client is checked, and looks at the resource before and after the operation that
 * it asks for. The looks are no steps, since what they find is not judged here.
 * @throws as `playScenario` does
 */
export async function ask(stage: Stage, { scenario, asks }: Probe, baseName: string): Promise<Asked> {
  const { driver } = stage
  let answer: ReceivedAnswer | undefined
  let before: ReceivedAnswer | undefined
  let after: ReceivedAnswer | undefined
  const look = lookAt(scenario.world, asks.on)
  const performStep: Driver['performStep'] = async (asked, kind, names, instant) => {
    const seen = async () => {
      let seenNow: ReceivedAnswer | undefined
      await driver.perform(operation(look, asked.on, {}, stage.version), kind, names, instant, (came) => {
        seenNow = came
      })
      return seenNow
    }
    const isAsked = asked.name === asks.do && asked.on === asks.on
    if (isAsked) before = await seen()
    answer = undefined
    const exchange = await driver.perform(asked, kind, names, instant, (came) => {
      if (isAsked) answer = came
    })
    if (isAsked) after = await seen()
    return { exchanges: [exchange] }
  }
  const quiet: Driver = {
    name: driver.name,
    requestsSent: 0,
    prepare: driver.prepare,
    performStep,
    perform: driver.perform,
    forget: async () => {},
    close: async () => {},
  }
  const played = await playScenario({ ...stage, driver: quiet }, scenario, baseName)
  return { played, answer, before, after }
}

/** The plainest look at one of the resources. */
function lookAt(world: readonly ResourceSetting[], on: string) {
  return observing({ setting: world.filter(({ name }) => name === on) }).do
}
