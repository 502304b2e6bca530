import type { CompiledRules } from '../compiled-rules.ts'
import { type Place, placeAtStart, take } from '../place.ts'
import { type Response, respond } from '../respond.ts'
import type { Outcome, Rule } from '../rules/rule.ts'
import { isWait, type OperationStep, operationOf, remembering, type Scenario } from '../scenario.ts'
import { type Choose, carriedOut } from '../server.ts'
import type { ServiceVersion } from '../service-version.ts'
import { type Situation, situationAt } from '../situation.ts'
import type { Answer } from '../trace.ts'
import { subjectOf } from '../world.ts'

/** One way in which an operation may be answered: the rule that decides, and the answers that its outcome permits. */
export interface Told {
  readonly rule: Rule
  readonly outcome: Outcome
  readonly situation: Situation
  /** Every value that a field may have is in one of them. */
  readonly answers: readonly Answer[]
}

/** One course that a scenario may take: how each of its operations was answered, waits left out. */
export type Ending = readonly Told[]

/** Open rules make a scenario branch; no claim needs more courses than these. */
const MOST_ENDINGS = 64

/**
 * Every course that a scenario may take on a server that keeps the rules. Where a rule permits several outcomes, or does not
 * say whether it applies, each is followed.
 * @throws Error if there are more than a claim can be about.
 */
export function endingsOf(rules: CompiledRules, scenario: Scenario, version?: ServiceVersion): readonly Ending[] {
  let courses: readonly Course[] = [{ place: placeAtStart(scenario.world, version), told: [] }]
  for (const step of scenario.steps) {
    courses = courses.flatMap((course) =>
      isWait(step) ? [{ ...course, place: take(rules, course.place, step) }] : answered(rules, course, step),
    )
    if (courses.length > MOST_ENDINGS) throw new Error(`the scenario may take more than ${MOST_ENDINGS} courses`)
  }
  return courses.map(({ told }) => told)
}

interface Course {
  readonly place: Place
  readonly told: Ending
}

function answered(rules: CompiledRules, { place, told }: Course, step: OperationStep): readonly Course[] {
  const operation = operationOf(step, place.memory, place.path.length, place.version)
  const situation = situationAt(place.server.world, operation, place.nowMs)
  return waysOf(respond(rules, situation)).map(({ rule, applied, outcome }) => {
    const by = (choose: Choose) => carriedOut(place.server, situation, applied, outcome, choose)
    const answers = Array.from({ length: mostValuesOf(outcome) }, (_, nth) => by(valueAt(nth)).answer)
    const { state } = by(valueAt(0))
    const isSubject = step.on === subjectOf(place.setting).name
    const memory = isSubject ? remembering(place.memory, step, answers[0]!) : place.memory
    return {
      place: { ...place, server: state, memory, path: [...place.path, step] },
      told: [...told, { rule, outcome, situation, answers }],
    }
  })
}

interface Way {
  readonly rule: Rule
  readonly applied: readonly Rule[]
  readonly outcome: Outcome
}

function waysOf({ rules, outcomes, otherwise }: Response): readonly Way[] {
  const own = outcomes.map((outcome) => ({ rule: rules.at(-1)!, applied: rules, outcome }))
  return otherwise === undefined ? own : [...own, ...waysOf(otherwise)]
}

/** The last value stands for those that a field does not have. */
function valueAt(nth: number): Choose {
  return (values) => values[Math.min(nth, values.length - 1)]!
}

function mostValuesOf({ status, code, headers }: Outcome): number {
  return Math.max(...[status, code, ...headers].map(({ values }) => values.length))
}
