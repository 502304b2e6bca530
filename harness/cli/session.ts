import { setTimeout as sleep } from 'node:timers/promises'
import { type CompiledRules, compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { expressed } from '../campaign/expressible.ts'
import { type Played, playScenario } from '../campaign/play-scenario.ts'
import { type ChosenDriver, REST } from '../drivers/choose-driver.ts'
import type { Driver, Expresses } from '../drivers/driver.ts'
import { TargetError } from '../errors.ts'
import type { Endpoint, Target } from '../targets/target.ts'

/** How far a server's clock may run from ours, on wall time. */
const DRIFT = 0.001
/** Requests that may be under way to one server process. */
const CONNECTIONS = 32
/** How long the news that a server process died may come after the broken connection that it caused. */
const DEATH_NEWS_MS = 500

/** A target with drivers for its server processes, on which scenarios can be played. */
export class Session {
  readonly rules: CompiledRules = compile(RULES)
  readonly target: Target
  readonly clock: TraceClock
  /** Stops everything: nothing more is sent but what removes containers. */
  readonly stop: AbortController
  /** Containers that could not be removed, and what stood in the way. */
  readonly leftBehind = new Map<string, string>()
  #drivers: readonly Driver[]
  readonly #open: (endpoint: Endpoint) => Driver
  readonly #expresses: Expresses
  readonly #prefix: string
  readonly #version: string
  readonly #startMs = Math.floor(Date.now() / 1000) * 1000
  readonly #underWay = new Set<Promise<unknown>>()
  #played = 0

  constructor(
    target: Target,
    apiVersion: string,
    prefix: string,
    stop: AbortController = new AbortController(),
    driver: Pick<ChosenDriver, 'open' | 'expresses'> = REST,
  ) {
    this.target = target
    this.stop = stop
    this.clock = target.clock === 'virtual' ? { kind: 'virtual', drift: 0 } : { kind: 'wall', drift: DRIFT }
    this.#open = (endpoint) => driver.open({ endpoint, apiVersion, maxConnections: CONNECTIONS })
    this.#drivers = target.endpoints.map(this.#open)
    this.#expresses = driver.expresses
    this.#prefix = prefix
    this.#version = apiVersion
    target.onDeath((reason) => this.stop.abort(new TargetError(reason)))
  }

  /** Plays a scenario in a container of its own, on the server processes in turn; steps that the driver has no call for are left out. */
  readonly play = async (scenario: Scenario): Promise<Played> => {
    this.stop.signal.throwIfAborted()
    const number = this.#played++
    const driver = this.#drivers[number % this.#drivers.length]!
    const name = `${this.#prefix}-${number}`
    const stage = {
      rules: this.rules,
      driver,
      clock: this.clock,
      version: this.#version,
      startMs: this.#startMs,
      signal: this.stop.signal,
      cleansUp: !this.target.embedded,
      leftBehind: (container: string, hindrance: string) => void this.leftBehind.set(container, hindrance),
    }
    const playing = playScenario(stage, expressed(scenario, this.#expresses), name)
    this.#underWay.add(playing)
    playing.finally(() => this.#underWay.delete(playing)).catch(() => {})
    return playing
  }

  /** Replaces the servers by fresh ones; undefined where they are not ours. Waits for what is under way. */
  get restart(): (() => Promise<void>) | undefined {
    const { restart } = this.target
    if (restart === undefined) return undefined
    return async () => {
      while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
      await Promise.allSettled(this.#drivers.map((driver) => driver.close()))
      this.#drivers = (await restart()).map(this.#open)
    }
  }

  /**
   * Stops what is under way because of an error, and tells the reason behind it: a server that dies breaks connections
   * first, and its death says more than they do.
   */
  async fail(error: unknown): Promise<unknown> {
    if (error instanceof TargetError && !this.stop.signal.aborted) await sleep(DEATH_NEWS_MS)
    const reason: unknown = this.stop.signal.aborted ? this.stop.signal.reason : error
    this.stop.abort(reason)
    return reason
  }

  /** Waits for clean-up, then lets the target go. */
  async close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
    await Promise.allSettled(this.#drivers.map((driver) => driver.close()))
    await this.target.close()
  }
}
