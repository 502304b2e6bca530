import { TargetError } from '../errors.ts'
import type { Intake } from './intake.ts'

/** A server that has kept so many scenarios in memory gets slower, and is replaced. */
const SCENARIOS_A_SERVER = 2500

export interface ServersOptions {
  /** How many servers there are. */
  readonly servers: number
  /** Replaces the servers by fresh ones, where they are ours; nothing may be under way. */
  readonly restart?: (() => Promise<void>) | undefined
}

/** The servers that a campaign plays on. */
export class Servers {
  readonly #options: ServersOptions
  readonly #intake: Intake
  /** How many scenarios had been played when the servers were started. */
  #playedBefore = 0

  constructor(options: ServersOptions, intake: Intake) {
    this.#options = options
    this.#intake = intake
  }

  /** Replaces servers of ours that have kept too much; nothing but shrinking may be under way. */
  async replaceFull(): Promise<void> {
    const { servers, restart } = this.#options
    const kept = this.#intake.ledger.scenarios - this.#playedBefore
    if (restart !== undefined && kept > SCENARIOS_A_SERVER * servers) await this.replace('the servers are full')
  }

  /** @throws TargetError with the reason if they are not ours to replace. */
  async replace(reason: string): Promise<void> {
    const { restart } = this.#options
    await this.#intake.shrunk()
    if (restart === undefined) throw new TargetError(reason)
    await restart()
    this.#playedBefore = this.#intake.ledger.scenarios
  }
}
