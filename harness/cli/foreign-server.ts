import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import { Hearing } from '../campaign/hearing.ts'
import type { Foreign } from '../campaign/play-scenario.ts'
import { requestOffsets } from '../campaign/request-offsets.ts'
import { Timetable } from '../campaign/timetable.ts'
import type { Driver } from '../drivers/driver.ts'
import { type Interference, Pace } from '../drivers/pace.ts'
import { type Leftover, listLeftovers } from '../leftovers/list-leftovers.ts'
import { removeLeftovers } from '../leftovers/remove-leftovers.ts'
import { isRealService } from '../targets/real-service.ts'
import type { Target } from '../targets/target.ts'

/** Requests that may be under way at once to a server that is not ours. */
export const CONNECTIONS = 32
/**
 * What a server that may be shared is asked in a second, unless told otherwise: far below the 20,000 of an account, and
 * enough for a run to be done in some minutes. Source: Scalability and performance targets for standard storage accounts.
 */
const DEFAULT_MAX_PER_SECOND = 100

/** More than this is not planned for on wall time, however fast the server answers: we have to keep up as well. */
const MOST_PER_SECOND = 400

/** How many requests a second a target gets; undefined: as many as it answers. */
export function maxPerSecondFor(
  { endpoints }: Pick<Target, 'endpoints'>,
  asked: number | undefined,
): number | undefined {
  return asked ?? (endpoints.every(({ url }) => isLoopback(url)) ? undefined : DEFAULT_MAX_PER_SECOND)
}

/** Whether a URL leads to this machine, where nobody else is in the way. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(hostname)
}

/** What a session keeps of a server that is not ours: its pace, and what it has of ours. */
export class ForeignServer implements Foreign {
  readonly isRealService: boolean
  readonly hearing = new Hearing()
  readonly pace: Pace
  readonly maxPerSecond: number | undefined
  /** Real names of what was created, or may have been, and was not removed yet. */
  readonly standing = new Set<string>()
  readonly #target: Target
  readonly #timetable = new Timetable()

  constructor(target: Target, askedMaxPerSecond: number | undefined) {
    this.#target = target
    this.isRealService = isRealService(target)
    this.maxPerSecond = maxPerSecondFor(target, askedMaxPerSecond)
    this.pace = new Pace({ maxPerSecond: this.maxPerSecond, maxUnderWay: CONNECTIONS })
  }

  get interference(): Interference {
    return this.pace.interference
  }

  /** How many requests a second are counted on if answers take so long. */
  maxPlanned(latencyMs: number): number {
    return Math.min(this.maxPerSecond ?? MOST_PER_SECOND, (CONNECTIONS * 1000) / latencyMs, MOST_PER_SECOND)
  }

  /**
   * Waits until a scenario may begin: on wall time when its requests find the server idle enough, and always when what has begun
   * leaves time for it.
   * @throws the reason of the signal
   */
  async admission(
    rules: CompiledRules,
    scenario: Scenario,
    version: ServiceVersion,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#target.clock === 'wall') {
      const offsetsMs = requestOffsets(rules, scenario, version, this.pace.latencyMs)
      const maxPerSecond = this.maxPlanned(this.pace.latencyMs)
      const nowMs = performance.now()
      await sleep(this.#timetable.book(offsetsMs, maxPerSecond, nowMs) - nowMs, undefined, { signal }).catch(() => {})
    }
    signal.throwIfAborted()
    await this.pace.admission()
    signal.throwIfAborted()
  }

  readonly creating = (realName: string): void => void this.standing.add(realName)
  readonly removed = (realName: string): void => void this.standing.delete(realName)

  /**
   * Removes what a run has left although all its scenarios are cleaned up: a request that was lost may have been served later. What
   * cannot be listed is left to `clean`.
   * @param run `leasecheck-<run id>`
   */
  async sweep(driver: Driver, version: ServiceVersion, run: string, leftBehind: Map<string, string>): Promise<void> {
    const endpoint = this.#target.endpoints[0]!
    const { container: inside, fileUrl } = endpoint
    const kinds: readonly Leftover['kind'][] = [
      inside === undefined ? 'container' : 'blob',
      ...(fileUrl === undefined ? [] : (['share'] as const)),
    ]
    const instant = this.#target.clock === 'virtual' ? Date.now() : undefined
    const lister = { endpoint, apiVersion: version, instant: instant === undefined ? undefined : String(instant) }
    for (const kind of kinds) {
      const found = await listLeftovers(lister, kind, `${run}-`).catch(() => [])
      const remover = { driver, version, instant, inside }
      for await (const { leftover, hindrance } of removeLeftovers(found, { ...remover, signal: NEVER })) {
        if (hindrance !== undefined) leftBehind.set(leftover.name, hindrance)
        else for (const names of [leftBehind, this.standing]) names.delete(leftover.name)
      }
    }
  }
}

const NEVER = new AbortController().signal
