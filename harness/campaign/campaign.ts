import type { Divergence } from '../../model/judge.ts'
import { explore, type Machine, type Visit } from '../../model/machine.ts'
import { readToken, tokenOf } from '../../model/notation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { CompiledRules } from '../../model/respond.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { simulate } from '../../properties/simulation.ts'
import { type Leg, tour } from '../../properties/tour.ts'
import { type Baseline, type BaselineEntry, entryFor, isExpired } from '../../reports/baseline.ts'
import type {
  BaselineEntryEvent,
  Bucket,
  FindingEvent,
  Footer,
  ResultEvent,
  ScenarioVerdict,
  Signature,
} from '../../reports/results.ts'
import { Buckets, keyOf, signatureOf } from './buckets.ts'
import { Coverage } from './coverage.ts'
import { inOrder } from './in-order.ts'
import type { Plan } from './plan.ts'
import type { Played } from './play-scenario.ts'
import { divergenceIn, shrunk } from './shrink.ts'
import { storyOf } from './story.ts'

export interface CampaignOptions {
  readonly rules: CompiledRules
  readonly plan: Plan
  readonly baseline: Baseline | undefined
  /** Whether a baseline entry belongs to what was selected; a reason if not. */
  readonly excluded: (entry: BaselineEntry) => string | undefined
  /** Divergences from inferred claims fail too. */
  readonly strict: boolean
  readonly failOnGone: boolean
  /** Stops at the first new divergence that fails the run. */
  readonly bail: boolean
  /** Random scenarios go on until so many milliseconds have passed, instead of a fixed number. */
  readonly budgetMs: number | undefined
  readonly moreRandom: (round: number) => readonly Scenario[]
  readonly inFlight: number
  /** YYYY-MM-DD, for baseline entries that hold until a date. */
  readonly today: string
  readonly play: (scenario: Scenario) => Promise<Played>
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

/** How far the tour goes around divergences before it calls what is left masked. */
const MAX_DETOURS = 6

/** Runs a plan against a target and returns the footer; the exit status in it covers divergences only. */
export class Campaign {
  readonly #options: CampaignOptions
  readonly #listener: Listener
  readonly #coverage = new Coverage()
  readonly #buckets = new Buckets()
  readonly #known = new Map<string, Bucket>()
  readonly #fresh: Bucket[] = []
  readonly #entries: BaselineEntryEvent[] = []
  readonly #findings = new Map<string, FindingEvent>()
  /** Cells whose divergence ends a scenario: paths go around them. */
  readonly #blocked = new Map<string, Signature>()
  /** The rules that they break. */
  readonly #broken = new Set<string>()
  #shrinking: Promise<void> = Promise.resolve()
  #scenarios = 0
  #requests = 0
  #planned: number

  constructor(options: CampaignOptions, listener: Listener) {
    this.#options = options
    this.#listener = listener
    this.#planned = options.plan.tour.length + options.plan.random.length
  }

  /** @throws what `play` throws, and the reason of the abort if the run was stopped; `footer` then tells how far it came. */
  async run(): Promise<void> {
    await this.#checkBaseline()
    await this.#takeTour()
    await this.#wander()
    await this.#shrinking
  }

