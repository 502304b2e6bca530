import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { Instant } from '../../../model/time.ts'
import type { Hindrance } from '../verifying/hindrance.ts'
import { changes, type Deed, type Judgeable } from './deed.ts'
import { LaneKnowledge } from './lane-knowledge.ts'
import { endOf, overlaps, type Passage } from './passage.ts'

/** The name of a resource that can be leased; it stands for its snapshots too. */
export type LaneName = ResourceName

const OVERLAPS: Hindrance = { name: 'overlaps with another request' }
const CLOUDED: Hindrance = { name: 'no answer', detail: 'to an earlier request, which may still be served' }

/** A request in a lane; what it turned out to be is undefined as long as it is under way. */
interface Part {
  readonly passage: Passage
  deed: Deed | undefined
}

type Ended = Part & { readonly deed: Deed }

/**
 * Puts the requests to one resource into the order in which the server acted on them, and judges them. Where two overlap, and one
 * of them may have changed something, nobody can tell the order: then the other is not judged, and if both may have, what is
 * known of the resource is forgotten. Requests that change nothing are judged whatever their order was.
 */
export class Lane {
  readonly name: LaneName
  readonly #knowledge: LaneKnowledge
  #waiting: Part[] = []
  /** Until when everything has been settled. */
  #settledUntilMs: Instant = Number.NEGATIVE_INFINITY
  /** Something that nobody understands was never answered: it may be done at any time. */
  #isClouded = false

  constructor(name: LaneName, rules: CompiledRules) {
    this.name = name
    this.#knowledge = new LaneKnowledge(rules)
  }

  /** How many exchanges it keeps. */
  get kept(): number {
    return this.#knowledge.kept
  }

  /** Whether it can be forgotten, and begun anew with nothing known. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && !this.#isClouded && !this.#knowledge.waitsForever
  }

  begin(passage: Passage): void {
    this.#waiting.push({ passage, deed: undefined })
  }

  end(passage: Passage, deed: Deed): void {
    const part = this.#waiting.find((each) => each.passage === passage)
    if (part !== undefined) part.deed = deed
    this.#settle()
  }

  /** Takes what a listing shows of the resource; it did not begin here, since nobody knew what it would show. */
  show(passage: Passage, deed: Judgeable): void {
    if (passage.beganMs <= this.#settledUntilMs) {
      deed.heard?.({ why: OVERLAPS })
      return
    }
    this.#waiting.push({ passage, deed })
    this.#settle()
  }

  /** Judges everything of which the order is known by now. */
  #settle(): void {
    this.#waiting.sort((a, b) => a.passage.beganMs - b.passage.beganMs)
    for (let together = this.#first(); together.length > 0; together = this.#first()) {
      this.#waiting.splice(0, together.length)
      for (const each of together) this.#take(each, together)
      this.#settledUntilMs = Math.max(this.#settledUntilMs, ...together.map(({ passage }) => endOf(passage)))
    }
  }

  /** The first requests that overlap with each other and with no later one; none if one of them is under way. */
  #first(): readonly Ended[] {
    const together: Ended[] = []
    let untilMs = Number.NEGATIVE_INFINITY
    for (const { passage, deed } of this.#waiting) {
      if (together.length > 0 && passage.beganMs > untilMs) break
      if (deed === undefined) return []
      together.push({ passage, deed })
      untilMs = Math.max(untilMs, endOf(passage))
    }
    return together
  }

  #take({ passage, deed }: Ended, together: readonly Ended[]): void {
    const others = together.filter((each) => each.passage !== passage && overlaps(each.passage, passage))
    const isDisturbed = others.some((each) => changes(each.deed))
    switch (deed.is) {
      case 'judgeable':
        if (isDisturbed) this.#passOver(deed)
        else this.#judge(deed, others.length > 0)
        return
      case 'loss':
        this.#knowledge.forget()
        this.#isClouded ||= deed.later
        return
      case 'nothing':
        return
      default:
        deed satisfies never
    }
  }

  /** @param inAnyOrder whether others that change nothing came at the same time: each is judged by what was known before */
  #judge(deed: Judgeable, inAnyOrder: boolean): void {
    if (this.#isClouded) {
      deed.heard?.({ why: CLOUDED })
      return
    }
    this.#knowledge.meet(deed.members, deed.told.exchange)
    const isLook = inAnyOrder && !deed.changes
    const verdict = isLook ? this.#knowledge.look(deed.told) : this.#knowledge.take(deed.told)
    deed.heard?.({ verdict })
  }

  /** Nobody can tell in which order it was served. */
  #passOver(deed: Judgeable): void {
    if (deed.changes) this.#knowledge.forget()
    // What was never answered may be done at any time from now on.
    if (deed.told.exchange.answer === undefined) {
      this.#knowledge.meet(deed.members, deed.told.exchange)
      this.#knowledge.take(deed.told)
    }
    deed.heard?.({ why: OVERLAPS })
  }
}
