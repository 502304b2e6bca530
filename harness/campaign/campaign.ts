import { readToken } from '../../model/notation.ts'
import type { CompiledRules } from '../../model/respond.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import type { Leg } from '../../properties/tour.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { Bucket, Footer, ResultEvent, ScenarioVerdict } from '../../reports/results.ts'
import { keyOf, type Sighting, signatureOf } from './buckets.ts'
import { Canary } from './canary.ts'
import { inOrder } from './in-order.ts'
import { Ledger, type LedgerOptions, verdictEvent } from './ledger.ts'
import { Obstacles } from './obstacles.ts'
import type { Plan } from './plan.ts'
import type { Played } from './play-scenario.ts'
import { divergenceIn, shrunk } from './shrink.ts'

export interface CampaignOptions extends LedgerOptions {
  readonly rules: CompiledRules
  readonly plan: Plan
  /** Why a baseline entry does not belong to what was selected; undefined if it does. */
  readonly excluded: (entry: BaselineEntry) => string | undefined
  /** Stops at the first new divergence that fails the run. */
  readonly bail: boolean
  /** The instant of `performance.now()` after which nothing new is begun; random scenarios fill the time until then. */
  readonly untilMs: number | undefined
  readonly inFlight: number
  /** Plays a scenario on the servers in turn. */
  readonly play: (scenario: Scenario) => Promise<Played>
  /** How many servers there are. */
  readonly servers: number
  readonly stop: AbortController
}

/** What a campaign tells while it runs. */
export interface Listener {
  /** A line of the results, in an order that does not depend on timing. */
  readonly event: (event: ResultEvent) => void
  /** A new bucket, as soon as it has been shrunk. */
  readonly found: (bucket: Bucket) => void
  readonly progress: (state: Progress) => void
}

export interface Progress {
  readonly phase: 'baseline' | 'tour' | 'random'
  readonly scenarios: number
  readonly planned: number
  readonly requests: number
  readonly cells: number
}

/** How often the tour goes around divergences before it leaves what is left unreached. */
const MAX_DETOURS = 6

/** Runs a plan against a target: first the baseline's scenarios, then the tour, then random ones. */
export class Campaign {
  readonly ledger: Ledger
  readonly #options: CampaignOptions
  readonly #listener: Listener
  readonly #obstacles: Obstacles
  readonly #canary: Canary
  #shrinking: Promise<void> = Promise.resolve()
  #planned: number

  constructor(options: CampaignOptions, listener: Listener) {
    this.ledger = new Ledger(options)
    this.#options = options
    this.#listener = listener
    this.#obstacles = new Obstacles(options.rules)
    this.#canary = new Canary(options.servers, async (scenario) => (await options.play(scenario)).play)
    this.#planned = (options.baseline?.entries.length ?? 0) + options.plan.tour.length + options.plan.runs
  }

  /** @throws what `play` throws; `finish` then tells how far it came. */
  async run(): Promise<void> {
    await this.#canary.listen()
    await this.#checkBaseline()
    await this.#takeTour()
    await this.#wander()
    await this.#shrinking
    await this.#canary.listen()
  }

  /** Tells the last events but the footer, and returns the footer; its exit status covers divergences only. */
  finish(end: Pick<Footer, 'complete' | 'reason'>, durationMs: number): Footer {
    const { machines, wanted } = this.#options.plan
    for (const event of this.ledger.summary()) this.#listener.event(event)
    const covered = this.ledger.coverage.report(machines, wanted, this.#obstacles.masked(machines))
    return { event: 'footer', ...end, ...this.ledger.totals(), ...covered, durationMs }
  }

  /** Whether anything was judged, and a lease was seen to be held if that was looked for. */
  get provedSomething(): boolean {
    const { machines, wanted } = this.#options.plan
    const { cells } = this.ledger.coverage
    const isHeld = (cell: string) => cell.includes('| leased')
    const looksForLeases = machines.some(({ visits }) =>
      [...visits.values()].some((visit) => isHeld(visit.cell) && wanted(visit)),
    )
    return cells.size > 0 && (!looksForLeases || [...cells].some(isHeld))
  }

  async #checkBaseline(): Promise<void> {
    const { baseline, excluded, play, inFlight } = this.#options
    const runnable: { readonly entry: BaselineEntry; readonly scenario: Scenario }[] = []
    for (const entry of baseline?.entries ?? []) {
      const read = readToken(entry.scenario)
      if ('error' in read) this.ledger.settle(entry, 'not checked', read.error)
      else {
        const reason = excluded(entry)
        if (reason === undefined) runnable.push({ entry, scenario: read.scenario })
        else this.ledger.settle(entry, 'not checked', reason)
      }
    }
    const checks = inOrder(runnable, inFlight, async ({ entry, scenario }) => ({ entry, played: await play(scenario) }))
    for await (const { entry, played } of checks) {
      this.#take(played, 'baseline')
      if (divergenceIn(played.play, entry) === undefined) this.ledger.settle(entry, 'gone', goneBecause(played.play))
      else this.ledger.fill(entry, played.play)
    }
  }

