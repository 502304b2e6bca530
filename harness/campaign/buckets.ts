import type { Divergence } from '../../model/judge.ts'
import type { Play } from '../../properties/play.ts'
import type { Signature } from '../../reports/results.ts'

/** Every divergence with the same signature, and the first play that showed it. */
export interface Sighting {
  readonly signature: Signature
  readonly play: Play
  count: number
}

/** The divergences of a run by signature; a failure never stops a run, it fills its bucket. */
export class Buckets {
  readonly #sightings = new Map<string, Sighting>()

  /** Counts a divergence; gives the sighting if it is the first of its signature. */
  add(divergence: Divergence, play: Play): Sighting | undefined {
    const signature = signatureOf(divergence)
    const known = this.get(signature)
    if (known !== undefined) {
      known.count++
      return undefined
    }
    const sighting = { signature, play, count: 1 }
    this.#sightings.set(keyOf(signature), sighting)
    return sighting
  }

  get(signature: Signature): Sighting | undefined {
    return this.#sightings.get(keyOf(signature))
  }

  all(): readonly Sighting[] {
    return [...this.#sightings.values()]
  }
}

export function signatureOf({ rule, field, observed }: Signature): Signature {
  return { rule, field, observed }
}

export function keyOf({ rule, field, observed }: Signature): string {
  return `${rule} | ${field} | ${observed}`
}
