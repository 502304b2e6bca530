import { stepText, tokenOf } from '../../../model/notation.ts'
import type { TraceClock } from '../../../model/trace.ts'
import { isUndisturbed } from '../../../model/undisturbed.ts'
import { subjectOf } from '../../../model/world.ts'
import { type Gap, gapId } from '../../../properties/gaps/gap.ts'
import { type Observation, observationsIn } from '../../../properties/gaps/observation.ts'
import type { Play } from '../../../properties/play.ts'
import type { Proposal, Proposals, ProposedAnswer } from '../../../reports/proposals.ts'
import type { ChosenGaps } from './gap-plan.ts'

/** So many different answers to the same question are told. */
const MOST_DIFFERENT = 3

interface Seen {
  readonly observation: Observation
  readonly play: Play
  count: number
}

/** What a target answers where nobody knows the answer, gathered while it is asked. */
export class GapAnswers {
  readonly #gaps: ChosenGaps
  readonly #clock: TraceClock['kind']
  readonly #startedAt: string
  readonly #seen = new Map<Gap, Map<string, Seen>>()

  /** @param startedAt when the run began, ISO 8601: on virtual time the only real date there is */
  constructor(gaps: ChosenGaps, clock: TraceClock['kind'], startedAt: string) {
    this.#gaps = gaps
    this.#clock = clock
    this.#startedAt = startedAt
  }

  /** Takes what a play shows. */
  take(play: Play): void {
    // Where something is uncertain nothing is evidence.
    if (!isUndisturbed(play.trace)) return
    for (const observation of observationsIn(play, this.#gaps.asked)) {
      const { gap, fields } = observation
      const answers = this.#seen.get(gap) ?? new Map<string, Seen>()
      const key = JSON.stringify(fields)
      const known = answers.get(key)
      if (known !== undefined) known.count++
      else if (answers.size < MOST_DIFFERENT) answers.set(key, { observation, play, count: 1 })
      this.#seen.set(gap, answers)
    }
  }

  /** How many gaps were answered. */
  get answered(): number {
    return this.#seen.size
  }

  proposals(): Pick<Proposals, 'proposals' | 'unanswered'> {
    const left = this.#gaps.asked
      .filter((gap) => !this.#seen.has(gap))
      .map((gap) => ({ gap, reason: 'it was not reached: something stood in the way, or the run ended before' }))
    return {
      proposals: this.#gaps.asked.flatMap((gap) =>
        [...(this.#seen.get(gap)?.values() ?? [])].map((each) => this.#proposal(each)),
      ),
      unanswered: [...left, ...this.#gaps.leftOut].map(({ gap, reason }) => ({
        gap: gapId(gap),
        rule: gap.rule,
        kind: gap.kind,
        reason,
      })),
    }
  }

  #proposal({ observation: { gap, step, exchange, fields, readBack }, play, count }: Seen): Proposal {
    const { rule, kind, about, doubts, settledBy } = gap
    return {
      gap: gapId(gap),
      rule,
      kind,
      about,
      cell: settledBy.cell,
      scenario: tokenOf(settledBy.scenario),
      played: tokenOf(play.scenario),
      step,
      request: stepText(play.trace[step]!.call, subjectOf(play.scenario.world).name),
      answer: this.#answer(exchange),
      readBack: readBack.map((each) => this.#answer(each)),
      fields: fields.map((each, index) => {
        const { level, values } = doubts[index]!
        return { field: each.field, level, plausible: [...values], observed: each.observed, result: each.result }
      }),
      seen: count,
    }
  }

  #answer({ answer: { status, code, headers, requestId }, window }: Observation['exchange']): ProposedAnswer {
    return {
      status,
      ...(code === undefined ? {} : { code }),
      headers: { ...headers },
      ...(requestId === undefined ? {} : { requestId }),
      answeredAt: this.#clock === 'wall' ? new Date(window.latestMs).toISOString() : this.#startedAt,
    }
  }
}