  /** Takes the planned tour, then tours of what divergences kept from being reached, around them. */
  async #takeTour(): Promise<void> {
    const { plan } = this.#options
    await this.#takeLegs(plan.tour)
    for (let detour = 0; detour < MAX_DETOURS && !this.#isTimeUp(); detour++) {
      const left = this.#obstacles.detours(
        plan,
        (visit) => plan.wanted(visit) && !this.ledger.coverage.cells.has(visit.cell),
      )
      if (left.length === 0) return
      this.#planned += left.length
      await this.#takeLegs(left)
    }
  }

  async #takeLegs(legs: readonly Leg[]): Promise<void> {
    const { inFlight } = this.#options
    for await (const played of inOrder(this.#untilTimeIsUp(legs), inFlight, (leg) => this.#playLeg(leg))) {
      for (const each of played) this.#take(each, 'tour')
    }
  }

  /** Plays a leg, and what is left of it behind each divergence that cut it short. */
  async #playLeg(leg: Leg): Promise<readonly Played[]> {
    const all: Played[] = []
    for (let left: Leg | undefined = leg; left !== undefined; left = remainder(left, all.at(-1)!.play)) {
      all.push(await this.#options.play(left.scenario))
    }
    return all
  }

  async #wander(): Promise<void> {
    const { plan, untilMs } = this.#options
    const most = untilMs === undefined ? plan.runs : Number.POSITIVE_INFINITY
    for (let round = 0, done = 0; done < most && !this.#isTimeUp(); round++) {
      const scenarios = plan.random(round, most - done)
      done += scenarios.length
      await this.#playRandom(scenarios)
    }
  }

  async #playRandom(scenarios: readonly Scenario[]): Promise<void> {
    const { inFlight, play } = this.#options
    const open = scenarios
      .map((scenario) => this.#obstacles.upToObstacle(scenario))
      .filter(({ steps }) => steps.some((step) => !isWait(step)))
    for await (const played of inOrder(this.#untilTimeIsUp(open), inFlight, play)) this.#take(played, 'random')
  }

  #isTimeUp(): boolean {
    const { untilMs } = this.#options
    return untilMs !== undefined && performance.now() >= untilMs
  }

  *#untilTimeIsUp<T>(things: readonly T[]): Generator<T> {
    for (const thing of things) {
      if (this.#isTimeUp()) return
      yield thing
    }
  }

  #take(played: Played, origin: Progress['phase'] & ScenarioVerdict['origin']): void {
    this.#listener.event(verdictEvent(played, origin))
    for (const sighting of this.ledger.enter(played, origin)) this.#shrink(sighting)
    this.#obstacles.add(played.play)
    const { scenarios, requests, coverage } = this.ledger
    this.#listener.progress({ phase: origin, scenarios, planned: this.#planned, requests, cells: coverage.cells.size })
  }

  /** Shrinks a new divergence beside everything else, one after the other so that they are told in order. */
  #shrink({ signature, play }: Sighting): void {
    const { rules, plan, bail, stop } = this.#options
    const onTarget = async (scenario: Scenario) => (await this.#options.play(scenario)).play
    this.#shrinking = this.#shrinking.then(async () => {
      const bucket = this.ledger.fill(signature, await shrunk(rules, plan.machines, signature, play, onTarget))
      this.#listener.found(bucket)
      if (bail && bucket.fails) stop.abort(new Bailed())
    })
    this.#shrinking.catch(() => {})
  }
}

/** The run was asked to stop at the first new divergence. */
export class Bailed extends Error {
  override readonly message = 'stopped at the first new divergence, as --bail asks'
}

/** What is left of a leg behind the divergence that cut it short, approached again by its path. */
function remainder({ scenario, retryFrom }: Leg, { judgement, verdicts }: Play): Leg | undefined {
  const done = verdicts.length
  if (!judgement.ended || done <= retryFrom || done >= scenario.steps.length) return undefined
  const steps = [...scenario.steps.slice(0, retryFrom), ...scenario.steps.slice(done)]
  return { scenario: { ...scenario, steps }, retryFrom }
}

function goneBecause({ verdicts }: Play): string {
  const other = verdicts.flatMap(({ divergences }) => divergences)[0]
  return other === undefined
    ? 'its scenario agrees now'
    : `its scenario diverges otherwise now: ${keyOf(signatureOf(other))}`
}