  /** The last events of the results. */
  footer(
    complete: { readonly complete: true } | { readonly complete: false; readonly reason: string },
    durationMs: number,
  ): Footer {
    const { plan, failOnGone } = this.#options
    const buckets = [...this.#fresh, ...this.#known.values()]
    for (const bucket of buckets)
      this.#listener.event({ ...bucket, count: this.#buckets.get(bucket)?.count ?? bucket.count })
    for (const entry of this.#entries) this.#listener.event(entry)
    for (const finding of [...this.#findings.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
      this.#listener.event(finding)
    const gone = this.#entries.filter(({ state }) => state === 'gone').length
    const failing = this.#fresh.filter(({ fails }) => fails).length
    const passable = plan.machines.map(({ kind }) => this.#passable(kind))
    const covered = this.#coverage.report(plan.machines, plan.wanted, (cell) =>
      passable.some((machine) => machine.visits.has(cell)) ? undefined : this.#maskedBy(cell),
    )
    const footer: Footer = {
      event: 'footer',
      ...complete,
      scenarios: this.#scenarios,
      requests: this.#requests,
      ...covered,
      buckets: { new: this.#fresh.length, known: this.#known.size, failing },
      entries: { gone, notChecked: this.#entries.length - gone },
      exitStatus: failing > 0 || (failOnGone && gone > 0) ? 1 : 0,
      durationMs,
    }
    return footer
  }

  /** Whether some lease was seen in another state than available: otherwise the run proved nothing. */
  get sawLeases(): boolean {
    return [...this.#coverage.cells].some((cell) => cell.includes('| leased'))
  }

  async #checkBaseline(): Promise<void> {
    const { baseline, excluded, today, play, inFlight } = this.#options
    const entries = (baseline?.entries ?? []).filter((entry) => !isExpired(entry, today))
    const runnable: { readonly entry: BaselineEntry; readonly scenario: Scenario }[] = []
    for (const entry of entries) {
      const read = readToken(entry.scenario)
      const reason = excluded(entry) ?? ('error' in read ? read.error : undefined)
      if (reason !== undefined || 'error' in read) this.#settle(entry, 'not checked', reason ?? '')
      else runnable.push({ entry, scenario: read.scenario })
    }
    for await (const { entry, played } of inOrder(runnable, inFlight, async ({ entry, scenario }) => ({
      entry,
      played: await play(scenario),
    }))) {
      this.#take(played, 'baseline')
      const divergence = divergenceIn(played.play, entry)
      if (divergence === undefined) this.#settle(entry, 'gone', goneBecause(played.play))
      else this.#known.set(keyOf(entry), this.#bucket(divergence, played.play, 'known', entry))
    }
  }

  #settle(
    { rule, field, observed, sentence, scenario }: BaselineEntry,
    state: 'gone' | 'not checked',
    reason: string,
  ): void {
    this.#entries.push({ event: 'baseline-entry', rule, field, observed, state, reason, scenario, sentence })
  }

  /** Takes the planned tour, then tours of what divergences kept from being reached, around them. */
  async #takeTour(): Promise<void> {
    await this.#takeLegs(this.#options.plan.tour)
    for (let detour = 0; detour < MAX_DETOURS; detour++) {
      const left = this.#detours()
      if (left.length === 0) return
      this.#planned += left.length
      await this.#takeLegs(left)
    }
  }

  /**
   * Scenarios for the cells that were not reached. Walks rest on nothing that breaks a rule which the target broke elsewhere;
   * what can't be reached so is tried along every way that has not gone astray itself.
   */
  #detours(): readonly Leg[] {
    const { plan, rules } = this.#options
    const isOpen = (visit: Visit) => plan.wanted(visit) && !this.#coverage.cells.has(visit.cell)
    const isSuspect = (visit: Pick<Visit, 'cell' | 'rules'>) => visit.rules.some((rule) => this.#broken.has(rule))
    return plan.machines.flatMap(({ kind }) => {
      const safe = explore(rules, kind, isSuspect)
      const passable = this.#passable(kind)
      return [
        ...tour(rules, safe, isOpen, isSuspect),
        ...tour(
          rules,
          passable,
          (visit) => isOpen(visit) && !safe.visits.has(visit.cell),
          () => true,
        ),
      ]
    })
  }

  /** The machine as it can be walked without stepping on what has gone astray. */
  #passable(kind: ResourceKind): Machine {
    return explore(this.#options.rules, kind, ({ cell }) => this.#blocked.has(cell))
  }

  async #takeLegs(legs: readonly Leg[]): Promise<void> {
    for await (const played of inOrder(legs, this.#options.inFlight, (leg) => this.#playLeg(leg))) {
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

  #maskedBy(cell: string): string | undefined {
    const { plan, rules } = this.#options
    const visit = plan.machines.flatMap(({ visits }) => visits.get(cell) ?? [])[0]
    if (visit === undefined) return undefined
    const { verdicts } = simulate(rules, rules, { world: visit.from.setting, steps: visit.from.path })
    const blocking = verdicts.flatMap((verdict) => this.#blocked.get(verdict.cell ?? '') ?? [])[0]
    return blocking && keyOf(blocking)
  }

  async #wander(): Promise<void> {
    const { plan, budgetMs, moreRandom } = this.#options
    await this.#takeRandom(plan.random)
    if (budgetMs === undefined) return
    for (let round = 1; performance.now() < budgetMs; round++) await this.#takeRandom(moreRandom(round))
  }

  async #takeRandom(scenarios: readonly Scenario[]): Promise<void> {
    const { inFlight, play } = this.#options
    const open = scenarios
      .map((scenario) => this.#upToBlocked(scenario))
      .filter(({ steps }) => steps.some((step) => !isWait(step)))
    for await (const played of inOrder(open, inFlight, play)) this.#take(played, 'random')
  }

  /** A scenario without what lies behind a cell that is known to end it. */
  #upToBlocked(scenario: Scenario): Scenario {
    if (this.#blocked.size === 0) return scenario
    const { rules } = this.#options
    const place = simulate(rules, rules, scenario).verdicts.findIndex(
      ({ cell }) => cell !== undefined && this.#blocked.has(cell),
    )
    return place < 0 ? scenario : { ...scenario, steps: scenario.steps.slice(0, place) }
  }

  #take({ play, requests, durationMs }: Played, origin: ScenarioVerdict['origin']): void {
    this.#scenarios++
    this.#requests += requests
    this.#coverage.add(play)
    this.#listener.event(verdictOf(play, requests, durationMs, origin))
    for (const verdict of play.verdicts) {
      for (const finding of verdict.findings) this.#find(finding)
      for (const divergence of verdict.divergences) this.#meet(divergence, play)
      if (verdict.divergences.length > 0 && isLast(play, verdict) && play.judgement.ended) {
        this.#blocked.set(verdict.cell ?? '', signatureOf(verdict.divergences[0]!))
        for (const { rule } of verdict.divergences) this.#broken.add(rule)
      }
    }
    this.#listener.progress({
      phase: origin === 'shrink' ? 'tour' : origin,
      scenarios: this.#scenarios,
      planned: this.#planned,
      requests: this.#requests,
      cells: this.#coverage.cells.size,
    })
  }

  #find({ rule, field, observed }: Signature): void {
    const key = keyOf({ rule, field, observed })
    const before = this.#findings.get(key)?.count ?? 0
    this.#findings.set(key, { event: 'finding', rule, field, observed, count: before + 1 })
  }

  #meet(divergence: Divergence, play: Play): void {
    const { baseline, rules, plan, today } = this.#options
    const signature = signatureOf(divergence)
    if (!this.#buckets.add(divergence)) return
    const entry = baseline && entryFor(baseline, signature)
    if (entry !== undefined && !isExpired(entry, today)) return
    this.#shrinking = this.#shrinking.then(async () => {
      const shortest = await shrunk(
        rules,
        plan.machines,
        signature,
        play,
        async (scenario) => (await this.#options.play(scenario)).play,
      )
      const bucket = this.#bucket(divergenceIn(shortest, signature) ?? divergence, shortest, 'new', entry)
      this.#fresh.push(bucket)
      this.#listener.found(bucket)
      if (this.#options.bail && bucket.fails) this.#options.stop.abort(new Bailed())
    })
    this.#shrinking.catch(() => {})
  }

  #bucket(
    { rule, field, observed, expected, level, evidence }: Divergence,
    play: Play,
    state: Bucket['state'],
    entry: BaselineEntry | undefined,
  ): Bucket {
    const { strict } = this.#options
    const { steps } = play.scenario
    return {
      event: 'bucket',
      rule,
      field,
      observed,
      state,
      expected,
      level,
      fails: state === 'new' && (level === 'settled' || level === 'documented' || (strict && level === 'inferred')),
      count: 1,
      scenario: tokenOf(play.scenario),
      operations: steps.filter((step) => !isWait(step)).length,
      waits: steps.filter(isWait).length,
      story: storyOf(play),
      evidence: evidence.map((each) => ({ ...each })),
      ...(entry === undefined ? {} : { sentence: entry.sentence }),
      ...(entry?.issue === undefined ? {} : { issue: entry.issue }),
    }
  }
}

/** The run was asked to stop at the first new divergence. */
export class Bailed extends Error {
  override readonly message = 'stopped at the first new divergence, as --bail asks'
}

function verdictOf(
  play: Play,
  requests: number,
  durationMs: number,
  origin: ScenarioVerdict['origin'],
): ScenarioVerdict {
  return {
    event: 'verdict',
    scenario: tokenOf(play.scenario),
    origin,
    end: play.judgement.ended ? 'ended' : 'complete',
    requests,
    divergences: play.verdicts.flatMap(({ divergences }, step) =>
      divergences.map(({ rule, field, observed, expected, level }) => ({
        rule,
        field,
        observed,
        step,
        expected,
        level,
      })),
    ),
    durationMs,
  }
}

/** What is left of a leg behind the divergence that cut it short, approached again by its path. */
function remainder({ scenario, retryFrom }: Leg, { judgement, verdicts }: Play): Leg | undefined {
  const done = verdicts.length
  if (!judgement.ended || done <= retryFrom || done >= scenario.steps.length) return undefined
  return {
    scenario: { ...scenario, steps: [...scenario.steps.slice(0, retryFrom), ...scenario.steps.slice(done)] },
    retryFrom,
  }
}

function isLast({ verdicts }: Play, verdict: Play['verdicts'][number]): boolean {
  return verdicts.at(-1) === verdict
}

function goneBecause(play: Play): string {
  const others = play.verdicts.flatMap(({ divergences }) => divergences)
  return others.length === 0
    ? 'its scenario agrees now'
    : `its scenario diverges otherwise now: ${keyOf(signatureOf(others[0]!))}`
}
