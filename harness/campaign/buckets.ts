import type { Divergence } from '../../model/judge.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import type { Signature } from '../../reports/results.ts'

/** What shows a divergence: a play, or where two plays were compared the one that is out of order, and the scenarios of both. */
export interface Shown {
  readonly play: Play
  readonly twins?: Twins
}

/** A scenario, and its twin that was answered otherwise. */
export interface Twins {
  readonly scenario: Scenario
  readonly twin: Scenario
}

/** Every divergence with the same signature, and what showed it first. */
export interface Sighting {
  readonly signature: Signature
  readonly shown: Shown
  count: number
}

/** The divergences of a run by signature; a failure never stops a run, it fills its bucket. */
export class Buckets {
  readonly #sightings = new Map<string, Sighting>()

  /** Counts a divergence; gives the sighting if it is the first of its signature. */
  add(divergence: Divergence, shown: Shown): Sighting | undefined {
    const signature = signatureOf(divergence)
    const known = this.get(signature)
    if (known !== undefined) {
      known.count++
      return undefined
    }
    const sighting = { signature, shown, count: 1 }
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

/** The signature that a key was made of: no rule and no field has a bar in it. */
export function signatureIn(key: string): Signature {
  const [rule = '', field = '', ...observed] = key.split(' | ')
  return { rule, field, observed: observed.join(' | ') }
}
