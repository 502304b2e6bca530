import { changes, type Deed } from './deed.ts'
import type { Lane, LaneName } from './lane.ts'
import { overlaps, type Passage } from './passage.ts'

interface Past {
  readonly passage: Passage
  readonly deed: Deed
}

/** A container or a share: what was met in it, and what has made or deleted it. */
export class Top {
  /** Itself and what was met in it. */
  readonly lanes = new Set<LaneName>()
  /** What may change everything in it. */
  readonly underWay = new Set<Passage>()
  /** What did, as far as it still matters to a resource that is met later. */
  #past: readonly Past[] = []

  /** Whether it can be forgotten. */
  get isIdle(): boolean {
    return this.lanes.size === 0 && this.underWay.size === 0 && !this.#past.some(isOpen)
  }

  begin(passage: Passage): void {
    this.underWay.add(passage)
  }

  /** @param deed what it turned out to be for a resource inside */
  end(passage: Passage, deed: Deed): void {
    this.underWay.delete(passage)
    if (!changes(deed)) return
    const heardByNobody: Deed = deed.is === 'judgeable' ? { ...deed, heard: undefined } : deed
    this.#past = [...this.#past, { passage, deed: heardByNobody }].sort((a, b) => a.passage.beganMs - b.passage.beganMs)
    if (this.underWay.size === 0) this.#past = lastOf(this.#past)
  }

  /** Tells a lane that has just begun. */
  tell(lane: Lane): void {
    for (const { passage } of this.#past) lane.begin(passage)
    for (const { passage, deed } of this.#past) lane.end(passage, deed)
  }
}

/** What overlaps with the last one, and what may still be done: nothing else matters any more. */
function lastOf(past: readonly Past[]): readonly Past[] {
  let first = past.length - 1
  while (first > 0 && past.slice(0, first).some(({ passage }) => overlaps(passage, past[first]!.passage))) first--
  return past.filter((each, place) => place >= first || isOpen(each))
}

/** Whether it may still be done. */
function isOpen({ deed }: Past): boolean {
  return deed.is === 'loss' ? deed.later : deed.is === 'judgeable' && deed.told.exchange.answer === undefined
}
