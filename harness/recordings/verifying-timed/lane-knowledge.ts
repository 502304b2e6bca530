import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { advance, begin, type Judgement, losing, type StepVerdict } from '../../../model/judge.ts'
import { type LeaseId, leaseIdArgument } from '../../../model/lease-id.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { Exchange } from '../../../model/trace.ts'
import type { UnseenSetting } from '../../../model/world.ts'
import type { Met } from '../verifying/met.ts'

/** How much faster or slower the server's clock may run than ours. */
const DRIFT = 0.001
/** So many exchanges of a lane are kept; when there are more, the older half is forgotten. */
const MOST_KEPT = 256

/** An exchange that told something, and what is forgotten again after it. */
export interface Told {
  readonly exchange: Exchange
  /** Resources that are only in the world for this one exchange. */
  readonly passing: readonly ResourceName[]
}

/**
 * What is known of some resources that belong together. It begins with nothing. The exchanges are kept, since an id that
 * is met later may be that of a lease that was seen before: then they are gone through once more, with the id in mind.
 */
export class LaneKnowledge {
  readonly #rules: CompiledRules
  readonly #members = new Map<ResourceName, Met>()
  readonly #ids = new Set<LeaseId>()
  #told: Told[] = []
  #judgement: Judgement | undefined

  constructor(rules: CompiledRules) {
    this.#rules = rules
  }

  /** How many exchanges are kept. */
  get kept(): number {
    return this.#told.length
  }

  /** Whether something was sent to it that was never answered, and may still be done. */
  get waitsForever(): boolean {
    return this.#told.some(isUnanswered)
  }

  /** Makes resources known by name, and the ids that an exchange carries. */
  meet(members: readonly Met[], { operation, answer }: Exchange): void {
    const answered = leaseIdArgument(answer?.headers['x-ms-lease-id'])
    const before = this.#members.size + this.#ids.size
    for (const each of members) if (!this.#members.has(each.name)) this.#members.set(each.name, each)
    for (const id of [operation.leaseId, operation.proposedLeaseId, operation.sourceLeaseId, answered]) {
      if (id.given === 'guid') this.#ids.add(id.id)
    }
    if (this.#members.size + this.#ids.size > before) this.#judgement = undefined
  }

  /** Judges an exchange, and learns from it. */
  take(told: Told): StepVerdict {
    const { next, verdict } = this.#advance(this.#present(), told)
    this.#told.push(told)
    this.#judgement = next
    if (next.ended) this.forget()
    else if (this.#told.length > MOST_KEPT) this.#forgetOldest()
    return verdict
  }

  /** Judges an exchange, and learns nothing. */
  look(told: Told): StepVerdict {
    return this.#advance(this.#present(), told).verdict
  }

  /** Nothing is known any more; what was never answered may still be done. */
  forget(): void {
    this.#told = this.#told.filter(isUnanswered)
    this.#judgement = undefined
  }

  /** What is known stays known; only an id that is met later finds less to go through. */
  #forgetOldest(): void {
    const older = this.#told.slice(0, -MOST_KEPT / 2)
    this.#told = [...older.filter(isUnanswered), ...this.#told.slice(-MOST_KEPT / 2)]
  }

  #present(): Judgement {
    if (this.#judgement !== undefined) return this.#judgement
    let judgement = begin({ kind: 'wall', drift: DRIFT }, this.#settings())
    for (const told of this.#told) {
      const { next } = this.#advance(judgement, told)
      judgement = next.ended ? losing(next, this.#settings()) : next
    }
    this.#judgement = judgement
    return judgement
  }

  #advance(judgement: Judgement, { exchange, passing }: Told) {
    const { name, on } = exchange.operation
    const { next, verdict } = advance(this.#rules, judgement, { call: { do: name, on }, exchanges: [exchange] })
    if (next.ended || passing.length === 0) return { next, verdict }
    const lost = passing.map((each) => this.#setting(this.#members.get(each)!))
    return { next: losing(next, lost), verdict }
  }

  /** Parents before children. */
  #settings(): readonly UnseenSetting[] {
    const depth = ({ parent }: Met): number => (parent === undefined ? 0 : 1 + depth(this.#members.get(parent)!))
    return [...this.#members.values()].toSorted((a, b) => depth(a) - depth(b)).map((each) => this.#setting(each))
  }

  #setting({ name, kind, parent }: Met): UnseenSetting {
    return { name, kind, ...(parent === undefined ? {} : { parent }), unseenIds: [...this.#ids] }
  }
}

function isUnanswered({ exchange }: Told): boolean {
  return exchange.answer === undefined
}
