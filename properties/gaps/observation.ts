import { type CompiledRules, compile, replacing } from '../../model/compiled-rules.ts'
import { judge, type StepVerdict } from '../../model/judge.ts'
import { stepText } from '../../model/notation.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Outcome, Rule } from '../../model/rules/rule.ts'
import { isWait, type Scenario } from '../../model/scenario.ts'
import type { Answer, Exchange } from '../../model/trace.ts'
import { worldNameOf } from '../../model/usual-worlds.ts'
import { subjectOf } from '../../model/world.ts'
import type { Play } from '../play.ts'
import type { Doubt, Gap, Settling } from './gap.ts'

/**
 * What an answer says of a doubtful field: `confirmed`, it is what was deduced; `chosen`, it is one of several plausible
 * values; `contradicted`, it is something else; `not shown`, the answer says nothing of it.
 */
export const OBSERVATION_RESULTS = ['confirmed', 'chosen', 'contradicted', 'not shown'] as const
export type ObservationResult = (typeof OBSERVATION_RESULTS)[number]

export interface ObservedField {
  readonly field: string
  readonly observed: string
  readonly result: ObservationResult
}

/** An exchange that was answered. */
export type Answered = Exchange & { readonly answer: Answer }

/** What a target answered where a gap is. */
export interface Observation {
  readonly gap: Gap
  /** The place of the request in the play. */
  readonly step: number
  readonly exchange: Answered
  readonly fields: readonly ObservedField[]
  /** What came back to the requests that read back what became of the resource. */
  readonly readBack: readonly Answered[]
}

const COMPILED = compile(RULES)
const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]))

/**
 * What a play shows of gaps. A gap is known by its rule and its cell, whatever led there, or by its own scenario: on wall time a
 * cell is another one as soon as a moment has passed.
 */
export function observationsIn(play: Play, gaps: readonly Gap[]): readonly Observation[] {
  const texts = stepTexts(play.scenario)
  return play.verdicts.flatMap((verdict, step) => {
    const exchange = play.trace[step]!.exchanges[0]
    const { rules = [], cell } = verdict
    if (!isAnswered(exchange) || verdict.result === 'unknown') return []
    return gaps
      .filter(
        ({ rule, settledBy }) => rules.includes(rule) && (settledBy.cell === cell || isAskedAt(settledBy, texts, step)),
      )
      .flatMap((gap) => observed(play, step, exchange, gap) ?? [])
  })
}

function observed(play: Play, step: number, exchange: Answered, gap: Gap): Observation | undefined {
  if (gap.about !== 'aftermath') {
    const fields = gap.doubts.map((doubt) => answered(doubt, gap.rule, play.verdicts[step]!, exchange.answer))
    return { gap, step, exchange, fields, readBack: [] }
  }
  const { scenario, step: asked } = gap.settledBy
  const last = step + scenario.steps.length - 1 - asked
  const readBack = play.trace
    .slice(step + 1, last + 1)
    .flatMap(({ exchanges }) => (isAnswered(exchanges[0]) ? [exchanges[0]] : []))
  const wanted = scenario.steps.slice(asked + 1).filter((each) => !isWait(each)).length
  if (readBack.length < wanted) return undefined
  return {
    gap,
    step,
    exchange,
    readBack,
    fields: gap.doubts.map((doubt) => followed(doubt, gap.rule, play, step, last)),
  }
}

/** A scenario in words: its world, and then its steps. */
function stepTexts({ world, steps }: Scenario): readonly string[] {
  const { name } = subjectOf(world)
  return [worldNameOf(world), ...steps.map((each) => stepText(each, name))]
}

/** Whether a request is the one that settles a gap, after the steps that lead there and others that change nothing. */
function isAskedAt({ scenario, step }: Settling, texts: readonly string[], at: number): boolean {
  const own = stepTexts(scenario)
  return (
    at >= step &&
    own[step + 1] === texts[at + 1] &&
    own.slice(0, step + 1).every((text, place) => text === texts[place])
  )
}

function isAnswered(exchange: Exchange | undefined): exchange is Answered {
  return exchange?.answer !== undefined
}

/** What the answer itself says of a field. */
function answered({ field, values }: Doubt, rule: string, verdict: StepVerdict, answer: Answer): ObservedField {
  const decided = verdict.rules?.at(-1) === rule
  if (field === 'check') {
    if (verdict.result === 'diverged' && verdict.divergences.some((each) => each.field === 'status'))
      return { field, observed: statusText(answer), result: 'contradicted' }
    return { field, observed: values[decided ? 0 : 1]!, result: 'chosen' }
  }
  const differs = (name: string) => verdict.divergences.find((each) => each.field === name)
  const raw =
    field === 'status'
      ? String(answer.status)
      : field === 'code'
        ? (answer.code ?? 'none')
        : (answer.headers[field] ?? 'absent')
  if (!decided || (field !== 'status' && differs('status') !== undefined))
    return { field, observed: raw, result: 'not shown' }
  const result = differs(field) !== undefined ? 'contradicted' : values.length > 1 ? 'chosen' : 'confirmed'
  return { field, observed: raw, result }
}

function statusText({ status, code }: Answer): string {
  return code === undefined ? String(status) : `${status} ${code}`
}

/** What the requests after it say of what became of the resource: which of the permitted outcomes explain them. */
function followed({ field, values }: Doubt, id: string, play: Play, step: number, last: number): ObservedField {
  const rule = BY_ID.get(id)!
  const fits = rule.expect.filter((outcome) =>
    explains(replacing(COMPILED, { ...rule, expect: [outcome] }), play, step, last),
  )
  const claimed = (outcome: Outcome) => String((field === 'clock' ? outcome.clock : outcome.next).values[0])
  const seen = [...new Set(fits.map(claimed))]
  if (seen.length === 0) return { field, observed: 'something else', result: 'contradicted' }
  if (values.length === 1) return { field, observed: seen[0]!, result: 'confirmed' }
  return { field, observed: seen.join(' or '), result: seen.length === 1 ? 'chosen' : 'not shown' }
}

function explains(rules: CompiledRules, { judgement, scenario, trace }: Play, step: number, last: number): boolean {
  const { steps } = judge(rules, { clock: judgement.clock, world: scenario.world, steps: trace.slice(0, last + 1) })
  const after = steps.slice(step)
  return after.length === last + 1 - step && after.every(({ divergences }) => divergences.length === 0)
}
