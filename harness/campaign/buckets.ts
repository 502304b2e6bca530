import type { Divergence } from '../../model/judge.ts'
import type { Signature } from '../../reports/results.ts'

/** Every divergence with the same signature. */
export interface Sighting {
  readonly signature: Signature
  readonly divergence: Divergence
  count: number
}

/** The divergences of a run by signature; a failure never stops a run, it fills its bucket. */
export class Buckets {
  readonly #sightings = new Map<string, Sighting>()

  /** Counts a divergence; true if it is the first of its signature. */
  add(divergence: Divergence): boolean {
    const signature = signatureOf(divergence)
    const key = keyOf(signature)
    const sighting = this.#sightings.get(key)
    if (sighting !== undefined) {
      sighting.count++
      return false
    }
    this.#sightings.set(key, { signature, divergence, count: 1 })
    return true
  }

  get(signature: Signature): Sighting | undefined {
    return this.#sightings.get(keyOf(signature))
  }
}

export function signatureOf({ rule, field, observed }: Divergence): Signature {
  return { rule, field, observed }
}

export function keyOf({ rule, field, observed }: Signature): string {
  return `${rule} | ${field} | ${observed}`
}
