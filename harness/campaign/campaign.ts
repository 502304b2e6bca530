import type { Visit } from '../../model/machine.ts'
import { readToken } from '../../model/notation.ts'
import type { CompiledRules } from '../../model/respond.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import type { Leg } from '../../properties/tour.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { Bucket, Footer, ResultEvent, ScenarioVerdict } from '../../reports/results.ts'
import { TargetError } from '../errors.ts'
import { keyOf, type Shown, type Sighting, signatureOf } from './buckets.ts'
import { Canary } from './canary.ts'
import { type Contrast, propertyIn } from './contrast.ts'
import { inOrder } from './in-order.ts'
import { Ledger, type LedgerOptions, verdictEvent } from './ledger.ts'
import { Obstacles } from './obstacles.ts'
import { isHostile, type Plan } from './plan.ts'
import type { Played } from './play-scenario.ts'
import { remainder } from './remainder.ts'
import { divergenceIn, shrunk } from './shrink.ts'
import { shrunkContrast } from './shrink-contrast.ts'
import { type Compared, compared, type TwinPlan, twinPlan, twinPlans } from './twins.ts'

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
  /** Replaces the servers by fresh ones, where they are ours; nothing may be under way. */
  readonly restart?: (() => Promise<void>) | undefined
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
  readonly phase: 'baseline' | 'tour' | 'random' | 'twins' | 'hostile'
  readonly scenarios: number
  readonly planned: number
  readonly requests: number
  readonly cells: number
}

/** How often the tour goes around divergences before it leaves what is left unreached. */
const MAX_DETOURS = 12

/** Of so many scenarios of a random round the twins are played. */
const MAX_TWINNED = 8

/** After so many hostile scenarios the servers are asked whether they are sound. */
const HOSTILE_PORTION = 40

/** A server that has kept so many scenarios in memory gets slower, and is replaced. */
const SCENARIOS_A_SERVER = 2500

/**
 * Runs a plan against a target: first the baseline's scenarios, then the tour, then random ones and twins of some of them;
 * last what is hostile, since a server may not recover from it.
 */
export class Campaign {
  readonly ledger: Ledger
  readonly #options: CampaignOptions
  readonly #listener: Listener
  readonly #obstacles: Obstacles
  readonly #canary: Canary
  #shrinking: Promise<void> = Promise.resolve()
  #planned: number
  /** How many scenarios had been played when the servers were started. */
  #playedBefore = 0

  constructor(options: CampaignOptions, listener: Listener) {
    this.ledger = new Ledger(options)
    this.#options = options
    this.#listener = listener
    this.#obstacles = new Obstacles(options.rules, options.plan.version)
    this.#canary = new Canary(options.servers, async (scenario) => (await options.play(scenario)).play)
    const { plan, baseline } = options
    this.#planned = (baseline?.entries.length ?? 0) + plan.tour.length + plan.runs + plan.hostile.length
  }

  /** @throws what `play` throws; `finish` then tells how far it came. */
  async run(): Promise<void> {
    const { plan } = this.#options
    const { peaceful, hostile } = this.#checks()
    await this.#canary.listen()
    await this.#checkBaseline(peaceful)
    await this.#takeTour(plan.tour, (visit) => !isHostile(visit.rules))
    await this.#wander()
    await this.#shrinking
    await this.#canary.listen()
    if (hostile.length + plan.hostile.length === 0) return
    await this.#checkBaseline(hostile)
    await this.#takeTour(plan.hostile, (visit) => isHostile(visit.rules))
    await this.#shrinking
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

  /** The entries of the baseline that can be checked; the others are settled. */
  #checks(): { readonly peaceful: readonly Check[]; readonly hostile: readonly Check[] } {
    const { baseline, excluded } = this.#options
    const runnable: Check[] = []
    for (const entry of baseline?.entries ?? []) {
      const read = readToken(entry.scenario)
      if ('error' in read) this.ledger.settle(entry, 'not checked', read.error)
      else {
        const reason = excluded(entry)
        if (reason === undefined) runnable.push({ entry, scenario: read.scenario })
        else this.ledger.settle(entry, 'not checked', reason)
      }
    }
    const [hostile, peaceful] = [true, false].map((is) =>
      runnable.filter(({ entry }) => isHostile([entry.rule]) === is),
    )
    return { hostile: hostile!, peaceful: peaceful! }
  }

