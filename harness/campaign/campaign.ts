import { type MissingOperations, NOTHING_MISSING } from '../../model/implementation.ts'
import { KINDS } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { CellOutcome } from '../../reports/cell-outcome.ts'
import type { Footer } from '../../reports/results.ts'
import { signatureIn } from './buckets.ts'
import { Canary } from './canary.ts'
import { wishesOf } from './cell-outcomes.ts'
import { isHostile, isHostileScenario } from './hostility.ts'
import { Intake, type IntakeOptions } from './intake.ts'
import type { Listener } from './listener.ts'
import { notImplementedIn } from './not-implemented.ts'
import { checkBaseline, checksOf } from './phases/baseline-phase.ts'
import { takeHostile } from './phases/hostile-phase.ts'
import type { Phase } from './phases/phase.ts'
import { wander } from './phases/random-phase.ts'
import type { TimeLimit } from './phases/time-limit.ts'
import { takeLegs, takeTour } from './phases/tour-phase.ts'
import type { Played } from './play-scenario.ts'
import { provesSomething } from './proof.ts'
import { Servers, type ServersOptions } from './servers.ts'
import { dealt } from './shards/shard.ts'

export interface CampaignOptions extends IntakeOptions, ServersOptions {
  /** Why a baseline entry does not belong to what was selected; undefined if it does. */
  readonly excluded: (entry: BaselineEntry, scenario: Scenario) => string | undefined
  /** Why the scenario of a baseline entry is not played as it stands, so that it does not tell whether the entry is gone. */
  readonly altered?: (entry: BaselineEntry, scenario: Scenario) => string | undefined
  /** After it nothing new is begun; random scenarios fill the time until then. */
  readonly untilMs: TimeLimit
  readonly inFlight: number
  /** What shows that the target does not know some operations. */
  readonly probes?: readonly Played[]
  /** The operations that it does not know. */
  readonly missing?: MissingOperations
}

/**
 * Runs a plan against a target: first the baseline's scenarios, then the tour, then random ones and twins of some of them;
 * last what is hostile, since a server may not recover from it.
 */
export class Campaign {
  readonly #options: CampaignOptions
  readonly #listener: Listener
  readonly #intake: Intake
  readonly #canary: Canary

  constructor(options: CampaignOptions, listener: Listener) {
    this.#options = options
    this.#listener = listener
    this.#intake = new Intake(options, listener)
    this.#canary = new Canary(
      options.servers,
      async (scenario) => (await options.play(scenario)).play,
      options.plan.leftOut,
      options.plan.machines.map(({ kind }) => KINDS[kind].service),
    )
  }

  /** @throws what `play` throws; `finish` then tells how far it came. */
  async run(): Promise<void> {
    const { rules, plan, play, inFlight, untilMs, baseline, excluded, altered, probes = [] } = this.#options
    const [intake, canary] = [this.#intake, this.#canary]
    const phase: Phase = { plan, play, inFlight, untilMs, intake, canary, servers: new Servers(this.#options, intake) }
    const entries = dealt(baseline?.entries ?? [], plan.share?.shard)
    const checks = checksOf(entries, excluded, intake.ledger)
    const { true: hostile = [], false: peaceful = [] } = Object.groupBy(checks, ({ scenario }) =>
      isHostileScenario(rules, scenario, plan.version) ? 'true' : 'false',
    )
    for (const probe of probes) intake.takeProbe(probe)
    await canary.listen()
    await checkBaseline(phase, peaceful, altered)
    await takeTour(phase, plan.tour, (visit) => !isHostile(visit.rules), takeLegs)
    await wander(phase)
    await intake.shrunk()
    await canary.listen()
    if (hostile.length + plan.hostile.length === 0) return
    await checkBaseline(phase, hostile, altered)
    await takeTour(phase, plan.hostile, (visit) => isHostile(visit.rules), takeHostile)
    await intake.shrunk()
  }

  /** Tells the last events but the footer, and returns the footer; its exit status covers divergences only. */
  finish(end: Pick<Footer, 'complete' | 'reason'>, durationMs: number): Footer {
    const { machines, wanted, share } = this.#options.plan
    const { ledger, obstacles } = this.#intake
    for (const event of ledger.summary()) this.#listener.event(event)
    const masked = obstacles.masked(machines)
    const covered =
      share === undefined ? ledger.coverage.report(machines, wanted, masked) : ledger.coverage.part(this.#options.plan)
    return { event: 'footer', ...end, ...ledger.totals(), ...covered, ...this.#notImplemented(covered), durationMs }
  }

  /** What the target was found not to know, and how much could not be checked for that; of a shard only what merge needs. */
  #notImplemented({ cells }: Pick<Footer, 'cells'>): Pick<Footer, 'notImplemented' | 'leftOut'> {
    const { missing = NOTHING_MISSING, plan } = this.#options
    if (missing.size === 0) return {}
    if (plan.share === undefined) return { notImplemented: notImplementedIn(missing, cells) }
    return { leftOut: [...(plan.leftOut ?? [])].map(([operation, signature]) => ({ operation, ...signature })) }
  }

  /** What became of each cell, of a shard of each that it met or cannot ask for, once `finish` has told what stood in the way of those that were not met. */
  outcomes({ cells }: Pick<Footer, 'cells'>): ReadonlyMap<string, CellOutcome> {
    const { machines, selected, wanted, share } = this.#options.plan
    const obstacles = new Map(cells.masked.map(({ cell, by }) => [cell, signatureIn(by)]))
    const wishes = wishesOf({ machines, selected, wanted })
    const told = share === undefined ? wishes : wishes.filter(({ expressible }) => !expressible)
    return this.#intake.ledger.outcomes.report(told, (cell) => obstacles.get(cell))
  }

  /** Whether anything can be concluded. Leases may be held in other shards only, and a shard may have nothing to play. */
  get provedSomething(): boolean {
    const { plan } = this.#options
    const { coverage, scenarios } = this.#intake.ledger
    return plan.share === undefined ? provesSomething(plan, coverage.cells) : scenarios === 0 || coverage.cells.size > 0
  }
}
