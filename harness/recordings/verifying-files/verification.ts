import type {
  RecordedDivergence,
  RuleSeen,
  UnmetEntry,
  VerificationEvent,
  VerificationFooter,
} from '../../../reports/verification/verification.ts'
import { HINDRANCES } from '../verifying/hindrance.ts'
import { type BucketOptions, DivergenceBuckets } from './divergence-buckets.ts'
import { add, ExchangeTotals, none } from './exchange-totals.ts'
import type { FileOutcome } from './file-outcome.ts'
import type { Exception, RecordingOutcome } from './recording-outcome.ts'
import { RuleTotals } from './rule-totals.ts'

/** What was found in all files, apart from how it ended. */
export interface Found {
  readonly divergences: readonly RecordedDivergence[]
  readonly entries: readonly UnmetEntry[]
  readonly rules: readonly RuleSeen[]
  readonly totals: Omit<VerificationFooter, 'event' | 'complete' | 'reason' | 'exitStatus' | 'durationMs'>
}

/** Sums up what became of files, and tells of each exchange that is not explained as soon as it is there. */
export class Verification {
  readonly #options: BucketOptions
  readonly #emit: (event: VerificationEvent) => void
  readonly #buckets: DivergenceBuckets
  readonly #rules = new RuleTotals()
  readonly #exchanges = new ExchangeTotals()
  readonly #judgedFiles = new Set<string>()
  #judged = 0
  #unreadable = 0
  #passedOver = 0

  constructor(options: BucketOptions, emit: (event: VerificationEvent) => void) {
    this.#options = options
    this.#emit = emit
    this.#buckets = new DivergenceBuckets(options)
  }

  /** How many exchanges and files it has come to. */
  get progress(): { readonly files: number; readonly exchanges: number } {
    return { files: this.#judged + this.#unreadable + this.#passedOver, exchanges: this.#exchanges.exchanges }
  }

  take(outcome: FileOutcome): void {
    switch (outcome.is) {
      case 'judged':
        this.#judged++
        this.#judgedFiles.add(this.#options.baselineName(outcome.file))
        this.#takeRecordings(outcome.file, outcome.recordings)
        return
      case 'unreadable':
        this.takeUnreadable(outcome.file, outcome.sentence)
        return
      case 'passed over':
        this.#passedOver++
        return
      default:
        outcome satisfies never
    }
  }

  /** Something that was named, or found, and could not be read. */
  takeUnreadable(file: string, sentence: string): void {
    this.#unreadable++
    this.#emit({ event: 'unreadable', file, sentence })
  }

  /** Whether a file was judged, by the name that a baseline has for it. */
  readonly wasJudged = (file: string): boolean => this.#judgedFiles.has(file)

  /** @param left how many files were not looked at, since it was interrupted */
  found(left: number): Found {
    const divergences = this.#buckets.divergences()
    const entries = this.#buckets.unmet(this.wasJudged)
    const gone = entries.filter(({ state }) => state === 'gone').length
    return {
      divergences,
      entries,
      rules: this.#rules.totals(),
      totals: {
        files: { judged: this.#judged, unreadable: this.#unreadable, passedOver: this.#passedOver, left },
        ...this.#exchanges.totals(),
        divergences: {
          new: divergences.filter(({ state }) => state === 'new').length,
          known: divergences.filter(({ state }) => state === 'known').length,
          failing: divergences.filter(({ fails }) => fails).length,
        },
        entries: { gone, notChecked: entries.length - gone },
      },
    }
  }

  #takeRecordings(file: string, recordings: readonly RecordingOutcome[]): void {
    const all = none()
    for (const recording of recordings) {
      this.#exchanges.takeRecording(recording)
      this.#rules.take(recording)
      add(all, recording.all)
      for (const each of recording.exceptions) {
        if (this.#takeException(each, recording) !== 'known') continue
        all.unexplained--
        all.known++
      }
    }
    const formats = [...new Set(recordings.map(({ format }) => format))]
    this.#emit({ event: 'file', file, formats, recordings: recordings.length, all })
  }

  #takeException(exception: Exception, { format }: RecordingOutcome): 'unexplained' | 'known' | 'not judgeable' {
    const { at, onLease: leaseOperation } = exception
    if (exception.result === 'not judgeable') {
      const { why, detail } = exception
      this.#exchanges.takeHindered(exception)
      const sentence = `${HINDRANCES[why]}${detail === undefined ? '' : ` (${detail})`}`
      this.#emit({ event: 'exchange', ...at, result: 'not judgeable', leaseOperation, divergences: [], why: sentence })
      return 'not judgeable'
    }
    const result = this.#buckets.take(exception.divergences, at)
    if (result === 'known') this.#exchanges.takeKnown(exception, format)
    const divergences = exception.divergences.map(({ rule, field, observed, expected, level }) => ({
      rule,
      field,
      observed,
      expected,
      level,
    }))
    this.#emit({ event: 'exchange', ...at, result, leaseOperation, divergences })
    return result
  }
}
