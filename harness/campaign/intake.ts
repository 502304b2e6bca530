import type { ScenarioVerdict } from '../../reports/results.ts'
import { Ledger, type LedgerOptions, verdictEvent } from './ledger.ts'
import type { Listener, Progress } from './listener.ts'
import { Obstacles } from './obstacles.ts'
import type { Plan } from './plan.ts'
import type { Played } from './play-scenario.ts'
import { dealtOf } from './shards/shard.ts'
import { Bailed, Shrinking, type ShrinkingOptions } from './shrinking/shrinking.ts'
import type { Compared } from './twins.ts'

export interface IntakeOptions extends LedgerOptions, ShrinkingOptions {
  readonly plan: Plan
}

type Origin = Progress['phase'] & ScenarioVerdict['origin']

/** Takes in what was played: it is entered and told, later scenarios learn from it, and what is new is shrunk. */
export class Intake {
  readonly ledger: Ledger
  readonly obstacles: Obstacles
  readonly #shrinking: Shrinking
  readonly #listener: Listener
  readonly #options: ShrinkingOptions
  #planned: number

  constructor(options: IntakeOptions, listener: Listener) {
    const { rules, plan, baseline } = options
    const ledger = new Ledger(options)
    this.ledger = ledger
    this.obstacles = new Obstacles(rules, plan)
    this.#shrinking = new Shrinking(options, (signature, shown) => {
      const bucket = ledger.fill(signature, shown)
      listener.found(bucket)
      return bucket
    })
    this.#listener = listener
    this.#options = options
    const shard = plan.share?.shard
    const dealtOut = dealtOf(baseline?.entries.length ?? 0, shard) + dealtOf(plan.runs, shard)
    this.#planned = dealtOut + plan.tour.length + plan.hostile.length
  }

  /** Notes that more will be played than was planned at the start. */
  expect(scenarios: number): void {
    this.#planned += scenarios
  }

  take(played: Played, origin: Origin): void {
    this.#listener.event(verdictEvent(played, origin))
    this.#listener.played?.(played.play)
    for (const sighting of this.ledger.enter(played, origin)) this.#shrinking.add(sighting)
    this.obstacles.add(played.play)
    const { scenarios, requests, coverage } = this.ledger
    this.#listener.progress({ phase: origin, scenarios, planned: this.#planned, requests, cells: coverage.cells.size })
  }

  /** Takes in what shows that the target does not know an operation: it is as short as can be. */
  takeProbe(played: Played): void {
    const { bail, stop } = this.#options
    this.#listener.event(verdictEvent(played, 'probe'))
    for (const { signature, shown } of this.ledger.enter(played, 'probe')) {
      const bucket = this.ledger.fill(signature, shown)
      this.#listener.found(bucket)
      if (bail && bucket.fails) stop.abort(new Bailed())
    }
    this.obstacles.add(played.play)
  }

  takeTwin({ twin, contrast }: Compared, origin: 'baseline' | 'twins'): void {
    this.take(twin, origin)
    if (contrast === undefined) return
    for (const sighting of this.ledger.enterContrast(contrast, origin)) this.#shrinking.add(sighting, contrast)
  }

  /** Settles when what was new is shrunk and told. */
  async shrunk(): Promise<void> {
    await this.#shrinking.finished()
  }
}
