import { setTimeout as sleep } from 'node:timers/promises'
import { type CompiledRules, compile } from '../../model/compiled-rules.ts'
import { type MissingOperations, NOTHING_MISSING } from '../../model/implementation.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { allowed, expressed } from '../campaign/expressible.ts'
import { type Played, playScenario, type Stage } from '../campaign/play-scenario.ts'
import { type ChosenDriver, REST } from '../drivers/choose-driver.ts'
import type { Driver, Expresses } from '../drivers/driver.ts'
import { TargetError } from '../errors.ts'
import { type Asked, ask } from '../targets/probing/ask.ts'
import type { Probe } from '../targets/probing/candidate-probes.ts'
import type { Endpoint, Target } from '../targets/target.ts'
import { CONNECTIONS, ForeignServer, isLoopback } from './foreign-server.ts'

/** How far a server's clock may run from ours, on wall time. */
const DRIFT = 0.001
/** How long an answer may take of a server on this machine that is not ours; one that does not answer is found out sooner so. */
const NEAR_TIMEOUT_MS = 10_000
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
  /** What the names of everything that is created begin with. */
  readonly prefix: string
  /** Of a target that is not ours. */
  readonly foreign: ForeignServer | undefined
  /** Operations that the target was found not to know; what it answers to them is judged as that. */
  missing: MissingOperations = NOTHING_MISSING
  #drivers: readonly Driver[]
  readonly #open: (endpoint: Endpoint) => Driver
  readonly #expresses: Expresses
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
    maxRequestsPerSecond?: number,
  ) {
    this.target = target
    this.stop = stop
    this.clock = target.clock === 'virtual' ? { kind: 'virtual', drift: 0 } : { kind: 'wall', drift: DRIFT }
    const isOurs = target.embedded && target.clock === 'virtual'
    this.foreign = isOurs ? undefined : new ForeignServer(target, maxRequestsPerSecond)
    const pace = this.foreign?.pace
    const near = !target.embedded && target.endpoints.every(({ url }) => isLoopback(url))
    const patience = near ? { timeoutMs: NEAR_TIMEOUT_MS } : {}
    this.#open = (endpoint) => driver.open({ endpoint, apiVersion, maxConnections: CONNECTIONS, pace, ...patience })
    this.#drivers = target.endpoints.map(this.#open)
    this.#expresses = allowed(driver.expresses, target.permits)
    this.prefix = prefix
    this.#version = apiVersion
    target.onDeath((reason) => this.stop.abort(new TargetError(reason)))
    stop.signal.addEventListener('abort', () => pace?.dropWaiting(stop.signal.reason))
  }

  /** Plays a scenario in a container of its own, on the server processes in turn; steps that the driver has no call for are left out. */
  readonly play = (scenario: Scenario): Promise<Played> =>
    this.#staged(scenario, (stage, name) => playScenario(stage, expressed(scenario, this.#expresses), name))

  /** Asks whether the target knows an operation, by plain requests, in a container of its own. */
  readonly ask = (probe: Probe): Promise<Asked> =>
    this.#staged(probe.scenario, (stage, name) => ask(stage, probe, name))

  async #staged<T>(scenario: Scenario, use: (stage: Stage, name: string) => Promise<T>): Promise<T> {
    this.stop.signal.throwIfAborted()
    await this.foreign?.admission(this.rules, scenario, this.#version, this.stop.signal)
    const number = this.#played++
    const stage: Stage = {
      rules: this.rules,
      driver: this.#drivers[number % this.#drivers.length]!,
      clock: this.clock,
      version: this.#version,
      startMs: this.#startMs,
      signal: this.stop.signal,
      cleansUp: !this.target.embedded,
      inside: this.target.endpoints[0]!.container,
      leftBehind: (container: string, hindrance: string) => void this.leftBehind.set(container, hindrance),
      missing: this.missing,
      foreign: this.foreign,
    }
    const playing = use(stage, `${this.prefix}-${number}`)
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
    if (this.#played > 0 && !this.target.embedded)
      await this.foreign?.sweep(this.#drivers[0]!, this.#version, this.prefix, this.leftBehind)
    await Promise.allSettled(this.#drivers.map((driver) => driver.close()))
    await this.target.close()
  }
}
