import type { CompiledRules } from './compiled-rules.ts'
import { leaseIdOf, reportOf } from './lease.ts'
import { type Operation, successOf } from './operation.ts'
import { respond } from './respond.ts'
import {
  type AnswerHeader,
  type Expectation,
  type HeaderClaim,
  isInForce,
  type Outcome,
  type Rule,
} from './rules/rule.ts'
import { type Situation, situationAt } from './situation.ts'
import type { Instant } from './time.ts'
import type { Answer } from './trace.ts'
import { replaced, resourceIn, type World } from './world.ts'
import { UNSEEN_LEASE_ID, worldAfter } from './world-after.ts'

/**
 * A server that answers by the rules and nothing else: the machine walks it, tests judge it, and with edited rules it is a
 * faulty one. Pure: state in, state out.
 */
export interface ServerState {
  readonly world: World
  /** How many ids and tags were handed out, so that each is new. */
  readonly issued: number
}

/** Chooses among permitted values; the first is the most likely one. */
export type Choose = <T>(values: readonly T[]) => T

export interface Served {
  readonly state: ServerState
  readonly answer: Answer
  readonly rules: readonly Rule[]
  readonly outcome: Outcome
  readonly situation: Situation
}

const FIRST: Choose = (values) => values[0]!

/** Answers one request at an instant. */
export function serve(
  rules: CompiledRules,
  state: ServerState,
  operation: Operation,
  instant: Instant,
  choose: Choose = FIRST,
): Served {
  const situation = situationAt(state.world, operation, instant)
  const { rules: applied, outcomes } = respond(rules, situation)
  return carriedOut(state, situation, applied, choose(outcomes), choose)
}

/** What follows where a server takes one of the outcomes that are permitted. */
export function carriedOut(
  state: ServerState,
  situation: Situation,
  rules: readonly Rule[],
  outcome: Outcome,
  choose: Choose = FIRST,
): Served {
  const after = furnished(situation, worldAfter(situation, outcome), state.issued + 1)
  const answer = answerOf(situation, outcome, after, choose)
  return { state: { world: after, issued: state.issued + 1 }, answer, rules, outcome, situation }
}

/** A server on which a world has just been set up. */
export function started(world: World): ServerState {
  return { world: world.map((each) => (each.existence === 'present' ? { ...each, ...tags(0) } : each)), issued: 0 }
}

/** The world with an id where the server has to make one up, and new tags where the content changed. */
function furnished({ subject: { name } }: Situation, world: World, number: number): World {
  const resource = resourceIn(world, name)
  if (resource.existence === 'absent') return world
  const unseen = leaseIdOf(resource.lease) === UNSEEN_LEASE_ID
  if (resource.etag !== undefined && !unseen) return world
  const lease = unseen ? ({ ...resource.lease, id: issuedId(number) } as typeof resource.lease) : resource.lease
  return replaced(world, { ...resource, lease, ...(resource.etag === undefined ? tags(number) : {}) })
}

function issuedId(number: number): string {
  return `5e7fe700-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

function tags(number: number): { readonly etag: string; readonly lastModified: string } {
  return { etag: `"0x${number.toString(16).toUpperCase()}"`, lastModified: `version ${number}` }
}

function answerOf(situation: Situation, outcome: Outcome, after: World, choose: Choose): Answer {
  const status = choose(outcome.status.values)
  const code = choose(outcome.code.values)
  const headers: Record<string, string> = {}
  const claims = outcome.headers.filter((claim) => isInForce(claim, situation.operation.version))
  for (const name of new Set(claims.map(({ header }) => header))) {
    const value = rendered(name, permittedByAll(name, claims), situation, after, choose)
    if (value !== undefined) headers[name] = value
  }
  return {
    status: status === 'success' ? successOf(situation.operation.name) : status,
    ...(code === 'none' ? {} : { code }),
    headers,
  }
}

/** Several claims about one header hold together: the values that each of them permits. */
function permittedByAll(name: AnswerHeader, all: readonly HeaderClaim[]): readonly Expectation[] {
  const claims = all.filter(({ header }) => header === name)
  return claims.reduce<readonly Expectation[]>(
    (values, claim) => values.filter((value) => claim.values.includes(value)),
    claims[0]!.values,
  )
}

function rendered(
  name: AnswerHeader,
  expectations: readonly Expectation[],
  { subject, operation, timeLeft }: Situation,
  after: World,
  choose: Choose,
): string | undefined {
  const expectation = choose(expectations)
  const resource = resourceIn(after, subject.name)
  const report = reportOf(subject.lease)
  const seconds = (timeLeft?.earliestMs ?? 0) / 1000
  switch (expectation) {
    case 'absent':
      return undefined
    case 'present':
      return name === 'etag' ? resource.etag : resource.lastModified
    case 'unchanged':
      return name === 'etag' ? (subject.etag ?? resource.etag) : (subject.lastModified ?? resource.lastModified)
    case 'changed':
      return name === 'etag' && resource.etag === subject.etag ? `${resource.etag} changed` : resource.etag
    case 'the lease id':
      return leaseIdOf(resource.lease) ?? leaseIdOf(subject.lease)
    case '0':
      return '0'
    case 'the break period':
      return String(operation.breakPeriod?.value ?? 0)
    case 'the break period - 1':
      return String((operation.breakPeriod?.value ?? 1) - 1)
    case 'the time left, rounded down':
      return String(Math.floor(seconds))
    case 'the time left, rounded up':
      return String(Math.ceil(seconds))
    case 'reported state':
      return report.state
    case 'reported status':
      return report.status
    case 'reported duration':
      return report.duration === 'absent' ? undefined : report.duration
    default:
      return expectation satisfies never
  }
}
