import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { Divergence, Judged } from '../../../model/judge.ts'
import type { SeenAt } from '../../../reports/verification/verification.ts'
import { answerOf } from '../../drivers/answer.ts'
import type { Recording, RecordingFormat } from '../importing/recorded-exchange.ts'
import type { HindranceName } from '../verifying/hindrance.ts'
import { type ExchangeVerdict, verifyRecording } from '../verifying/verify-recording.ts'
import { requestLine } from './request-line.ts'

/** How many exchanges, by what the judge says of them. */
export interface Counts {
  exchanges: number
  explained: number
  unexplained: number
  notJudgeable: number
  hierarchical: number
  beside: number
}

/** An exchange that is not simply explained. */
export type Exception = { readonly at: SeenAt; readonly onLease: boolean } & (
  | { readonly result: 'unexplained'; readonly divergences: readonly Divergence[] }
  | { readonly result: 'not judgeable'; readonly why: HindranceName; readonly detail?: string }
)

/** How often a rule decided in a recording, alone or as one of several that may have. */
export interface RuleCounts {
  alone: number
  amongOthers: number
  /** Of those that it explains alone, by status and code. */
  readonly answers: Map<string, number>
  /** The first that it explains alone. */
  example?: SeenAt
}

/** What became of a recording: plain data, so that it can be sent from one thread to another. */
export interface RecordingOutcome {
  readonly format: RecordingFormat
  readonly count: number
  readonly all: Counts
  readonly leaseOperations: Counts
  readonly judged: Judged
  readonly exceptions: readonly Exception[]
  readonly rules: ReadonlyMap<string, RuleCounts>
}

/** Judges a recording of a file, and sums up. */
export function recordingOutcome(rules: CompiledRules, recording: Recording, file: string): RecordingOutcome {
  return outcomeOf(verifyRecording(rules, recording), recording, file)
}

/** Sums up what the judge says of some exchanges of a recording. */
export function outcomeOf(
  verdicts: readonly ExchangeVerdict[],
  recording: Omit<Recording, 'exchanges'>,
  file: string,
): RecordingOutcome {
  const all = nothing()
  const leaseOperations = nothing()
  const judged = { settled: 0, documented: 0, inferred: 0, open: 0 }
  const exceptions: Exception[] = []
  const seen = new Map<string, RuleCounts>()
  const name = recordingName(recording, file)
  const placeOf = ({ exchange }: ExchangeVerdict): SeenAt => ({
    file,
    ...(name === undefined ? {} : { recording: name }),
    place: exchange.place,
    request: requestLine(exchange),
  })
  for (const verdict of verdicts) {
    count(verdict, all)
    if (verdict.onLease) count(verdict, leaseOperations)
    if (verdict.result === 'explained') countRules(verdict, seen, placeOf)
    if (verdict.result === 'explained' || verdict.result === 'unexplained') {
      judged.settled += verdict.judged.settled
      judged.documented += verdict.judged.documented
      judged.inferred += verdict.judged.inferred
      judged.open += verdict.judged.open
    }
    const exception = exceptionIn(verdict, placeOf)
    if (exception !== undefined) exceptions.push(exception)
  }
  const { format, count: alike } = recording
  return { format, count: alike, all, leaseOperations, judged, exceptions, rules: seen }
}

function nothing(): Counts {
  return { exchanges: 0, explained: 0, unexplained: 0, notJudgeable: 0, hierarchical: 0, beside: 0 }
}

/** A file with several documents counts its entries through, so that only sessions with names of their own have to be named. */
function recordingName({ source, format }: Pick<Recording, 'source' | 'format'>, file: string): string | undefined {
  return format === 'condensed' && source !== file ? source : undefined
}

function count(verdict: ExchangeVerdict, into: Counts): void {
  into.exchanges++
  switch (verdict.result) {
    case 'explained':
    case 'unexplained':
    case 'beside':
      into[verdict.result]++
      return
    case 'not judgeable':
      into[verdict.why.name === 'hierarchical namespace' ? 'hierarchical' : 'notJudgeable']++
      return
    default:
      verdict satisfies never
  }
}

function exceptionIn(verdict: ExchangeVerdict, placeOf: (of: ExchangeVerdict) => SeenAt): Exception | undefined {
  const { onLease } = verdict
  if (verdict.result === 'unexplained') {
    const { divergences } = verdict
    return { at: placeOf(verdict), onLease, result: 'unexplained', divergences }
  }
  if (verdict.result !== 'not judgeable') return undefined
  const { name, detail } = verdict.why
  const why = detail === undefined ? { why: name } : { why: name, detail }
  return { at: placeOf(verdict), onLease, result: 'not judgeable', ...why }
}

type Explained = Extract<ExchangeVerdict, { readonly steps: unknown }>

/** An exchange counts once for a rule, also where a listing shows several resources. */
function countRules(verdict: Explained, into: Map<string, RuleCounts>, placeOf: (of: ExchangeVerdict) => SeenAt): void {
  const alone = new Set<string>()
  const amongOthers = new Set<string>()
  for (const { rules = [], orRules } of verdict.steps) {
    const decided = rules.at(-1)
    if (decided === undefined) continue
    if (orRules === undefined) alone.add(decided)
    else for (const each of [decided, ...orRules]) amongOthers.add(each)
  }
  for (const rule of alone) {
    const counts = countsOf(rule, into)
    counts.alone++
    const answer = answerText(verdict)
    counts.answers.set(answer, (counts.answers.get(answer) ?? 0) + 1)
    counts.example ??= placeOf(verdict)
  }
  for (const rule of amongOthers) if (!alone.has(rule)) countsOf(rule, into).amongOthers++
}

function countsOf(rule: string, into: Map<string, RuleCounts>): RuleCounts {
  const known = into.get(rule)
  if (known !== undefined) return known
  const fresh: RuleCounts = { alone: 0, amongOthers: 0, answers: new Map() }
  into.set(rule, fresh)
  return fresh
}

function answerText({ exchange: { status, responseHeaders, responseBody } }: ExchangeVerdict): string {
  const { code } = answerOf(status, responseHeaders, responseBody)
  return code === undefined ? String(status) : `${status} ${code}`
}
