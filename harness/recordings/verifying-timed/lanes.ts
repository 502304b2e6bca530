import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { Deed, Judgeable } from './deed.ts'
import type { Footprint, TopName } from './footprint.ts'
import { Lane, type LaneName } from './lane.ts'
import type { Passage } from './passage.ts'
import { Top } from './top.ts'

/** So many exchanges are kept of all resources together, and of so many resources: those that were used last. */
const MOST_KEPT = 50_000
const MOST_LANES = 10_000

/** A request, and what it may have to do with. */
export interface Spread extends Passage {
  readonly footprint: Footprint
}

/** The lanes of a session, and which of them a request has to do with. */
export class Lanes {
  readonly #rules: CompiledRules
  /** The longest unused first. */
  readonly #lanes = new Map<LaneName, Lane>()
  readonly #tops = new Map<TopName, Top>()
  /** What is under way and may change everything. */
  readonly #everywhere = new Set<Spread>()
  /** Which lanes a request was begun in. */
  readonly #spread = new WeakMap<Spread, Set<Lane>>()
  #kept = 0

  constructor(rules: CompiledRules) {
    this.#rules = rules
  }

  has(name: LaneName): boolean {
    return this.#lanes.has(name)
  }

  begin(passage: Spread): void {
    const { footprint } = passage
    this.#spread.set(passage, new Set())
    switch (footprint.of) {
      case 'nothing':
        return
      case 'everything':
        this.#everywhere.add(passage)
        for (const lane of this.#lanes.values()) this.#beginIn(lane, passage)
        return
      case 'lanes':
        for (const name of footprint.wide) {
          const top = this.#topFor(name)
          top.begin(passage)
          for (const each of top.lanes) this.#beginIn(this.#lanes.get(each)!, passage)
        }
        for (const name of footprint.own === undefined ? footprint.others : [footprint.own, ...footprint.others])
          this.#beginIn(this.#laneFor(name), passage)
        return
      default:
        footprint satisfies never
    }
  }

  /** @param deedIn what it turned out to be for each lane that it was begun in */
  end(passage: Spread, deedIn: (lane: LaneName) => Deed): void {
    this.#everywhere.delete(passage)
    // What it is for a resource inside, whichever that is.
    for (const name of widthOf(passage)) this.#topFor(name).end(passage, deedIn(`${name}/`))
    for (const lane of this.#spread.get(passage)!) {
      this.#kept -= lane.kept
      lane.end(passage, deedIn(lane.name))
      this.#kept += lane.kept
    }
    this.#forgetUnused()
  }

  /** Takes what a listing shows of a resource. */
  show(passage: Spread, name: LaneName, deed: Judgeable): void {
    const lane = this.#lanes.get(name)!
    this.#kept -= lane.kept
    lane.show(passage, deed)
    this.#kept += lane.kept
  }

  #beginIn(lane: Lane, passage: Spread): void {
    const spread = this.#spread.get(passage)!
    if (spread.has(lane)) return
    spread.add(lane)
    lane.begin(passage)
  }

  /** A lane begins with nothing known but what became of the container or share that it is in. */
  #laneFor(name: LaneName): Lane {
    const known = this.#lanes.get(name)
    if (known !== undefined) {
      this.#lanes.delete(name)
      this.#lanes.set(name, known)
      return known
    }
    const lane = new Lane(name, this.#rules)
    this.#lanes.set(name, lane)
    const top = this.#topFor(topOf(name))
    top.lanes.add(name)
    for (const passage of [...this.#everywhere, ...top.underWay]) this.#beginIn(lane, passage as Spread)
    if (name !== topOf(name)) top.tell(lane)
    this.#kept += lane.kept
    return lane
  }

  #topFor(name: TopName): Top {
    let top = this.#tops.get(name)
    if (top === undefined) {
      top = new Top()
      this.#tops.set(name, top)
    }
    return top
  }

  #forgetUnused(): void {
    if (this.#kept <= MOST_KEPT && this.#lanes.size <= MOST_LANES) return
    for (const [name, lane] of this.#lanes) {
      if (this.#kept <= MOST_KEPT / 2 && this.#lanes.size <= MOST_LANES / 2) return
      if (!lane.isIdle) continue
      this.#lanes.delete(name)
      this.#kept -= lane.kept
      const top = this.#topFor(topOf(name))
      top.lanes.delete(name)
      if (top.isIdle) this.#tops.delete(topOf(name))
    }
  }
}

function widthOf({ footprint }: Spread): readonly TopName[] {
  return footprint.of === 'lanes' ? footprint.wide : []
}

/** `blob:ACCOUNT/container` of `blob:ACCOUNT/container/blob`; an account has one slash, at its end. */
function topOf(name: LaneName): TopName {
  const slash = name.indexOf('/')
  const end = name.indexOf('/', slash + 1)
  return end < 0 ? name : name.slice(0, end)
}
