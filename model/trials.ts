import { cellOf } from './cell.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { inputsAt, waitsFrom } from './inputs.ts'
import { agedTo } from './lease.ts'
import { keyOf, type Place, perform, placeAtStart, take } from './place.ts'
import { type Response, respond } from './respond.ts'
import type { OperationStep, Step } from './scenario.ts'
import type { Served } from './server.ts'
import type { ServiceVersion } from './service-version.ts'
import type { ResourceSetting } from './world.ts'

/** What every wait and every input comes to in a place. */
export interface Tried {
  readonly waits: readonly { readonly wait: Step; readonly next: Place }[]
  readonly inputs: readonly Trial[]
}

export interface Trial {
  readonly input: OperationStep
  readonly cell: string
  /** Per layer the rule that applies. */
  readonly rules: readonly string[]
  /** Whether more than one place may follow. */
  readonly forks: boolean
  readonly staysHere: boolean
  /**
   * Where the input is a way to. Paths are made of what succeeds and cannot fork: a refused request is no way to get anywhere,
   * though it is a look at the resource.
   */
  readonly next: Place | undefined
}

/**
 * Everything that was tried under some rules, each place once: a run explores the same machine several times, each time with
 * other cells to avoid, and what an input comes to does not depend on these.
 */
class Trials {
  readonly #rules: CompiledRules
  readonly #starts = new Map<readonly ResourceSetting[], Map<string, Place>>()
  readonly #tried = new WeakMap<Place, Tried>()
  readonly #keys = new WeakMap<Place, string>()

  constructor(rules: CompiledRules) {
    this.#rules = rules
  }

  /** The place in which walks in a world begin. */
  start(world: readonly ResourceSetting[], version: ServiceVersion | undefined, thorough: boolean | undefined): Place {
    const starts = this.#starts.get(world) ?? new Map<string, Place>()
    this.#starts.set(world, starts)
    const terms = `${version} ${thorough}`
    const known = starts.get(terms) ?? placeAtStart(world, version, thorough)
    starts.set(terms, known)
    return known
  }

  at(place: Place): Tried {
    const known = this.#tried.get(place) ?? this.#try(place)
    this.#tried.set(place, known)
    return known
  }

  keyOf(place: Place): string {
    const known = this.#keys.get(place) ?? keyOf(place)
    this.#keys.set(place, known)
    return known
  }

  #try(place: Place): Tried {
    const rules = this.#rules
    return {
      waits: waitsFrom(place).map((wait) => ({ wait, next: take(rules, place, wait) })),
      inputs: inputsAt(place).map((input) => this.#trial(place, input)),
    }
  }

  #trial(place: Place, input: OperationStep): Trial {
    const { place: next, served } = perform(this.#rules, place, input)
    const forks = isFork(this.#rules, served)
    const leads = !forks && served.answer.status < 300 && next.server.world !== place.server.world
    return {
      input,
      cell: cellOf(served.situation),
      rules: served.rules.map(({ id }) => id),
      forks,
      staysHere: !forks && this.#isHere(place, next),
      next: leads ? next : undefined,
    }
  }

  #isHere(before: Place, after: Place): boolean {
    if (before.server.world === after.server.world) return true
    const bare = ({ server, nowMs }: Place) =>
      server.world
        .map(({ existence, lease, former }) => JSON.stringify([existence, agedTo(lease, nowMs), former]))
        .join()
    return bare(before) === bare(after) && this.keyOf(before) === this.keyOf(after)
  }
}

const TRIALS = new WeakMap<CompiledRules, Trials>()

/** What was tried under these rules so far; it goes when the rules go. */
export function trialsWith(rules: CompiledRules): Trials {
  const known = TRIALS.get(rules) ?? new Trials(rules)
  TRIALS.set(rules, known)
  return known
}

/** Whether the outcomes that are permitted differ in what becomes of the resource. */
function isFork(rules: CompiledRules, { rules: applied, situation }: Served): boolean {
  const { also, expect } = applied.at(-1)!
  if (also === undefined && expect.length === 1) return false
  const nexts = new Set<string>()
  for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise)
    for (const { next } of each.outcomes) nexts.add(next.values[0]!)
  return nexts.size > 1
}
