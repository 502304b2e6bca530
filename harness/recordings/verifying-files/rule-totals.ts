import type { RuleSeen } from '../../../reports/verification/verification.ts'
import type { RecordingOutcome, RuleCounts } from './recording-outcome.ts'

/** How many places are named for each rule, each in a recording of its own. */
const EXAMPLES = 3

/** What recordings say of each rule. */
export class RuleTotals {
  readonly #rules = new Map<string, RuleSeen>()

  take({ rules, count }: RecordingOutcome): void {
    for (const [rule, counts] of rules) {
      const total = this.#totalFor(rule)
      total.amongOthers += counts.amongOthers
      if (counts.alone > 0) addAlone(total, counts, count)
    }
  }

  /** All that were met, in a fixed order; answers most frequent first. */
  totals(): readonly RuleSeen[] {
    return [...this.#rules.values()]
      .map((each) => ({ ...each, answers: each.answers.toSorted((a, b) => b.exchanges - a.exchanges) }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1))
  }

  #totalFor(rule: string): RuleSeen {
    const known = this.#rules.get(rule)
    if (known !== undefined) return known
    const fresh: RuleSeen = {
      event: 'rule',
      rule,
      exchanges: 0,
      recordings: 0,
      standingFor: 0,
      amongOthers: 0,
      answers: [],
      examples: [],
    }
    this.#rules.set(rule, fresh)
    return fresh
  }
}

function addAlone(total: RuleSeen, { alone, answers, example }: RuleCounts, standingFor: number): void {
  total.exchanges += alone
  total.recordings++
  total.standingFor += standingFor
  for (const [answer, exchanges] of answers) {
    const known = total.answers.find((each) => each.answer === answer)
    if (known === undefined) total.answers.push({ answer, exchanges })
    else known.exchanges += exchanges
  }
  if (example !== undefined && total.examples.length < EXAMPLES) total.examples.push(example)
}
