import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Baseline } from '../../reports/baseline.ts'
import type { RecordingsBaseline } from '../../reports/verification/recordings-baseline.ts'
import type {
  RecordedDivergence,
  VerificationEvent,
  VerificationFooter,
} from '../../reports/verification/verification.ts'
import type { ExchangeVerdict } from '../recordings/verifying/exchange-verdict.ts'
import { outcomeOf } from '../recordings/verifying-files/recording-outcome.ts'
import { Verification } from '../recordings/verifying-files/verification.ts'
import { TimedSession } from '../recordings/verifying-timed/timed-session.ts'

export interface RunningOptions {
  /** What reports call the session: the file that it is recorded in. */
  readonly name: string
  readonly baseline: Baseline | undefined
  readonly strict: boolean
  /** As `YYYY-MM-DD`. */
  readonly today: string
  readonly emit: (event: VerificationEvent) => void
  /** Told of each divergence that is new, when it is met for the first time. */
  readonly onNew: (divergence: RecordedDivergence) => void
}

/** What has been found at the end, apart from how it ended. */
export interface FoundInSession {
  readonly divergences: readonly RecordedDivergence[]
  readonly totals: Omit<VerificationFooter, 'event' | 'complete' | 'reason' | 'exitStatus' | 'durationMs'>
}

/** Judges a session while it goes on, and sums up. It keeps counts and divergences, and no exchange longer than it is judged. */
export class RunningVerdict {
  readonly session: TimedSession
  readonly #options: RunningOptions
  readonly #verification: Verification
  readonly #told = new Set<string>()
  #isMet = false

  constructor(options: RunningOptions) {
    const { strict, today, name, emit } = options
    this.#options = options
    const baseline = options.baseline && forSessions(options.baseline)
    this.#verification = new Verification({ baseline, strict, today, baselineName: () => name }, (event) => {
      // A session is one file, and not one for each exchange.
      if (event.event === 'file') return
      if (event.event === 'exchange' && event.result === 'unexplained') this.#isMet = true
      emit(event)
    })
    this.session = new TimedSession(compile(RULES), (verdict) => this.#take(verdict))
  }

  found(): FoundInSession {
    const { divergences, totals } = this.#verification.found(0)
    const one = { judged: 1, unreadable: 0, passedOver: 0, left: 0 }
    const formats = totals.formats.map((each) => ({ ...each, recordings: 1 }))
    const entries = { gone: 0, notChecked: totals.entries.gone + totals.entries.notChecked }
    return { divergences, totals: { ...totals, files: one, recordings: 1, standingFor: 1, formats, entries } }
  }

  #take(verdict: ExchangeVerdict): void {
    const { name } = this.#options
    const outcome = outcomeOf([verdict], { source: name, format: 'har', count: 1 }, name)
    this.#verification.take({ file: name, is: 'judged', recordings: [outcome] })
    if (!this.#isMet) return
    this.#isMet = false
    for (const each of this.#verification.found(0).divergences) {
      const key = JSON.stringify([each.rule, each.field, each.observed])
      if (each.state !== 'new' || this.#told.has(key)) continue
      this.#told.add(key)
      this.#options.onNew(each)
    }
  }
}

/** The baseline of a run of the same target: rule, field and observed value mean the same in a session. */
function forSessions({ entries }: Baseline): RecordingsBaseline {
  return {
    format: 'leasecheck-recordings-baseline',
    version: 1,
    entries: entries.map(({ rule, field, observed, sentence, issue, until, evidence }) => ({
      rule,
      field,
      observed,
      sentence,
      seenIn: [{ file: 'a run', place: '0' }],
      ...(issue === undefined ? {} : { issue }),
      ...(until === undefined ? {} : { until }),
      ...(evidence === undefined ? {} : { evidence }),
    })),
  }
}
