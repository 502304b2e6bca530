import { KINDS, type ResourceKind, type Service } from '../../model/resource.ts'
import type { OperationStep, Scenario } from '../../model/scenario.ts'
import { isUndisturbed } from '../../model/undisturbed.ts'
import type { Use } from '../../model/uses.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { Play } from '../../properties/play.ts'
import { TargetError } from '../errors.ts'
import { canBeMade } from '../targets/probing/needed-operations.ts'
import type { LeftOut } from '../targets/probing/survey.ts'

/** The plainest things that a server does: as long as it is sound it does them as it did at the start. */
const CANARIES: readonly Scenario[] = [
  canary('blob', 'listBlobs', 'getBlobProperties', 'getBlob'),
  canary('container', 'listContainers', 'getContainerProperties', 'getContainerMetadata'),
  canary('share', 'listShares', 'getShareProperties', 'getShareMetadata'),
]

const SERVICES: readonly Service[] = ['blob', 'file']

function canary(on: ResourceKind, list: Use, look: Use, read: Use): Scenario {
  const steps: readonly OperationStep[] = [
    { do: list, on },
    { do: look, on },
    { do: 'acquire', on, proposedLeaseId: 'A', duration: '15' },
    { do: read, on },
    { do: 'release', on, leaseId: 'A' },
  ]
  return { world: WORLDS[on]!, steps }
}

/**
 * Tells a server that something has poisoned from one that merely diverges: whatever a scenario did to it, other resources
 * have to be served as before.
 */
export class Canary {
  readonly #servers: number
  readonly #play: (scenario: Scenario) => Promise<Play>
  readonly #canary: Scenario
  #songs: readonly string[] | undefined

  /**
   * @param play plays on the servers in turn, so that as many plays as there are servers reach each of them once.
   * @param leftOut what the servers do not know: the canary is something that they can make.
   * @param services those that are checked: others may not be open to whoever asks.
   */
  constructor(
    servers: number,
    play: (scenario: Scenario) => Promise<Play>,
    leftOut: LeftOut = new Map(),
    services: readonly Service[] = SERVICES,
  ) {
    this.#servers = servers
    this.#play = play
    const open = CANARIES.filter(({ world }) => services.includes(KINDS[world[0]!.kind].service))
    this.#canary = open.find(({ world }) => canBeMade(world, leftOut)) ?? open[0] ?? CANARIES[0]!
  }

  /** @throws TargetError if a server does not answer as it did the first time. */
  async listen(): Promise<void> {
    const complaint = await this.complaint()
    if (complaint !== undefined) throw new TargetError(complaint)
  }

  /** What is wrong with a server that does not answer as it did the first time. */
  async complaint(): Promise<string | undefined> {
    const plays = await Promise.all(Array.from({ length: this.#servers }, () => this.#heard()))
    const songs = plays.map(song).sort()
    this.#songs ??= songs
    const changed = songs.find((each, index) => each !== this.#songs![index])
    if (changed === undefined) return undefined
    return (
      `the server no longer does what it did at the start: plain requests were answered ${this.#songs.join(' and ')}, and now ${changed}; ` +
      'something in this run has poisoned it, and what it answered last proves nothing'
    )
  }

  /**
   * A play that was answered throughout, if there is hope of one: a request that was lost on the way says nothing of the server.
   * Several servers are ours, and nothing is lost on the way to them.
   */
  async #heard(): Promise<Play> {
    let play = await this.#play(this.#canary)
    for (let plays = 1; plays < MAX_PLAYS && this.#servers === 1 && !isUndisturbed(play.trace); plays++)
      play = await this.#play(this.#canary)
    return play
  }
}

/** A sound server answers one of so many plays throughout. */
const MAX_PLAYS = 5

/** The statuses that a play was answered with. */
function song({ trace }: Play): string {
  return trace.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer?.status ?? 'nothing')).join(', ')
}
