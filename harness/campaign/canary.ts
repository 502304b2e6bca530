import type { Scenario } from '../../model/scenario.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { Play } from '../../properties/play.ts'
import { TargetError } from '../errors.ts'

const on = 'blob'

/** The plainest things that a server does: as long as it is sound it does them as it did at the start. */
const CANARY: Scenario = {
  world: WORLDS[on]!,
  steps: [
    { do: 'listBlobs', on },
    { do: 'getBlobProperties', on },
    { do: 'acquire', on, proposedLeaseId: 'A', duration: '15' },
    { do: 'getBlob', on },
    { do: 'release', on, leaseId: 'A' },
  ],
}

/**
 * Tells a server that something has poisoned from one that merely diverges: whatever a scenario did to it, other resources
 * have to be served as before.
 */
export class Canary {
  readonly #servers: number
  readonly #play: (scenario: Scenario) => Promise<Play>
  #songs: readonly string[] | undefined

  /** @param play plays on the servers in turn, so that as many plays as there are servers reach each of them once. */
  constructor(servers: number, play: (scenario: Scenario) => Promise<Play>) {
    this.#servers = servers
    this.#play = play
  }

  /** @throws TargetError if a server does not answer as it did the first time. */
  async listen(): Promise<void> {
    const complaint = await this.complaint()
    if (complaint !== undefined) throw new TargetError(complaint)
  }

  /** What is wrong with a server that does not answer as it did the first time. */
  async complaint(): Promise<string | undefined> {
    const plays = await Promise.all(Array.from({ length: this.#servers }, () => this.#play(CANARY)))
    const songs = plays.map(song).sort()
    this.#songs ??= songs
    const changed = songs.find((each, index) => each !== this.#songs![index])
    if (changed === undefined) return undefined
    return (
      `the server no longer does what it did at the start: plain requests were answered ${this.#songs.join(' and ')}, and now ${changed}; ` +
      'something in this run has poisoned it, and what it answered last proves nothing'
    )
  }
}

/** The statuses that a play was answered with. */
function song({ trace }: Play): string {
  return trace.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer?.status ?? 'nothing')).join(', ')
}
