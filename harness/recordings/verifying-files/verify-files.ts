import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { RecordingFile } from '../importing/recording-files.ts'
import { type FileOutcome, fileOutcome } from './file-outcome.ts'
import { InOrder } from './in-order.ts'
import { VerifyThread } from './verify-thread.ts'

/** Other threads have to load everything and get warm, so they help only where so much is left to do. */
const WORTH_HELP_MS = 1500
/** How long it takes until one can tell how fast it goes. */
const FIRST_LOOK_MS = 500
const MOST_HELPERS = 3
/** Between two looks at whether the helpers are done. */
const LOOK_MS = 5

/**
 * Judges files and hands on what became of each, in their order; ends early when it is told to stop. Only a few files are in
 * memory at a time. Where there is much to do, other threads help.
 */
export async function verifyFiles(
  rules: CompiledRules,
  files: readonly RecordingFile[],
  stop: AbortSignal,
  take: (outcome: FileOutcome) => void,
): Promise<void> {
  const outcomes = new InOrder(take)
  const queue = new Queue(files)
  const helpers: VerifyThread[] = []
  try {
    while (!stop.aborted && outcomes.taken < files.length) {
      if (helpers.length === 0 && queue.needsHelp) helpers.push(...started(outcomes))
      for (const helper of helpers) helper.feed(queue)
      const own = queue.next()
      if (own === undefined) await sleep(LOOK_MS)
      else {
        outcomes.put(own.place, fileOutcome(rules, own.file))
        await nextTurn()
      }
    }
  } finally {
    await Promise.all(helpers.map((helper) => helper.close()))
  }
}

/** Threads for the cores that are not used yet. */
function started(outcomes: InOrder<FileOutcome>): readonly VerifyThread[] {
  const many = Math.min(MOST_HELPERS, availableParallelism() - 1)
  return Array.from({ length: many }, () => new VerifyThread((place, outcome) => outcomes.put(place, outcome)))
}

/** A file and its place among all of them. */
export interface Queued {
  readonly place: number
  readonly file: RecordingFile
}

/** Files that nobody has begun with. */
class Queue {
  readonly #files: readonly RecordingFile[]
  readonly #beganMs = performance.now()
  #next = 0

  constructor(files: readonly RecordingFile[]) {
    this.#files = files
  }

  next(): Queued | undefined {
    const place = this.#next
    const file = this.#files[place]
    if (file === undefined) return undefined
    this.#next++
    return { place, file }
  }

  /** Whether it would take long at the pace so far. */
  get needsHelp(): boolean {
    const tookMs = performance.now() - this.#beganMs
    return tookMs > FIRST_LOOK_MS && (tookMs / this.#next) * (this.#files.length - this.#next) > WORTH_HELP_MS
  }
}
