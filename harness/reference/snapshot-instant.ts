import type { Instant } from '../../model/time.ts'

/** Ten thousand ticks of 100 ns make a millisecond, so that many snapshots of one moment have names of their own. */
const TICKS = 10_000

/** The name of a new snapshot: its instant, written to 100 ns as the service does, and later than any that was taken then. */
export function snapshotInstant(nowMs: Instant, taken: ReadonlyMap<string, unknown>): string {
  for (let ms = nowMs; ; ms++) {
    const beginning = new Date(ms).toISOString().slice(0, -1)
    for (let tick = 0; tick < TICKS; tick++) {
      const instant = `${beginning}${String(tick).padStart(4, '0')}Z`
      if (!taken.has(instant)) return instant
    }
  }
}
