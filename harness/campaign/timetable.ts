/** How much of what a server takes is planned for; the rest is for what comes late, and for what nobody foresaw. */
const UTILIZATION = 0.75
const SECOND_MS = 1000
/** Nobody looks further ahead; what fits nowhere until then begins then. */
const HORIZON_SECONDS = 3 * 3600

/**
 * When scenarios on wall time begin, so that all their requests find the server idle enough to be sent when they are due:
 * thousands wait side by side, and whoever began them all at once would send the next requests of all of them late, when their
 * leases are long over.
 */
export class Timetable {
  /** Requests that are planned in each second. */
  readonly #load = new Map<number, number>()

  /**
   * Books the requests of a scenario.
   * @param offsetsMs when each is due after the beginning
   * @param maxPerSecond what the server takes
   * @returns the instant of its beginning, not before `nowMs`
   */
  book(offsetsMs: readonly number[], maxPerSecond: number, nowMs: number): number {
    const needs = new Map<number, number>()
    for (const offsetMs of offsetsMs) {
      const second = Math.floor(offsetMs / SECOND_MS)
      needs.set(second, (needs.get(second) ?? 0) + 1)
    }
    const most = maxPerSecond * UTILIZATION
    const now = Math.floor(nowMs / SECOND_MS)
    let start = now
    while (start < now + HORIZON_SECONDS && !this.#fits(needs, start, most)) start++
    for (const [second, need] of needs) this.#load.set(start + second, (this.#load.get(start + second) ?? 0) + need)
    return Math.max(nowMs, start * SECOND_MS)
  }

  #fits(needs: ReadonlyMap<number, number>, start: number, most: number): boolean {
    for (const [second, need] of needs) {
      const load = this.#load.get(start + second) ?? 0
      // What is more than the server takes in a second fits where nothing else is.
      if (load > 0 && load + need > most) return false
    }
    return true
  }
}
