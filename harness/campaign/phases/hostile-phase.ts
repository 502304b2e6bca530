import type { Leg } from '../../../properties/leg.ts'
import { inOrder } from '../in-order.ts'
import type { Played } from '../play-scenario.ts'
import type { Phase } from './phase.ts'
import { playLeg } from './play-leg.ts'
import { isTimeUp } from './time-limit.ts'

/** After so many hostile scenarios the servers are asked whether they are sound. */
const PORTION = 40

/** Hostile legs, some at a time: what they show counts only if the servers are sound afterwards. */
export async function takeHostile(phase: Phase, legs: readonly Leg[]): Promise<void> {
  const { play, inFlight, untilMs, intake, canary } = phase
  for (let first = 0; first < legs.length && !isTimeUp(untilMs); first += PORTION) {
    const portion = legs.slice(first, first + PORTION)
    const all: Played[] = []
    for await (const played of inOrder(portion, inFlight, (leg) => playLeg(leg, play))) all.push(...played)
    const complaint = await canary.complaint()
    if (complaint === undefined) for (const played of all) intake.take(played, 'hostile')
    else await takeOneByOne(phase, portion, complaint)
  }
}

/** Legs of which one has poisoned a server: each has servers to itself, and poisoned ones are replaced. */
async function takeOneByOne(
  { play, intake, canary, servers }: Phase,
  legs: readonly Leg[],
  complaint: string,
): Promise<void> {
  await servers.replace(complaint)
  for (const leg of legs) {
    for (const played of await playLeg(leg, play)) intake.take(played, 'hostile')
    await intake.shrunk()
    const again = await canary.complaint()
    if (again !== undefined) await servers.replace(again)
  }
}
