import { tokenOf } from '../../model/notation.ts'
import { type Baseline, type BaselineEntry, compareSignatures, entryFor, isExpired } from '../../reports/baseline.ts'
import type {
  BaselineEntryEvent,
  Bucket,
  FindingEvent,
  Footer,
  ResultEvent,
  ScenarioVerdict,
  Signature,
} from '../../reports/results.ts'
import { bucketEvent } from './bucket-event.ts'
import { Buckets, keyOf, type Shown, type Sighting } from './buckets.ts'
import { CellOutcomes } from './cell-outcomes.ts'
import { type Contrast, shownBy } from './contrast.ts'
import { Coverage } from './coverage.ts'
import type { Played } from './play-scenario.ts'

export interface LedgerOptions {
  readonly baseline: Baseline | undefined
  /** YYYY-MM-DD, for baseline entries that hold until a date. */
  readonly today: string
  readonly strict: boolean
  readonly failOnGone: boolean
}

/** What a campaign has seen, and what it comes to. */
export class Ledger {
  readonly coverage = new Coverage()
  readonly outcomes = new CellOutcomes()
  readonly #options: LedgerOptions
  readonly #buckets = new Buckets()
  readonly #events = new Map<string, Bucket>()
  readonly #entries = new Map<string, BaselineEntryEvent>()
  readonly #findings = new Map<string, FindingEvent>()
  readonly #origins = new Map<string, Footer['origins'][number]>()
  scenarios = 0
  requests = 0

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** Enters a play; gives the signatures that were never seen before and that the baseline does not excuse. */
  enter({ play, requests, durationMs }: Played, origin: ScenarioVerdict['origin']): readonly Sighting[] {
    this.scenarios++
    const sofar = this.#origins.get(origin) ?? { origin, scenarios: 0, diverged: 0, durationMs: 0 }
    const diverged = play.verdicts.some(({ divergences }) => divergences.length > 0) ? 1 : 0
    this.#origins.set(origin, {
      origin,
      scenarios: sofar.scenarios + 1,
      diverged: sofar.diverged + diverged,
      durationMs: sofar.durationMs + durationMs,
    })
    this.requests += requests
    this.coverage.add(play)
    this.outcomes.add(play)
    for (const finding of play.verdicts.flatMap(({ findings }) => findings)) this.#find(finding)
    return play.verdicts
      .flatMap(({ divergences }) => divergences)
      .flatMap((divergence) => this.#buckets.add(divergence, { play }) ?? [])
      .filter(({ signature }) => this.#excuse(signature) === undefined)
  }

  /** Enters that two plays differ which should not; gives the signature if it was never seen before and nothing excuses it. */
  enterContrast(contrast: Contrast, origin: ScenarioVerdict['origin']): readonly Sighting[] {
    const sofar = this.#origins.get(origin)
    if (sofar !== undefined) this.#origins.set(origin, { ...sofar, diverged: sofar.diverged + 1 })
    const sighting = this.#buckets.add(contrast.divergence, shownBy(contrast))
    return sighting === undefined || this.#excuse(sighting.signature) !== undefined ? [] : [sighting]
  }

  /** Makes a bucket of a signature, shown by the best play for it. */
  fill(signature: Signature, shown: Shown): Bucket {
    const { strict, baseline } = this.#options
    const excuse = this.#excuse(signature)
    const bucket = bucketEvent(signature, shown, {
      state: excuse === undefined ? 'new' : 'known',
      entry: baseline && entryFor(baseline, signature),
      count: this.#buckets.get(signature)?.count ?? 1,
      strict,
    })
    this.#events.set(keyOf(signature), bucket)
    return bucket
  }

  /** Notes that a baseline entry did not show its divergence. */
  settle(
    { rule, field, observed, sentence, scenario }: BaselineEntry,
    state: BaselineEntryEvent['state'],
    reason: string,
  ): void {
    const entry: BaselineEntryEvent = {
      event: 'baseline-entry',
      rule,
      field,
      observed,
      state,
      reason,
      scenario,
      sentence,
    }
    this.#entries.set(keyOf(entry), entry)
  }

  /** The events that sum up; signatures that no bucket was made of are shown by what met them first. */
  summary(): readonly ResultEvent[] {
    for (const { signature, shown } of this.#buckets.all()) {
      if (!this.#events.has(keyOf(signature))) this.fill(signature, shown)
    }
    const buckets = [...this.#events.values()].map((bucket) => ({
      ...bucket,
      count: this.#buckets.get(bucket)?.count ?? bucket.count,
    }))
    const isNew = ({ state }: Bucket) => state === 'new'
    return [
      ...buckets.filter(isNew),
      ...buckets.filter((bucket) => !isNew(bucket)).sort(compareSignatures),
      ...this.#unseenEntries(),
      ...[...this.#findings.values()].sort(compareSignatures),
    ]
  }

  /** The part of the footer that speaks of divergences. */
  totals(): Pick<Footer, 'scenarios' | 'origins' | 'requests' | 'buckets' | 'entries' | 'exitStatus'> {
    const buckets = [...this.#events.values()]
    const fresh = buckets.filter(({ state }) => state === 'new')
    const failing = fresh.filter(({ fails }) => fails).length
    const entries = this.#unseenEntries()
    const gone = entries.filter(({ state }) => state === 'gone').length
    const notChecked = entries.filter(({ state }) => state === 'not checked').length
    return {
      scenarios: this.scenarios,
      origins: [...this.#origins.values()],
      requests: this.requests,
      buckets: { new: fresh.length, known: buckets.length - fresh.length, failing },
      entries: { gone, notChecked },
      exitStatus: failing > 0 || (this.#options.failOnGone && gone > 0) ? 1 : 0,
    }
  }

  /** Entries whose own scenario showed nothing, and which nothing else showed either. */
  #unseenEntries(): readonly BaselineEntryEvent[] {
    return [...this.#entries.values()].filter((entry) => this.#buckets.get(entry) === undefined).sort(compareSignatures)
  }

  #excuse(signature: Signature): BaselineEntry | undefined {
    const { baseline, today } = this.#options
    const entry = baseline && entryFor(baseline, signature)
    return entry === undefined || isExpired(entry, today) ? undefined : entry
  }

  #find({ rule, field, observed }: Signature): void {
    const key = keyOf({ rule, field, observed })
    this.#findings.set(key, {
      event: 'finding',
      rule,
      field,
      observed,
      count: (this.#findings.get(key)?.count ?? 0) + 1,
    })
  }
}

/** One scenario as the results tell it. */
export function verdictEvent(
  { play, requests, durationMs }: Played,
  origin: ScenarioVerdict['origin'],
): ScenarioVerdict {
  return {
    event: 'verdict',
    scenario: tokenOf(play.scenario),
    origin,
    end: play.judgement.ended ? 'ended' : 'complete',
    requests,
    divergences: play.verdicts.flatMap(({ divergences }, step) =>
      divergences.map(({ rule, field, observed, expected, level }) => ({
        rule,
        field,
        observed,
        step,
        expected,
        level,
      })),
    ),
    durationMs,
  }
}
