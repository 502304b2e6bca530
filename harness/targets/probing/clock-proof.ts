import type { Family } from '../../../model/resource.ts'
import type { OperationStep, Scenario } from '../../../model/scenario.ts'
import type { Answer } from '../../../model/trace.ts'
import { isUndisturbed } from '../../../model/undisturbed.ts'
import type { Use } from '../../../model/uses.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import { isPermitted } from '../../campaign/expressible.ts'
import { NOW_HEADER } from '../../clock/headers.ts'
import { ClockError, TargetError } from '../../errors.ts'
import type { Permits } from '../credentials/permits.ts'
import type { Asked } from './ask.ts'
import type { Probe } from './candidate-probes.ts'

/** What can be leased for 15 s, and how it is looked at. Files only know leases without end, so their share stands for them. */
const LEASED: Readonly<Record<Family, { readonly on: Exclude<Family, 'file'>; readonly look: Use }>> = {
  blob: { on: 'blob', look: 'getBlobProperties' },
  container: { on: 'container', look: 'getContainerProperties' },
  share: { on: 'share', look: 'getShareProperties' },
  file: { on: 'share', look: 'getShareProperties' },
}

const EXPECTED = ['leased', 'expired']
/** Of so many plays one is answered throughout, if there is hope of it. */
const MAX_PLAYS = 4

/**
 * Proves that a server serves each request at the instant that it carries: a lease of 15 s is leased a second before its end
 * and expired a second after it, in no time. The header of the answer alone would prove nothing.
 * @param families those that are going to be checked; the first that can be leased is taken
 * @throws ClockError with what was seen
 */
export async function proveClock(
  families: readonly Family[],
  permits: Permits | undefined,
  ask: (probe: Probe) => Promise<Asked>,
  host: string,
): Promise<void> {
  const hindrances: string[] = []
  for (const family of families) {
    const probe = probeOf(family)
    if (!isPermitted(probe.scenario, permits)) continue
    const seen = await lookedAt(probe, ask)
    if (typeof seen === 'string') hindrances.push(`${LEASED[family].on}: ${seen}`)
    else if (EXPECTED.every((state, place) => seen[place] === state)) return
    else throw new ClockError(notKept(host, seen))
  }
  throw new ClockError(
    `${host} could not be shown to keep the time of ${NOW_HEADER}, since no lease of 15 s could be had (${hindrances.join('; ')}); take --clock wall`,
  )
}

function probeOf(family: Family): Probe {
  const { on, look } = LEASED[family]
  const looking: OperationStep = { do: look, on }
  const scenario: Scenario = {
    world: WORLDS[on]!,
    steps: [
      { do: 'acquire', on, proposedLeaseId: 'A', duration: '15' },
      { wait: 'for', on, ms: 14_000 },
      looking,
      { wait: 'for', on, ms: 2_000 },
      looking,
    ],
  }
  return { rule: '', scenario, asks: looking, expected: [200] }
}

/** The lease states that were told, or what stood in the way of a lease. */
async function lookedAt(probe: Probe, ask: (probe: Probe) => Promise<Asked>): Promise<readonly string[] | string> {
  try {
    let { played } = await ask(probe)
    // A request that was lost on the way proves nothing either way.
    for (let plays = 1; plays < MAX_PLAYS && !isUndisturbed(played.play.trace); plays++)
      played = (await ask(probe)).played
    const [acquired, ...looks] = played.play.trace.flatMap(({ exchanges }) => exchanges)
    if (acquired?.answer?.status !== 201) return `acquire was answered ${text(acquired?.answer)}`
    return looks.map(({ answer }) => answer?.headers['x-ms-lease-state'] ?? text(answer))
  } catch (error) {
    if (error instanceof ClockError || !(error instanceof TargetError)) throw error
    return error.message
  }
}

function text(answer: Answer | undefined): string {
  if (answer === undefined) return 'with nothing'
  return `${answer.status}${answer.code === undefined ? '' : ` ${answer.code}`}`
}

function notKept(host: string, [before = 'nothing', after = 'nothing that counts']: readonly string[]): string {
  return (
    `${host} does not keep the time that ${NOW_HEADER} tells: of a lease of 15 s it said ${before} at +14 s and ${after} at +16 s, ` +
    'where leased and expired are right; every part of the server that reads the clock has to read that instant, or take --clock wall'
  )
}