  async #checkBaseline(runnable: readonly Check[]): Promise<void> {
    const { play, inFlight } = this.#options
    const checks = inOrder(runnable, inFlight, async ({ entry, scenario }) => {
      const name = propertyIn(entry.rule)
      const played = await play(scenario)
      const plan = name && twinPlan(name, played)
      return { entry, played, twinned: plan && (await compared(plan, play)) }
    })
    for await (const { entry, played, twinned } of checks) {
      this.#take(played, 'baseline')
      if (twinned !== undefined) this.#takeTwin(twinned, 'baseline')
      const shown = twinned?.contrast ?? played
      if (divergenceIn(shown.play, entry) === undefined) this.ledger.settle(entry, 'gone', goneBecause(shown.play))
      else this.ledger.fill(entry, shownBy(shown))
    }
  }

  /** Takes a planned tour, then tours of what divergences kept from being reached, around them. */
  async #takeTour(legs: readonly Leg[], belongs: (visit: Visit) => boolean): Promise<void> {
    const { plan } = this.#options
    const take = (some: readonly Leg[]) => (legs === plan.hostile ? this.#takeHostile(some) : this.#takeLegs(some))
    await take(legs)
    for (let detour = 0; detour < MAX_DETOURS && !this.#isTimeUp(); detour++) {
      const left = this.#obstacles.detours(
        plan,
        (visit) => plan.wanted(visit) && belongs(visit) && !this.ledger.coverage.cells.has(visit.cell),
      )
      if (left.length === 0) return
      this.#planned += left.length
      await take(left)
    }
  }

  /** Hostile legs, some at a time: what they show counts only if the servers are sound afterwards. */
  async #takeHostile(legs: readonly Leg[]): Promise<void> {
    for (let first = 0; first < legs.length && !this.#isTimeUp(); first += HOSTILE_PORTION) {
      const portion = legs.slice(first, first + HOSTILE_PORTION)
      const all = await collected(inOrder(portion, this.#options.inFlight, (leg) => this.#playLeg(leg)))
      const complaint = await this.#canary.complaint()
      if (complaint === undefined) for (const played of all.flat()) this.#take(played, 'hostile')
      else await this.#takeOneByOne(portion, complaint)
    }
  }

  /** Legs of which one has poisoned a server: each has servers to itself, and poisoned ones are replaced. */
  async #takeOneByOne(legs: readonly Leg[], complaint: string): Promise<void> {
    await this.#replaceServers(complaint)
    for (const leg of legs) {
      for (const played of await this.#playLeg(leg)) this.#take(played, 'hostile')
      await this.#shrinking
      const again = await this.#canary.complaint()
      if (again !== undefined) await this.#replaceServers(again)
    }
  }

  /** @throws TargetError if they are not ours to replace. */
  async #replaceServers(reason: string): Promise<void> {
    const { restart } = this.#options
    await this.#shrinking
    if (restart === undefined) throw new TargetError(reason)
    await restart()
    this.#playedBefore = this.ledger.scenarios
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
      const kept = this.ledger.scenarios - this.#playedBefore
      const { restart, servers } = this.#options
      if (restart !== undefined && kept > SCENARIOS_A_SERVER * servers)
        await this.#replaceServers('the servers are full')
    }
  }

  async #playRandom(scenarios: readonly Scenario[]): Promise<void> {
    const { inFlight, play } = this.#options
    const open = scenarios
      .map((scenario) => this.#obstacles.upToObstacle(scenario))
      .filter(({ steps }) => steps.some((step) => !isWait(step)))
    const plays: Played[] = []
    for await (const played of inOrder(this.#untilTimeIsUp(open), inFlight, play)) {
      this.#take(played, 'random')
      plays.push(played)
    }
    await this.#playTwins(twinPlans(plays, MAX_TWINNED))
  }

  async #playTwins(plans: readonly TwinPlan[]): Promise<void> {
    const { inFlight, play } = this.#options
    this.#planned += plans.length
    const all = inOrder(this.#untilTimeIsUp(plans), inFlight, (plan) => compared(plan, play))
    for await (const twinned of all) this.#takeTwin(twinned, 'twins')
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

  #takeTwin({ twin, contrast }: Compared, origin: 'baseline' | 'twins'): void {
    this.#take(twin, origin)
    for (const sighting of contrast === undefined ? [] : this.ledger.enterContrast(contrast, origin))
      this.#shrink(sighting, contrast)
  }

  /** Shrinks a new divergence beside everything else, one after the other so that they are told in order. */
  #shrink(sighting: Sighting, contrast?: Contrast): void {
    const { bail, stop } = this.#options
    this.#shrinking = this.#shrinking.then(async () => {
      const bucket = this.ledger.fill(sighting.signature, await this.#shortest(sighting, contrast))
      this.#listener.found(bucket)
      if (bail && bucket.fails) stop.abort(new Bailed())
    })
    this.#shrinking.catch(() => {})
  }

  async #shortest({ signature, shown }: Sighting, contrast: Contrast | undefined): Promise<Shown> {
    const { rules, plan, play } = this.#options
    const name = propertyIn(signature.rule)
    if (contrast !== undefined && name !== undefined) {
      const contrastIn = async (scenario: Scenario) => {
        const twin = twinPlan(name, await play(scenario))
        return twin && (await compared(twin, play)).contrast
      }
      return shownBy(await shrunkContrast(contrast, contrastIn))
    }
    const onTarget = async (scenario: Scenario) => (await play(scenario)).play
    return { play: await shrunk(rules, plan.machines, signature, shown.play, onTarget) }
  }
}

/** An entry of the baseline and the scenario that shows it. */
interface Check {
  readonly entry: BaselineEntry
  readonly scenario: Scenario
}

async function collected<T>(things: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const thing of things) all.push(thing)
  return all
}

function shownBy(shown: Contrast | Played): Shown {
  const { play } = shown
  return 'twin' in shown ? { play, twins: { scenario: shown.scenario, twin: shown.twin } } : { play }
}

/** The run was asked to stop at the first new divergence. */
export class Bailed extends Error {
  override readonly message = 'stopped at the first new divergence, as --bail asks'
}

function goneBecause({ verdicts }: Play): string {
  const other = verdicts.flatMap(({ divergences }) => divergences)[0]
  return other === undefined
    ? 'its scenario agrees now'
    : `its scenario diverges otherwise now: ${keyOf(signatureOf(other))}`
}
