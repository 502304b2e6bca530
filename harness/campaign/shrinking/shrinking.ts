import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { Scenario } from '../../../model/scenario.ts'
import type { Bucket, Signature } from '../../../reports/results.ts'
import type { Shown, Sighting } from '../buckets.ts'
import { type Contrast, propertyIn, shownBy } from '../contrast.ts'
import type { Plan } from '../plan.ts'
import type { Played } from '../play-scenario.ts'
import { contrastIn } from '../twins.ts'
import { shrunk } from './shrink.ts'
import { shrunkContrast } from './shrink-contrast.ts'

export interface ShrinkingOptions {
  readonly rules: CompiledRules
  readonly plan: Pick<Plan, 'machines'>
  /** Plays a scenario on the servers in turn. */
  readonly play: (scenario: Scenario) => Promise<Played>
  /** Stops at the first new divergence that fails the run. */
  readonly bail: boolean
  readonly stop: AbortController
}

/** The run was asked to stop at the first new divergence. */
export class Bailed extends Error {
  override readonly message = 'stopped at the first new divergence, as --bail asks'
}

/** Shrinks new divergences beside everything else, one after the other so that they are told in order. */
export class Shrinking {
  readonly #options: ShrinkingOptions
  readonly #tell: (signature: Signature, shown: Shown) => Bucket
  #underWay: Promise<void> = Promise.resolve()

  /** @param tell makes a bucket of what was shrunk, and tells it. */
  constructor(options: ShrinkingOptions, tell: (signature: Signature, shown: Shown) => Bucket) {
    this.#options = options
    this.#tell = tell
  }

  /** @param contrast what shows the divergence, if it takes two plays to show it. */
  add(sighting: Sighting, contrast?: Contrast): void {
    const { bail, stop } = this.#options
    this.#underWay = this.#underWay.then(async () => {
      const { fails } = this.#tell(sighting.signature, await this.#shortest(sighting, contrast))
      if (bail && fails) stop.abort(new Bailed())
    })
    this.#underWay.catch(() => {})
  }

  /** Settles when everything that was added is told. */
  async finished(): Promise<void> {
    await this.#underWay
  }

  async #shortest({ signature, shown }: Sighting, contrast: Contrast | undefined): Promise<Shown> {
    const { rules, plan, play } = this.#options
    const name = propertyIn(signature.rule)
    if (contrast !== undefined && name !== undefined)
      return shownBy(await shrunkContrast(contrast, (scenario) => contrastIn(name, scenario, play)))
    const onTarget = async (scenario: Scenario) => (await play(scenario)).play
    return { play: await shrunk(rules, plan.machines, signature, shown.play, onTarget) }
  }
}
