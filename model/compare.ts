import type { Judged } from './judge.ts'
import { deadlineOf, leaseIdOf, reportOf } from './lease.ts'
import { leaseIdArgument } from './lease-id.ts'
import { classOf, isLeaseAction, successOf } from './operation.ts'
import { type Claim, type Evidence, type Level, weaker } from './rules/evidence.ts'
import { type AnswerHeader, type Expectation, isInForce, type Outcome, type Rule } from './rules/rule.ts'
import { ERROR_CODE_HEADER } from './rules/versions/error-code.ts'
import type { Situation } from './situation.ts'
import type { Answer, Unrecorded } from './trace.ts'
import { describeUse } from './uses.ts'
import { replaced, resourceIn, type World } from './world.ts'
import { UNSEEN_LEASE_ID } from './world-after.ts'

/** A field of an answer that does not hold what an outcome claims. */
export interface Mismatch {
  readonly field: 'status' | 'code' | AnswerHeader
  readonly expected: string
  /** Said without ids and times, so that the same defect reads the same in every run. */
  readonly observed: string
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/** What a target did where nobody knows what is right: a fact worth keeping. */
export interface Finding {
  readonly rule: string
  readonly field: string
  readonly observed: string
}

/** An answer held against one permitted outcome. */
export interface Comparison {
  readonly mismatches: readonly Mismatch[]
  readonly findings: readonly Finding[]
  readonly judged: Judged
  /** The world that follows, with what the answer showed of it: an id that the server made up, ETag, Last-Modified. */
  readonly world: World
}

/** Compares an answer with an outcome and the world that would follow it. Near a deadline every claim is at most inferred. */
export function compare(
  situation: Situation,
  rule: Rule,
  outcome: Outcome,
  after: World,
  answer: Answer,
  unrecorded: readonly Unrecorded[] = [],
): Comparison {
  const mismatches: Mismatch[] = []
  const findings: Finding[] = []
  const judged = { settled: 0, documented: 0, inferred: 0, open: 0 }
  const check = (
    field: Mismatch['field'],
    claim: Claim<unknown>,
    met: boolean,
    expected: () => string,
    observed: () => string,
  ) => {
    const level = situation.nearDeadline ? weaker(claim.level, 'inferred') : claim.level
    judged[level]++
    if (!met) mismatches.push({ field, expected: expected(), observed: observed(), level, evidence: claim.evidence })
    else if (claim.level === 'open') findings.push({ rule: rule.id, field, observed: observed() })
  }

  const { status, code, headers } = outcome
  const wanted = status.values.map((value) => (value === 'success' ? successOf(situation.operation.name) : value))
  const sameStatus = wanted.includes(answer.status)
  const answeredCode = answer.code ?? 'none'
  check(
    'status',
    status,
    sameStatus,
    () => `${wanted.join(' or ')}${code.values[0] === 'none' ? '' : ` ${code.values.join(' or ')}`}`,
    () => describeStatus(answer, rule),
  )
  if (sameStatus) {
    if (canSayCode(situation, answer) && !unrecorded.includes('code')) {
      check(
        'code',
        code,
        code.values.includes(answeredCode),
        () => code.values.join(' or '),
        () => answeredCode,
      )
    }
    const context: Context = { situation, after, answer }
    for (const claim of headers) {
      const { header } = claim
      if (!isInForce(claim, situation.operation.version) || unrecorded.includes(header)) continue
      const met = claim.values.some((value) => meets(value, header, context))
      check(
        header,
        claim,
        met,
        () => claim.values.map((value) => spelled(value, situation)).join(' or '),
        () => (claim.values[0] === 'absent' ? 'present' : describe(header, context)),
      )
    }
  }
  return { mismatches, findings, judged, world: learned(situation, after, answer) }
}

/** An answer without a body has nowhere to put its code before there was a header for it. */
function canSayCode({ operation: { name, version } }: Situation, { status }: Answer): boolean {
  if (version >= ERROR_CODE_HEADER.from) return true
  return status !== NOT_MODIFIED && (isLeaseAction(name) || describeUse(name).head !== true)
}

const NOT_MODIFIED = 304

interface Context {
  readonly situation: Situation
  readonly after: World
  readonly answer: Answer
}

function meets(expectation: Expectation, header: AnswerHeader, { situation, after, answer }: Context): boolean {
  const observed = answer.headers[header]
  const { subject, operation } = situation
  switch (expectation) {
    case 'absent':
      return observed === undefined
    case 'present':
      return observed !== undefined
    case 'unchanged':
      return observed !== undefined && (tag(subject, header) === undefined || tag(subject, header) === observed)
    case 'changed':
      return observed !== undefined && (tag(subject, header) !== observed || isSameInstant(situation))
    case 'the lease id': {
      const id = leaseIdOf(resourceIn(after, subject.name).lease)
      if (id !== UNSEEN_LEASE_ID) return observed === id
      const read = leaseIdArgument(observed)
      return read.given === 'guid' && read.canonical
    }
    case '0':
      return observed === '0'
    case 'the break period':
      return observed === String(operation.breakPeriod?.value)
    case 'the break period - 1':
      return observed === String((operation.breakPeriod?.value ?? 0) - 1)
    case 'the time left, rounded down':
      return isWhole(observed) && between(Number(observed), secondsLeft(situation, Math.floor))
    case 'the time left, rounded up':
      return isWhole(observed) && between(Number(observed), secondsLeft(situation, Math.ceil))
    case 'reported state':
      return observed === reportOf(subject.lease).state
    case 'reported status':
      return observed === reportOf(subject.lease).status
    case 'reported duration':
      return (observed ?? 'absent') === reportOf(subject.lease).duration
    default:
      return expectation satisfies never
  }
}

/**
 * A status and its code. Where malformed headers are let through, the code is that of whichever check comes to refuse the
 * request later; it depends on the state and says nothing about the defect.
 */
function describeStatus({ status, code }: Answer, { layer }: Rule): string {
  return code === undefined || layer === 'syntax' ? String(status) : `${status} ${code}`
}

/** What a header holds, in words that do not depend on the run. */
function describe(header: AnswerHeader, context: Context): string {
  const observed = context.answer.headers[header]
  if (observed === undefined) return 'absent'
  if (header === 'x-ms-lease-state' || header === 'x-ms-lease-status' || header === 'x-ms-lease-duration')
    return observed
  if (header === 'etag' || header === 'last-modified')
    return meets('unchanged', header, context) ? 'unchanged' : 'changed'
  if (header === 'x-ms-lease-id') return describeId(observed, context)
  return LEASE_TIMES.find((expectation) => meets(expectation, header, context)) ?? 'another time'
}

const LEASE_TIMES: readonly Expectation[] = [
  '0',
  'the time left, rounded down',
  'the time left, rounded up',
  'the break period',
  'the break period - 1',
]

function describeId(observed: string, { situation, after }: Context): string {
  const read = leaseIdArgument(observed)
  if (read.given !== 'guid') return 'not a lease id'
  return read.id === leaseIdOf(resourceIn(after, situation.subject.name).lease)
    ? 'the lease id, spelt otherwise'
    : 'another lease id'
}

/** An expectation in words for people, with the value where it is known. */
function spelled(expectation: Expectation, { subject }: Situation): string {
  switch (expectation) {
    case 'reported state':
      return reportOf(subject.lease).state
    case 'reported status':
      return reportOf(subject.lease).status
    case 'reported duration':
      return reportOf(subject.lease).duration
    default:
      return expectation
  }
}

/**
 * Whether the content may have changed in this very instant before: a server that makes its tags of the time may then give
 * the same one again. Virtual time stands still between requests, so this is no rare case.
 */
function isSameInstant({ subject, now }: Situation): boolean {
  return subject.changedByMs === undefined || now.earliestMs <= subject.changedByMs
}

function tag(resource: Situation['subject'], header: AnswerHeader): string | undefined {
  return header === 'etag' ? resource.etag : resource.lastModified
}

/** The whole seconds left on the lease, at least and at most. */
function secondsLeft({ subject, now }: Situation, round: (seconds: number) => number): readonly [number, number] {
  const deadline = deadlineOf(subject.lease)
  if (deadline === undefined) return [0, 0]
  return [
    Math.max(0, round((deadline.earliestMs - now.latestMs) / 1000)),
    Math.max(0, round((deadline.latestMs - now.earliestMs) / 1000)),
  ]
}

function between(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most
}

function isWhole(text: string | undefined): text is string {
  return text !== undefined && /^[0-9]+$/.test(text)
}

/** What is known of a tag after an answer: nothing, if the answer contradicts what was known. */
function told<K extends 'etag' | 'lastModified'>(key: K, known: string | undefined, answered: string | undefined) {
  const text =
    known === undefined || answered === undefined ? (answered ?? known) : known === answered ? known : undefined
  return (text === undefined ? {} : { [key]: text }) as { readonly [key in K]?: string }
}

/** A listing and a snapshot have no tags of the resource itself, what is staged is no content yet, and a copy may change it again when it ends. */
const NO_TAGS: ReadonlySet<string> = new Set(['list', 'snapshot', 'stage', 'copy', 'read tags'])

/** The world after the answer, with what the answer shows of it. */
function learned({ subject: { name }, operation, now }: Situation, after: World, { status, headers }: Answer): World {
  const resource = resourceIn(after, name)
  if (status >= 300 || resource.existence !== 'present' || NO_TAGS.has(classOf(operation.name))) return after
  const { etag, 'last-modified': lastModified, 'x-ms-lease-id': leaseId } = headers
  const read = leaseIdArgument(leaseId)
  const unseen = leaseIdOf(resource.lease) === UNSEEN_LEASE_ID && read.given === 'guid'
  const dated = resource.changedByMs !== undefined
  if (!unseen && dated && resource.etag === etag && resource.lastModified === lastModified) return after
  const { etag: knownTag, lastModified: knownDate, ...rest } = resource
  return replaced(after, {
    ...rest,
    ...told('etag', knownTag, etag),
    ...told('lastModified', knownDate, lastModified),
    changedByMs: resource.changedByMs ?? now.latestMs,
    ...(unseen ? { lease: { ...resource.lease, id: read.id } as typeof resource.lease } : {}),
  })
}
