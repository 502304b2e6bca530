import { compile } from '../../compiled-rules.ts'
import { readToken } from '../../notation.ts'
import { isLeaseAction, successOf } from '../../operation.ts'
import { type Place, perform, placeAtStart, take } from '../../place.ts'
import { type Response, respond } from '../../respond.ts'
import { isWait, type OperationStep, operationOf, type Scenario } from '../../scenario.ts'
import { type Situation, situationAt } from '../../situation.ts'
import { resourceIn } from '../../world.ts'
import { worldAfter } from '../../world-after.ts'
import { RULES } from '../index.ts'
import type { Outcome } from '../rule.ts'

const COMPILED = compile(RULES)

/** For tests: what the model answers to the steps of a replay token. Status and code, or status and the lease state reported. */
export function answersTo(token: string): readonly string[] {
  const { world, steps } = scenarioOf(token)
  let place: Place = placeAtStart(world)
  const told: string[] = []
  for (const step of steps) {
    if (isWait(step)) {
      place = take(COMPILED, place, step)
      continue
    }
    const { place: next, served } = perform(COMPILED, place, step)
    place = next
    const { status, code, headers } = served.answer
    told.push([status, code ?? headers['x-ms-lease-state']].filter((each) => each !== undefined).join(' '))
  }
  return told
}

/** For tests: every answer that is permitted to the last step of a replay token. */
export function permittedBy(token: string): readonly string[] {
  const { situation, response } = lastOf(token)
  return [...new Set(outcomesOf(response).flatMap((outcome) => answersOf(outcome, situation)))]
}

/** For tests: the lease states that the subject may be in after the last step of a replay token. */
export function statesAfter(token: string): readonly string[] {
  const { situation, response } = lastOf(token)
  const worlds = outcomesOf(response).map((outcome) => worldAfter(situation, outcome))
  return [...new Set(worlds.map((world) => resourceIn(world, situation.subject.name).lease.state))]
}

function lastOf(token: string): { readonly situation: Situation; readonly response: Response } {
  const { world, steps } = scenarioOf(token)
  const place = steps.slice(0, -1).reduce((before, step) => take(COMPILED, before, step), placeAtStart(world))
  const operation = operationOf(steps.at(-1) as OperationStep, place.memory, place.path.length)
  const situation = situationAt(place.server.world, operation, place.nowMs)
  return { situation, response: respond(COMPILED, situation) }
}

function scenarioOf(token: string): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

function outcomesOf({ outcomes, otherwise }: Response): readonly Outcome[] {
  return otherwise === undefined ? outcomes : [...outcomes, ...outcomesOf(otherwise)]
}

function answersOf({ status, code }: Outcome, { operation: { name } }: Situation): readonly string[] {
  return status.values.flatMap((value) =>
    code.values.map((each) => {
      const number = value === 'success' && !isLeaseAction(name) ? successOf(name) : value
      return each === 'none' ? String(number) : `${number} ${each}`
    }),
  )
}
