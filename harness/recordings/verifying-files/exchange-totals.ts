import type { Tally, VerificationFooter } from '../../../reports/verification/verification.ts'
import type { RecordingFormat } from '../importing/recorded-exchange.ts'
import { HINDRANCES, type HindranceName } from '../verifying/hindrance.ts'
import type { Counts, Exception, RecordingOutcome } from './recording-outcome.ts'

/** How many exchanges are named for each reason why they cannot be judged. */
const EXAMPLES = 3

type Totals = Pick<
  VerificationFooter,
  'recordings' | 'standingFor' | 'all' | 'leaseOperations' | 'formats' | 'notJudgeable' | 'judged'
>

/** How many exchanges of how many recordings were explained, and what hindered. */
export class ExchangeTotals {
  #recordings = 0
  #standingFor = 0
  readonly #all = none()
  readonly #leaseOperations = none()
  readonly #judged = { settled: 0, documented: 0, inferred: 0, open: 0 }
  readonly #formats = new Map<RecordingFormat, Totals['formats'][number]>()
  readonly #hindrances = new Map<HindranceName, Totals['notJudgeable'][number]>()

  get exchanges(): number {
    return this.#all.exchanges
  }

  /** Takes a recording; exceptions are taken one by one, since the baseline decides about them. */
  takeRecording({ count, format, all, leaseOperations, judged }: RecordingOutcome): void {
    this.#recordings++
    this.#standingFor += count
    const ofFormat = this.#ofFormat(format)
    ofFormat.recordings++
    for (const into of [this.#all, ofFormat.all]) add(into, all)
    for (const into of [this.#leaseOperations, ofFormat.leaseOperations]) add(into, leaseOperations)
    this.#judged.settled += judged.settled
    this.#judged.documented += judged.documented
    this.#judged.inferred += judged.inferred
    this.#judged.open += judged.open
  }

  /** An exchange that was counted as unexplained is known. */
  takeKnown({ onLease }: Exception, format: RecordingFormat): void {
    const ofFormat = this.#ofFormat(format)
    const tallies = [this.#all, ofFormat.all, ...(onLease ? [this.#leaseOperations, ofFormat.leaseOperations] : [])]
    for (const tally of tallies) {
      tally.unexplained--
      tally.known++
    }
  }

  takeHindered({ at, onLease, why }: Extract<Exception, { result: 'not judgeable' }>): void {
    const sentence = HINDRANCES[why]
    const known = this.#hindrances.get(why)
    const counted = known ?? { reason: why, sentence, exchanges: 0, leaseOperations: 0, examples: [] }
    if (known === undefined) this.#hindrances.set(why, counted)
    counted.exchanges++
    if (onLease) counted.leaseOperations++
    if (counted.examples.length < EXAMPLES) counted.examples.push(at)
  }

  totals(): Totals {
    return {
      recordings: this.#recordings,
      standingFor: this.#standingFor,
      all: this.#all,
      leaseOperations: this.#leaseOperations,
      formats: [...this.#formats.values()].sort((a, b) => (a.format < b.format ? -1 : 1)),
      notJudgeable: [...this.#hindrances.values()].sort((a, b) => b.exchanges - a.exchanges),
      judged: this.#judged,
    }
  }

  #ofFormat(format: RecordingFormat): Totals['formats'][number] {
    const known = this.#formats.get(format)
    if (known !== undefined) return known
    const fresh = { format, recordings: 0, all: none(), leaseOperations: none() }
    this.#formats.set(format, fresh)
    return fresh
  }
}

export function none(): Tally {
  return { exchanges: 0, explained: 0, unexplained: 0, known: 0, notJudgeable: 0, hierarchical: 0, beside: 0 }
}

export function add(into: Tally, counts: Counts): void {
  into.exchanges += counts.exchanges
  into.explained += counts.explained
  into.unexplained += counts.unexplained
  into.notJudgeable += counts.notJudgeable
  into.hierarchical += counts.hierarchical
  into.beside += counts.beside
}
