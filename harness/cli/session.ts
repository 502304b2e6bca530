import { type CompiledRules, compile } from '../../model/respond.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import { type Played, playScenario } from '../campaign/play-scenario.ts'
import { type Driver, restDriver } from '../drivers/rest.ts'
import { TargetError } from '../errors.ts'
import type { Target } from '../targets/target.ts'

/** How far a server's clock may run from ours, on wall time. */
const DRIFT = 0.001
/** Requests that may be under way to one server process. */
const CONNECTIONS = 32

/** A target with drivers for its server processes, on which scenarios can be played. */
export class Session {
  readonly rules: CompiledRules = compile(RULES)
  readonly target: Target
  readonly clock: TraceClock
  readonly stop = new AbortController()
  readonly #drivers: readonly Driver[]
  readonly #prefix: string
  readonly #startMs = Math.floor(Date.now() / 1000) * 1000
  readonly #underWay = new Set<Promise<unknown>>()
  #played = 0

  constructor(target: Target, apiVersion: string, prefix: string) {
    this.target = target
    this.clock = target.clock === 'virtual' ? { kind: 'virtual', drift: 0 } : { kind: 'wall', drift: DRIFT }
    this.#drivers = target.endpoints.map((endpoint) =>
      restDriver({ endpoint, apiVersion, maxConnections: CONNECTIONS }),
    )
    this.#prefix = prefix
    target.onDeath((reason) => this.stop.abort(new TargetError(reason)))
  }

  /** Plays a scenario in a container of its own, on the server processes in turn. Ours need no clean-up: they forget. */
  readonly play = async (scenario: Scenario): Promise<Played> => {
    const number = this.#played++
    const driver = this.#drivers[number % this.#drivers.length]!
    const name = `${this.#prefix}-${number}`
    const { rules, clock } = this
    const cleansUp = this.target.name !== 'azurite'
    const playing = playScenario(
      { rules, driver, clock, startMs: this.#startMs, signal: this.stop.signal, cleansUp },
      scenario,
      name,
    )
    this.#underWay.add(playing)
    playing.finally(() => this.#underWay.delete(playing)).catch(() => {})
    return playing
  }

  /** Waits for clean-up, then lets the target go. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay)
    await Promise.allSettled(this.#drivers.map((driver) => driver.close()))
    await this.target.close()
  }
}
