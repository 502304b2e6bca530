import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import type { ResourceKind, ResourceName } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import type { TraceClock } from '../../model/trace.ts'
import { nextRequest, type Play, startPlay, takeStep } from '../../properties/play.ts'
import { wallNowMs } from '../clock/wall.ts'
import type { Driver } from '../drivers/driver.ts'
import { cleanUp } from './clean-up.ts'
import { realNames } from './real-names.ts'

/** A scenario that was played on a target. */
export interface Played {
  readonly play: Play
  readonly requests: number
  readonly durationMs: number
}

/** What a scenario is played with. */
export interface Stage {
  readonly rules: CompiledRules
  readonly driver: Driver
  readonly clock: TraceClock
  /** The version of the service that is asked. */
  readonly version: ServiceVersion
  /** The instant at which scenarios begin on virtual time; on wall time they begin when they begin. */
  readonly startMs: Instant
  /** Ends the play before its next request. */
  readonly signal: AbortSignal
  /** Whether what was created has to be removed: a server that we started forgets by itself. */
  readonly cleansUp: boolean
  /** Hears of a container or share that could not be removed. */
  readonly leftBehind: (realName: string, hindrance: string) => void
}

/**
 * Sets a scenario's world up under names of its own, and plays it to its end or to where it can't be judged further.
 * @param baseName what the names of its containers and shares begin with; no other scenario has it.
 */
export async function playScenario(stage: Stage, scenario: Scenario, baseName: string): Promise<Played> {
  const { rules, driver, clock, signal } = stage
  const virtual = clock.kind === 'virtual'
  let names = realNames(scenario.world, baseName)
  const kinds = new Map<ResourceName, ResourceKind>(scenario.world.map(({ name, kind }) => [name, kind]))
  const beganMs = performance.now()
  signal.throwIfAborted()
  let play: Play | undefined
  try {
    const prepared = await driver.prepare(scenario.world, names, virtual ? stage.startMs : undefined)
    names = prepared.names
    let { requests } = prepared
    const startMs = virtual ? stage.startMs : wallNowMs()
    play = startPlay(rules, scenario, { clock, version: stage.version, startMs, etags: prepared.etags })
    for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
      signal.throwIfAborted()
      if (!virtual) await sleep(Math.max(0, request.atMs - wallNowMs()), undefined, { signal })
      const kind = kinds.get(request.operation.on)!
      const performed = await driver.performStep(request.operation, kind, names, virtual ? request.atMs : undefined)
      requests += performed.exchanges.length
      takeStep(play, request, performed)
    }
    return { play, requests, durationMs: performance.now() - beganMs }
  } finally {
    await driver.forget(names)
    if (stage.cleansUp) {
      const instant = virtual ? (play?.nowMs ?? stage.startMs) : undefined
      await cleanUp(scenario.world, { driver, version: stage.version, names, instant, leftBehind: stage.leftBehind })
    }
  }
}
