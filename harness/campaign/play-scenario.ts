import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import type { MissingOperations } from '../../model/implementation.ts'
import type { ResourceKind, ResourceName } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Instant } from '../../model/time.ts'
import type { TraceClock } from '../../model/trace.ts'
import { nextRequest, type Play, startPlay, takeStep } from '../../properties/play.ts'
import { wallNowMs } from '../clock/wall.ts'
import type { Driver, Performed } from '../drivers/driver.ts'
import { UnpreparedError } from '../errors.ts'
import { type Asked, askedAgain } from './asked-again.ts'
import { cleanUp } from './clean-up.ts'
import type { Hearing } from './hearing.ts'
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
  /** The container that is there and that everything takes place in; default: a scenario makes its own. */
  readonly inside?: string | undefined
  /** Hears of a container or share that could not be removed. */
  readonly leftBehind: (realName: string, hindrance: string) => void
  /** Operations that the target is known not to know. */
  readonly missing?: MissingOperations | undefined
  /** Of a server that is not ours: it may be too busy, and lose answers. */
  readonly foreign?: Foreign | undefined
}

export interface Foreign {
  readonly isRealService: boolean
  readonly hearing: Hearing
  /** Hears of everything that will have to be removed, before it is created. */
  readonly creating: (realName: string) => void
  /** Hears of what was removed. */
  readonly removed: (realName: string) => void
}

/** How long it is tried to set a world up; what failed once is begun anew under other names, since it may yet come to be. */
const PREPARE_LIMIT_MS = 60_000
const MIN_PREPARATIONS = 8

/**
 * Sets a scenario's world up under names of its own, and plays it to its end or to where it can't be judged further.
 * @param baseName what the names of its containers and shares begin with; no other scenario has it.
 */
export async function playScenario(stage: Stage, scenario: Scenario, baseName: string): Promise<Played> {
  const beganMs = performance.now()
  for (let preparations = 1; ; preparations++) {
    try {
      return await play(stage, scenario, preparations === 1 ? baseName : `${baseName}r${preparations}`)
    } catch (error) {
      const isHopeless = preparations >= MIN_PREPARATIONS && performance.now() - beganMs > PREPARE_LIMIT_MS
      if (!(error instanceof UnpreparedError) || stage.foreign === undefined || isHopeless) throw error
    }
  }
}

async function play(stage: Stage, scenario: Scenario, baseName: string): Promise<Played> {
  const { rules, driver, clock, signal, inside, foreign } = stage
  const virtual = clock.kind === 'virtual'
  let names = realNames(scenario.world, baseName, inside)
  const kinds = new Map<ResourceName, ResourceKind>(scenario.world.map(({ name, kind }) => [name, kind]))
  const beganMs = performance.now()
  signal.throwIfAborted()
  let play: Play | undefined
  if (foreign !== undefined)
    for (const { name, kind } of scenario.world) if (isRemoved(kind, inside)) foreign.creating(names.get(name)!)
  try {
    const prepared = await driver.prepare(made(scenario.world, inside), names, virtual ? stage.startMs : undefined)
    names = prepared.names
    let { requests } = prepared
    const startMs = virtual ? stage.startMs : wallNowMs()
    play = startPlay(rules, scenario, {
      clock,
      version: stage.version,
      startMs,
      etags: prepared.etags,
      missing: stage.missing,
    })
    for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
      signal.throwIfAborted()
      if (!virtual) await sleep(Math.max(0, request.atMs - wallNowMs()), undefined, { signal })
      const kind = kinds.get(request.operation.on)!
      const { step, operation, atMs } = request
      const asked = await ask(stage, () =>
        driver.performStep(operation, kind, names, virtual ? atMs : undefined, step.way),
      )
      requests += asked.exchanges.length + (asked.refused?.length ?? 0)
      takeStep(play, request, asked)
    }
    return { play, requests, durationMs: performance.now() - beganMs }
  } finally {
    await driver.forget(names)
    if (stage.cleansUp) {
      const instant = virtual ? (play?.nowMs ?? stage.startMs) : undefined
      const { version, leftBehind } = stage
      const context = { driver, version, names, instant, leftBehind, removed: foreign?.removed }
      await cleanUp(scenario.world, { ...context, inside: inside !== undefined })
    }
  }
}

/** What of a world clean-up removes by its name; all else goes with it. */
function isRemoved(kind: ResourceKind, inside: string | undefined): boolean {
  return kind === 'share' || kind === (inside === undefined ? 'container' : 'blob')
}

async function ask({ foreign, signal }: Stage, perform: () => Promise<Performed>): Promise<Asked> {
  if (foreign === undefined) return perform()
  const asked = await askedAgain(perform, signal, foreign.isRealService)
  foreign.hearing.note(asked.exchanges)
  return asked
}

/** What of a world has to be made; the container that everything takes place in is there. */
function made(world: Scenario['world'], inside: string | undefined): Scenario['world'] {
  return inside === undefined ? world : world.filter(({ kind }) => kind !== 'container')
}
