import type { Divergence } from '../../../model/judge.ts'
import { LEVELS } from '../../../model/rules/evidence.ts'
import { compareSignatures, isExpired } from '../../../reports/baseline.ts'
import { isSame } from '../../../reports/entries-file.ts'
import { type RecordingsBaseline, recordedEntryFor } from '../../../reports/verification/recordings-baseline.ts'
import type { Place, RecordedDivergence, SeenAt, UnmetEntry } from '../../../reports/verification/verification.ts'

/** How many places of a divergence are kept; all of them are told as they are found. */
const EXAMPLES = 10

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Bucket = Mutable<RecordedDivergence>

export interface BucketOptions {
  readonly baseline: RecordingsBaseline | undefined
  /** Whether a divergence from what is only inferred fails too. */
  readonly strict: boolean
  /** As `YYYY-MM-DD`. */
  readonly today: string
  /** The name of a file as a baseline has it. */
  readonly baselineName: (file: string) => string
}

/** Divergences by rule, field and observed value, each new or known. */
export class DivergenceBuckets {
  readonly #options: BucketOptions
  readonly #buckets = new Map<string, Bucket>()
  readonly #files = new Map<string, Set<string>>()

  constructor(options: BucketOptions) {
    this.#options = options
  }

  /** Takes the divergences of an exchange; whether the baseline lists all of them. */
  take(divergences: readonly Divergence[], at: SeenAt): 'unexplained' | 'known' {
    let result: 'unexplained' | 'known' = 'known'
    const met = new Set<Bucket>()
    for (const divergence of divergences) {
      const bucket = this.#bucketFor(divergence)
      if (bucket.state === 'new') result = 'unexplained'
      if (LEVELS.indexOf(divergence.level) < LEVELS.indexOf(bucket.level)) bucket.level = divergence.level
      met.add(bucket)
    }
    for (const bucket of met) this.#see(bucket, at)
    return result
  }

  /** Every divergence in a fixed order. */
  divergences(): readonly RecordedDivergence[] {
    return [...this.#buckets.values()].map((each) => ({ ...each, fails: this.#fails(each) })).sort(compareSignatures)
  }

  /** What became of the entries of the baseline that were not met. `wasJudged` takes names as the baseline has them. */
  unmet(wasJudged: (file: string) => boolean): readonly UnmetEntry[] {
    const entries = this.#options.baseline?.entries ?? []
    return entries
      .filter((entry) => [...this.#buckets.values()].every((bucket) => !isSame(bucket, entry)))
      .map(({ rule, field, observed, sentence, seenIn }) => {
        const missing = seenIn.find(({ file }) => !wasJudged(file))
        const found =
          missing === undefined
            ? ({ state: 'gone', reason: 'the files where it was seen agree now' } as const)
            : ({ state: 'not checked', reason: `${missing.file}, where it was seen, was not judged` } as const)
        return { event: 'baseline-entry', rule, field, observed, ...found, sentence }
      })
  }

  #bucketFor({ rule, field, observed, expected, level, evidence }: Divergence): Bucket {
    const key = JSON.stringify([rule, field, observed])
    const before = this.#buckets.get(key)
    if (before !== undefined) return before
    const entry = recordedEntryFor(this.#options.baseline, { rule, field, observed })
    const excused = entry !== undefined && !isExpired(entry, this.#options.today)
    const bucket: Bucket = {
      event: 'divergence',
      rule,
      field,
      observed,
      state: excused ? 'known' : 'new',
      expected,
      level,
      fails: false,
      count: 0,
      evidence: [...evidence],
      examples: [],
      seenIn: [],
      ...(entry === undefined ? {} : { sentence: entry.sentence }),
      ...(entry?.issue === undefined ? {} : { issue: entry.issue }),
    }
    this.#buckets.set(key, bucket)
    this.#files.set(key, new Set())
    return bucket
  }

  #see(bucket: Bucket, at: SeenAt): void {
    bucket.count++
    if (bucket.examples.length < EXAMPLES) bucket.examples.push(at)
    const files = this.#files.get(JSON.stringify([bucket.rule, bucket.field, bucket.observed]))!
    if (files.has(at.file)) return
    files.add(at.file)
    const { request: _request, ...place } = at
    bucket.seenIn.push({ ...place, file: this.#options.baselineName(at.file) } satisfies Place)
  }

  #fails({ state, level }: Bucket): boolean {
    const isSure = level === 'settled' || level === 'documented' || (level === 'inferred' && this.#options.strict)
    return state === 'new' && isSure
  }
}
