import type { Scenario } from '../../model/scenario.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { CellOutcome } from '../../reports/cell-outcome.ts'
import type { Footer } from '../../reports/results.ts'
import { signatureIn } from './buckets.ts'
import { Canary } from './canary.ts'
import { isHostile, isHostileScenario } from './hostility.ts'
import { Intake, type IntakeOptions } from './intake.ts'
import type { Listener } from './listener.ts'
import { checkBaseline, checksOf } from './phases/baseline-phase.ts'
import { takeHostile } from './phases/hostile-phase.ts'
import type { Phase } from './phases/phase.ts'
import { wander } from './phases/random-phase.ts'
import type { TimeLimit } from './phases/time-limit.ts'
import { takeLegs, takeTour } from './phases/tour-phase.ts'
import { Servers, type ServersOptions } from './servers.ts'

export interface CampaignOptions extends IntakeOptions, ServersOptions {
  /** Why a baseline entry does not belong to what was selected; undefined if it does. */
  readonly excluded: (entry: BaselineEntry, scenario: Scenario) => string | undefined
  /** After it nothing new is begun; random scenarios fill the time until then. */
  readonly untilMs: TimeLimit
  readonly inFlight: number
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
    this.#canary = new Canary(options.servers, async (scenario) => (await options.play(scenario)).play)
  }

  /** @throws what `play` throws; `finish` then tells how far it came. */
  async run(): Promise<void> {
    const { rules, plan, play, inFlight, untilMs, baseline, excluded } = this.#options
    const [intake, canary] = [this.#intake, this.#canary]
    const phase: Phase = { plan, play, inFlight, untilMs, intake, canary, servers: new Servers(this.#options, intake) }
    const checks = checksOf(baseline, excluded, intake.ledger)
    const { true: hostile = [], false: peaceful = [] } = Object.groupBy(checks, ({ scenario }) =>
      isHostileScenario(rules, scenario, plan.version) ? 'true' : 'false',
    )
    await canary.listen()
    await checkBaseline(phase, peaceful)
    await takeTour(phase, plan.tour, (visit) => !isHostile(visit.rules), takeLegs)
    await wander(phase)
    await intake.shrunk()
    await canary.listen()
    if (hostile.length + plan.hostile.length === 0) return
    await checkBaseline(phase, hostile)
    await takeTour(phase, plan.hostile, (visit) => isHostile(visit.rules), takeHostile)
    await intake.shrunk()
  }

  /** Tells the last events but the footer, and returns the footer; its exit status covers divergences only. */
  finish(end: Pick<Footer, 'complete' | 'reason'>, durationMs: number): Footer {
    const { machines, wanted } = this.#options.plan
    const { ledger, obstacles } = this.#intake
    for (const event of ledger.summary()) this.#listener.event(event)
    const covered = ledger.coverage.report(machines, wanted, obstacles.masked(machines))
    return { event: 'footer', ...end, ...ledger.totals(), ...covered, durationMs }
  }

  /** What became of each cell, once `finish` has told what stood in the way of those that were not met. */
  outcomes({ cells }: Pick<Footer, 'cells'>): ReadonlyMap<string, CellOutcome> {
    const { machines, selected, wanted } = this.#options.plan
    const obstacles = new Map(cells.masked.map(({ cell, by }) => [cell, signatureIn(by)]))
    const wishes = machines
      .flatMap(({ visits }) => [...visits.values()])
      .filter(selected)
      .map((visit) => ({ visit, expressible: wanted(visit) }))
    return this.#intake.ledger.outcomes.report(wishes, (cell) => obstacles.get(cell))
  }

  /** Whether anything was judged, and a lease was seen to be held if that was looked for. */
  get provedSomething(): boolean {
    const { machines, wanted } = this.#options.plan
    const { cells } = this.#intake.ledger.coverage
    const isHeld = (cell: string) => cell.includes('| leased')
    const looksForLeases = machines.some(({ visits }) =>
      [...visits.values()].some((visit) => isHeld(visit.cell) && wanted(visit)),
    )
    return cells.size > 0 && (!looksForLeases || [...cells].some(isHeld))
  }
}
