import { cellOf } from '../../model/cell.ts'
import type { CompiledRules } from '../../model/compiled-rules.ts'
import { FEATURES, type FeatureName } from '../../model/features.ts'
import { agedTo, type Lease } from '../../model/lease.ts'
import { readToken } from '../../model/notation.ts'
import { type Place, perform, placeAtStart, take } from '../../model/place.ts'
import type { Resource, ResourceKind } from '../../model/resource.ts'
import { type Response, respond } from '../../model/respond.ts'
import type { Level } from '../../model/rules/evidence.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type OperationStep, type Scenario } from '../../model/scenario.ts'
import type { Served } from '../../model/server.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Situation } from '../../model/situation.ts'
import { resourceIn } from '../../model/world.ts'
import { answersInWords, levelOf, type Permitted } from './answers-in-words.ts'
import { headerInWords, leaseInWords } from './lease-words.ts'

/** What the features say of a request: how it is found again, and what a table of answers is made of. */
export type Facts = { readonly [F in (typeof FACTS)[number]]: string }
const FACTS = [
  'existence',
  'state',
  'term',
  'leaseId',
  'proposedLeaseId',
  'duration',
  'breakPeriod',
  'condition',
  'stray',
] as const satisfies readonly FeatureName[]

/** One request of a scenario and how the service answers it, by the rules. */
export interface Moment {
  readonly cell: string
  readonly kind: ResourceKind
  readonly step: OperationStep
  readonly facts: Facts
  /** Per layer that was asked the rule that applies; the last one decides. */
  readonly rules: readonly Rule[]
  /** Everything that is permitted, each with the rule that permits it; the first is the likeliest. */
  readonly permitted: readonly Permitted[]
  /** All of that in a line, and how sure it is. */
  readonly answers: string
  readonly level: Level
  /** The likeliest answer. */
  readonly status: number
  /** The error code; `none` on success. */
  readonly code: string
  /** The headers that the rules speak of; lease ids are given by their names. */
  readonly headers: Readonly<Record<string, string>>
  /** The lease before and after, for readers. */
  readonly before: string
  readonly after: string
  readonly leaseBefore: LeaseShort
  readonly leaseAfter: LeaseShort
  /** Within a second of a deadline, where every claim is at most inferred. */
  readonly nearDeadline: boolean
}

/** The state of a lease, or that there is nothing that could have one. */
export type LeaseShort = Lease['state'] | 'absent' | 'uncommitted'

/** The moment of a request in a place. */
export function momentAt(rules: CompiledRules, place: Place, step: OperationStep): Moment {
  return momentOf(rules, place, step, perform(rules, place, step).served)
}

/**
 * Every request of a scenario, in order, on virtual time.
 * @throws Error if the text is no replay token.
 */
export function momentsOf(
  rules: CompiledRules,
  scenario: Scenario | string,
  version?: ServiceVersion,
): readonly Moment[] {
  const { world, steps } = typeof scenario === 'string' ? scenarioOf(scenario) : scenario
  let place = placeAtStart(world, version)
  const moments: Moment[] = []
  for (const step of steps) {
    if (isWait(step)) {
      place = take(rules, place, step)
      continue
    }
    const { place: next, served } = perform(rules, place, step)
    moments.push(momentOf(rules, place, step, served))
    place = next
  }
  return moments
}

/**
 * The last request of a scenario: what the scenario is about.
 * @throws Error if the text is no replay token, or asks for nothing.
 */
export function lastMomentOf(rules: CompiledRules, scenario: Scenario | string, version?: ServiceVersion): Moment {
  const last = momentsOf(rules, scenario, version).at(-1)
  if (last === undefined) throw new Error(`the scenario ${JSON.stringify(scenario)} asks the service for nothing`)
  return last
}

function momentOf(rules: CompiledRules, place: Place, step: OperationStep, served: Served): Moment {
  const { situation, answer, rules: applied, state } = served
  const { subject } = situation
  const after = resourceIn(state.world, subject.name)
  const permitted = permittedIn(rules, situation)
  return {
    cell: cellOf(situation),
    kind: subject.kind,
    step,
    facts: factsOf(situation),
    rules: applied,
    permitted,
    answers: answersInWords(permitted, step.do),
    level: levelOf(permitted, situation.nearDeadline),
    status: answer.status,
    code: answer.code ?? 'none',
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, headerInWords(value)])),
    before: leaseInWords(subject, place.nowMs),
    after: leaseInWords(aged(after, place), place.nowMs),
    leaseBefore: shortOf(subject),
    leaseAfter: shortOf(aged(after, place)),
    nearDeadline: situation.nearDeadline,
  }
}

function permittedIn(rules: CompiledRules, situation: Situation): Moment['permitted'] {
  const permitted: Permitted[] = []
  for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise) {
    const rule = each.rules.at(-1)!
    permitted.push(...each.outcomes.map((outcome) => ({ rule, outcome })))
  }
  return permitted
}

function factsOf(situation: Situation): Facts {
  return Object.fromEntries(FACTS.map((name) => [name, FEATURES[name].of(situation)])) as Facts
}

function aged(resource: Resource, { nowMs }: Place): Resource {
  return { ...resource, lease: agedTo(resource.lease, nowMs) }
}

function shortOf({ existence, lease }: Resource): LeaseShort {
  return existence === 'present' ? lease.state : existence
}

function scenarioOf(token: string): Scenario {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  return read.scenario
}
