import { readToken } from '../../model/notation.ts'
import { perform, placeAtStart, take } from '../../model/place.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type OperationStep, type Scenario } from '../../model/scenario.ts'
import { ERAS, type Era, type ServiceVersion } from '../../model/service-version.ts'
import { resourceIn } from '../../model/world.ts'
import { type Case, casebook, modelRules } from './casebook.ts'
import { type Moment, momentAt } from './moment.ts'

/** A difference between two neighbouring eras of the service: the requests that one rule decides otherwise than another did. */
export interface VersionChange {
  /** The first version of the later era. */
  readonly since: Era
  /** A version of the earlier era. */
  readonly earlierVersion: ServiceVersion
  readonly kind: ResourceKind
  readonly earlier: Rule
  readonly later: Rule
  /** What was answered and what is, for the request of the example. */
  readonly before: string
  readonly after: string
  /** The shortest scenario that shows it. */
  readonly example: Case
}

/** A version that asks for the behaviour of an era. */
export function versionOf(era: Era): ServiceVersion {
  return era === 'before 2012-02-12' ? '2011-08-18' : era
}

/**
 * What changed with versions, earliest first. Scenarios of the newest version are asked of every era; where its
 * earlier requests are answered alike in two neighbouring ones, its last request is compared.
 */
export function versionChanges(): readonly VersionChange[] {
  changes ??= ERAS.slice(1).flatMap((era, index) => changesBetween(ERAS[index]!, era))
  return changes
}

const ARRIVALS = new Map<Era, ReadonlyMap<Case, Arrival>>()

function arrivals(era: Era): ReadonlyMap<Case, Arrival> {
  let found = ARRIVALS.get(era)
  if (found === undefined) {
    found = new Map(samples().map((each) => [each, arrivalIn(scenarioOf(each), era)]))
    ARRIVALS.set(era, found)
  }
  return found
}

let changes: readonly VersionChange[] | undefined

function changesBetween(earlier: Era, later: Era): readonly VersionChange[] {
  const found = new Map<string, VersionChange>()
  for (const example of samples()) {
    const [then, now] = [arrivals(earlier).get(example)!, arrivals(later).get(example)!]
    if (then.way !== now.way || then.last.before !== now.last.before) continue
    const [before, after] = [answerText(then.last), answerText(now.last)]
    if (before === after) continue
    const [was, is] = [then.last.rules.at(-1)!, now.last.rules.at(-1)!]
    const key = `${was.id} ${is.id} ${example.kind}`
    if (!found.has(key))
      found.set(key, {
        since: later,
        earlierVersion: versionOf(earlier),
        kind: example.kind,
        earlier: was,
        later: is,
        before,
        after,
        example,
      })
  }
  return [...found.values()]
}

/** Of the cells that differ only in values one each: versions differ in operations, headers and states, not in numbers. */
function samples(): readonly Case[] {
  if (sampled === undefined) {
    const found = new Map<string, Case>()
    for (const each of casebook().cases) {
      const headers = Object.keys(each.step).join()
      const key = `${each.decidedBy.id} ${each.title} ${each.leaseBefore} ${headers}`
      if (!found.has(key)) found.set(key, each)
    }
    sampled = [...found.values()]
  }
  return sampled
}

let sampled: readonly Case[] | undefined

/** The last request of a scenario as an era answers it, and how it came there: status and state of each request before. */
interface Arrival {
  readonly way: string
  readonly last: Moment
}

function arrivalIn({ world, steps }: Scenario, era: Era): Arrival {
  let place = placeAtStart(world, versionOf(era))
  let way = ''
  for (const step of steps.slice(0, -1)) {
    if (isWait(step)) place = take(modelRules(), place, step)
    else {
      const { place: next, served } = perform(modelRules(), place, step)
      place = next
      way += ` ${served.answer.status} ${resourceIn(served.state.world, step.on).lease.state}`
    }
  }
  return { way, last: momentAt(modelRules(), place, steps.at(-1) as OperationStep) }
}

function scenarioOf({ token }: Case): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}

/** The answers with the headers that the rules speak of, and what becomes of the lease. */
function answerText(moment: Moment): string {
  const headers = Object.keys(moment.headers).sort().join(', ')
  const then = moment.after === moment.before ? '' : `, then ${moment.after}`
  return `${moment.answers}${headers === '' ? '' : ` with ${headers}`}${then}`
}
