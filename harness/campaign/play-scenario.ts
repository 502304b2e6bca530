import { setTimeout as sleep } from 'node:timers/promises'
import { operation } from '../../model/operation.ts'
import type { ResourceKind, ResourceName } from '../../model/resource.ts'
import type { CompiledRules } from '../../model/respond.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Instant } from '../../model/time.ts'
import type { Answer, TraceClock } from '../../model/trace.ts'
import { nextRequest, type Play, startPlay, takeExchange } from '../../properties/play.ts'
import { wallNowMs } from '../clock/wall.ts'
import type { Driver, Names } from '../drivers/rest.ts'
import { ClockError } from '../errors.ts'

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
  /** The instant at which scenarios begin on virtual time; on wall time they begin when they begin. */
  readonly startMs: Instant
  /** Ends the play before its next request. */
  readonly signal: AbortSignal
  /** Whether what was created has to be removed: a server that we started forgets by itself. */
  readonly cleansUp: boolean
  /** Hears of a container that could not be removed. */
  readonly leftBehind: (container: string, hindrance: string) => void
}

/** Sets a scenario's world up under names of its own, and plays it to its end or to where it can't be judged further. */
export async function playScenario(stage: Stage, scenario: Scenario, containerName: string): Promise<Played> {
  const { rules, driver, clock, signal } = stage
  const virtual = clock.kind === 'virtual'
  const names = namesIn(scenario, containerName)
  const kinds = new Map<ResourceName, ResourceKind>(scenario.world.map(({ name, kind }) => [name, kind]))
  const beganMs = performance.now()
  signal.throwIfAborted()
  let play: Play | undefined
  try {
    let requests = await driver.prepare(scenario.world, names, virtual ? stage.startMs : undefined)
    play = startPlay(rules, scenario, clock, virtual ? stage.startMs : wallNowMs())
    for (let request = nextRequest(play); request !== undefined; request = nextRequest(play)) {
      signal.throwIfAborted()
      if (!virtual) await sleep(Math.max(0, request.atMs - wallNowMs()), undefined, { signal })
      const kind = kinds.get(request.operation.on)!
      const exchange = await driver.perform(request.operation, kind, names, virtual ? request.atMs : undefined)
      requests++
      takeExchange(play, request, exchange)
    }
    return { play, requests, durationMs: performance.now() - beganMs }
  } finally {
    if (stage.cleansUp)
      await removeContainers(stage, scenario, names, virtual ? (play?.nowMs ?? stage.startMs) : undefined)
  }
}

/** Removes what a scenario created, with nothing but the operations under test: the lease is broken, then the container goes. */
async function removeContainers(
  { driver, leftBehind }: Stage,
  { world }: Scenario,
  names: Names,
  instant: Instant | undefined,
): Promise<void> {
  for (const { name, kind } of world) {
    if (kind !== 'container') continue
    await driver.perform(operation('break', name, { breakPeriod: '0' }), kind, names, instant).catch(() => {})
    const deletion = operation('deleteContainer', name)
    const hindrance = await driver.perform(deletion, kind, names, instant).then(
      ({ answer }) => (answer === undefined ? 'no answer' : hindranceIn(answer)),
      // The deletion has been served, whatever the server's clock showed.
      (error: Error) => (error instanceof ClockError ? undefined : error.message),
    )
    if (hindrance !== undefined) leftBehind(names.get(name)!, hindrance)
  }
}

function hindranceIn({ status, code }: Answer): string | undefined {
  return status < 300 || status === 404 ? undefined : `${status}${code === undefined ? '' : ` ${code}`}`
}

/** Real names: every scenario owns its container, and a blob lives inside it. */
function namesIn({ world }: Scenario, containerName: string): Names {
  const containers = world.filter(({ kind }) => kind === 'container')
  const nameOf = (name: ResourceName) => (containers.length === 1 ? containerName : `${containerName}-${name}`)
  return new Map(
    world.map(({ name, kind, parent }) => [
      name,
      kind === 'container' ? nameOf(name) : `${nameOf(parent ?? name)}/${name}`,
    ]),
  )
}
