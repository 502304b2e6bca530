import type { CompiledRules } from '../../model/compiled-rules.ts'
import { placeAtStart, take } from '../../model/place.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'

/** What removes a container or share: if a lease stands in the way, it is broken, and the removal is tried again. */
const REMOVING = { unleased: 1, leased: 3 }

/**
 * When the requests of a scenario are due after its beginning if nothing diverges, in milliseconds: those that make its world,
 * its steps, and those that remove what was made.
 */
export function requestOffsets(
  rules: CompiledRules,
  { world, steps }: Scenario,
  version: ServiceVersion | undefined,
  latencyMs: number,
): readonly number[] {
  const offsets: number[] = []
  let sentMs = 0
  const send = () => {
    offsets.push(sentMs)
    sentMs += latencyMs
  }
  for (const { condition } of world) if (condition !== 'absent') send()
  const start = placeAtStart(world, version)
  let place = start
  for (const step of steps) {
    place = take(rules, place, step)
    // Waits are as long as they say, and what was sent before has taken its time.
    if (isWait(step)) sentMs = Math.max(sentMs, place.nowMs - start.nowMs)
    else send()
  }
  for (const { kind, lease } of place.server.world) {
    if (kind !== 'container' && kind !== 'share') continue
    const isLeased = lease.state === 'leased' || lease.state === 'breaking'
    for (let left = isLeased ? REMOVING.leased : REMOVING.unleased; left > 0; left--) send()
  }
  return offsets
}
