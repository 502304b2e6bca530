import { type Belief, type BelievedWorld, certain, distinct, MAX_WORLDS, settled, withPending } from './belief.ts'
import { cellOf } from './cell.ts'
import { type ClientDivergence, judgeClient } from './client/judge-client.ts'
import { type Comparison, compare, type Finding, type Mismatch } from './compare.ts'
import type { CompiledRules } from './compiled-rules.ts'
import { IMPLEMENTED, implementationRule, type MissingOperations, NOTHING_MISSING } from './implementation.ts'
import { deadlineOf } from './lease.ts'
import { LEASE_ACTIONS, successOf } from './operation.ts'
import type { ResourceName } from './resource.ts'
import { type Response, respond } from './respond.ts'
import type { Level } from './rules/evidence.ts'
import type { Outcome, Rule } from './rules/rule.ts'
import { type Situation, situations } from './situation.ts'
import type { Span } from './time.ts'
import type { Answer, Exchange, Trace, TraceClock, TraceStep, Unrecorded } from './trace.ts'
import { forgetting } from './unseen.ts'
import { type ResourceSetting, resourceIn, type UnseenSetting, worldOf } from './world.ts'
import { worldAfter } from './world-after.ts'

/** How many fields were compared, by how sure we are of what they should hold. */
export type Judged = Readonly<Record<Level, number>>

/** What the judge says of one step. */
export interface StepVerdict {
  /** `unknown`: the answer never came, or there are too many possible worlds to tell. */
  readonly result: 'agreed' | 'diverged' | 'unknown' | 'waited'
  /** Per layer the rule that applied; the last one decided. */
  readonly rules?: readonly string[]
  /** Where the answer may have come about in other ways too: the rules that decided in those. */
  readonly orRules?: readonly string[]
  readonly cell?: string
  /** The answer depended on a deadline having passed since the resource was last looked at. */
  readonly crossed?: boolean
  readonly divergences: readonly Divergence[]
  readonly findings: readonly Finding[]
  readonly judged: Judged
}

/**
 * A field that holds what no permitted outcome allows, at the server's end or at the client's. Rule, field and observed value
 * together are its signature.
 */
export type Divergence = ServerDivergence | ClientDivergence

export interface ServerDivergence extends Mismatch {
  readonly rule: string
}

export interface Verdict {
  readonly steps: readonly StepVerdict[]
  /** `ended`: a divergence left the state of the server unknown, so the rest of the scenario cannot be judged. */
  readonly end: 'complete' | 'ended'
}

/** Where the judge stands in the middle of a trace. */
export interface Judgement {
  readonly clock: TraceClock
  readonly belief: Belief
  readonly ended: boolean
  /** Operations that the target is known not to know: whatever it answers to them says nothing of leases. */
  readonly missing?: MissingOperations
}

export { implementationRule, isImplementationRule } from './implementation.ts'

const NOTHING_JUDGED: Judged = { settled: 0, documented: 0, inferred: 0, open: 0 }

/** Judges a whole trace. Pure, and the only place that knows what is right. */
export function judge(rules: CompiledRules, trace: Trace<ResourceSetting | UnseenSetting>): Verdict {
  let judgement = begin(trace.clock, trace.world)
  const steps: StepVerdict[] = []
  for (const step of trace.steps) {
    if (judgement.ended) break
    const { next, verdict } = advance(rules, judgement, step)
    steps.push(verdict)
    judgement = next
  }
  return { steps, end: judgement.ended ? 'ended' : 'complete' }
}

export function begin(
  clock: TraceClock,
  world: readonly (ResourceSetting | UnseenSetting)[],
  missing: MissingOperations = NOTHING_MISSING,
): Judgement {
  return { clock, belief: certain(worldOf(world)), ended: false, missing }
}

/** Goes on where nothing is known of some resources any more; what was known of the others still is. */
export function losing(judgement: Judgement, lost: readonly UnseenSetting[]): Judgement {
  if (lost.length === 0) return judgement
  const belief = judgement.belief.map(({ world, pending }) => ({ world: forgetting(world, lost), pending }))
  return { ...judgement, belief: distinct(belief), ended: false }
}

/** Judges the next step of a trace; `judge` is a fold of this, and a live run takes it step by step. */
export function advance(
  rules: CompiledRules,
  judgement: Judgement,
  step: TraceStep,
): { readonly next: Judgement; readonly verdict: StepVerdict } {
  let next = judgement
  let verdict: StepVerdict = { result: 'waited', divergences: [], findings: [], judged: NOTHING_JUDGED }
  for (const exchange of step.refused === undefined ? step.exchanges : [...step.refused, ...step.exchanges]) {
    if (next.ended) break
    const seen = judgeExchange(rules, next, exchange)
    next = seen.next
    verdict = seen.verdict
  }
  // A request to nobody knows where may have changed anything.
  const strayed = (step.client?.otherRequests ?? 0) > 0
  if (step.lost !== undefined) next = losing(next, step.lost)
  return { next: strayed ? { ...next, ended: true } : next, verdict: withClient(judgement, step, verdict) }
}

/**
 * The verdict with what the client did wrong. The server was judged by what was sent, so its state is as well known as before,
 * whatever the client made of the answer: the trace can be followed further.
 */
function withClient({ belief }: Judgement, { client, exchanges }: TraceStep, verdict: StepVerdict): StepVerdict {
  if (client === undefined) return verdict
  const { kind } = resourceIn(belief[0]!.world, client.asked.on)
  const { divergences, judged } = judgeClient(client, exchanges, kind)
  return {
    ...verdict,
    result: divergences.length > 0 ? 'diverged' : exchanges.length === 0 ? 'agreed' : verdict.result,
    divergences: [...verdict.divergences, ...divergences],
    judged: sumOf(verdict.judged, judged),
  }
}

function sumOf(a: Judged, b: Judged): Judged {
  return {
    settled: a.settled + b.settled,
    documented: a.documented + b.documented,
    inferred: a.inferred + b.inferred,
    open: a.open + b.open,
  }
}

/** When the lease of a resource ends by itself, as far as is known: what a wait until the deadline waits for. */
export function deadlineBelieved({ belief }: Judgement, name: ResourceName): Span | undefined {
  const spans = belief.flatMap(({ world }) => deadlineOf(resourceIn(world, name).lease) ?? [])
  if (spans.length === 0) return undefined
  return {
    earliestMs: Math.min(...spans.map((span) => span.earliestMs)),
    latestMs: Math.max(...spans.map((span) => span.latestMs)),
  }
}

/** One way in which an answer may have come about. */
interface Explanation {
  readonly situation: Situation
  readonly rules: readonly Rule[]
  readonly outcome: Outcome
  readonly comparison: Comparison
  readonly after: BelievedWorld
}

function judgeExchange(rules: CompiledRules, judgement: Judgement, exchange: Exchange) {
  const { operation, window, answer } = exchange
  const { drift } = judgement.clock
  const belief = settled(rules, judgement.belief, window, drift)
  if (belief === undefined) return unknown({ ...judgement, ended: true })
  if (answer === undefined)
    return unknown({ ...judgement, belief: withPending(judgement.belief, operation, window.earliestMs) })

  const found = foundMissing(judgement, operation)
  if (found !== undefined) {
    return notImplemented(
      judgement,
      explain(rules, belief, exchange, drift, () => true),
      answer,
      found,
    )
  }
  const likely = explain(rules, belief, exchange, drift, ({ status: { values } }) =>
    values.some((value) => (value === 'success' ? successOf(operation.name) : value) === answer.status),
  )
  const agreeing = likely.filter(({ comparison }) => comparison.mismatches.length === 0)
  if (agreeing.length > 0) return agreed(judgement, agreeing)
  const explanations = explain(rules, belief, exchange, drift, () => true)
  if (answer.status === NOT_IMPLEMENTED) return notImplemented(judgement, explanations, answer)
  return diverged(judgement, explanations, answer)
}

/** What the target answered where the operation should have succeeded, if it does not know it. */
function foundMissing({ belief, missing }: Judgement, { name, on }: Exchange['operation']): string | undefined {
  if (missing === undefined || missing.size === 0) return undefined
  return missing.get(implementationRule(resourceIn(belief[0]!.world, on).kind, name))
}

const NOT_IMPLEMENTED = 501

/**
 * The target does not know the operation, and nothing about leases has been shown: no cell was met. After a refusal nothing
 * has changed; whoever takes the request for another one may have done anything.
 */
function notImplemented(
  judgement: Judgement,
  explanations: readonly Explanation[],
  { status, code }: Answer,
  found?: string,
) {
  const { kind } = explanations[0]!.situation.subject
  const { name } = explanations[0]!.situation.operation
  const verdict: StepVerdict = {
    result: 'diverged',
    divergences: [
      {
        rule: implementationRule(kind, name),
        field: 'status',
        expected: 'an answer to the request',
        observed: found ?? (code === undefined ? String(status) : `${status} ${code}`),
        level: 'documented',
        evidence: [IMPLEMENTED],
      },
    ],
    findings: [],
    judged: NOTHING_JUDGED,
  }
  return { next: { ...judgement, belief: unchangedBy(explanations), ended: status < 400 }, verdict }
}

/** The worlds in which a request met the server, as they were: a refused request changes nothing. */
function unchangedBy(explanations: readonly Explanation[]): Belief {
  return distinct(explanations.map(({ situation, after }) => ({ world: situation.world, pending: after.pending })))
}

const NOTHING: readonly Unrecorded[] = []

/** The ways in which an answer may have come about, of those whose outcome is worth looking at. */
function explain(
  rules: CompiledRules,
  belief: Belief,
  { operation, window, answer, unrecorded = NOTHING }: Exchange,
  drift: number,
  isWorthIt: (outcome: Outcome) => boolean,
): Explanation[] {
  const found: Explanation[] = []
  for (const { world, pending } of belief) {
    for (const situation of situations(world, operation, window, drift)) {
      for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise) {
        const rule = each.rules.at(-1)!
        for (const outcome of each.outcomes) {
          if (!isWorthIt(outcome)) continue
          const comparison = compare(situation, rule, outcome, worldAfter(situation, outcome), answer!, unrecorded)
          found.push({ situation, rules: each.rules, outcome, comparison, after: { world: comparison.world, pending } })
        }
      }
    }
  }
  return found
}

function agreed(judgement: Judgement, agreeing: readonly Explanation[]) {
  const [{ situation, rules, comparison }] = agreeing as [Explanation]
  const belief = distinct(agreeing.map(({ after }) => after))
  const orRules = otherRules(agreeing)
  const verdict: StepVerdict = {
    result: 'agreed',
    rules: rules.map(({ id }) => id),
    ...(orRules.length === 0 ? {} : { orRules }),
    cell: cellOf(situation),
    crossed: situation.firstLook,
    divergences: [],
    findings: comparison.findings,
    judged: comparison.judged,
  }
  return { next: { ...judgement, belief, ended: belief.length > MAX_WORLDS }, verdict }
}

const NO_RULES: readonly string[] = []

function otherRules(agreeing: readonly Explanation[]): readonly string[] {
  if (agreeing.length === 1) return NO_RULES
  const [first, ...others] = new Set(agreeing.map(({ rules }) => rules.at(-1)!.id))
  return first === undefined ? NO_RULES : others
}

/**
 * No world explains the answer. It is held against the explanation that comes nearest. If only a code or another field
 * differs that says nothing about the server's state, the trace can be followed further.
 */
function diverged(judgement: Judgement, explanations: readonly Explanation[], answer: Answer) {
  const nearest = explanations.reduce((best, each) => (rank(each) < rank(best) ? each : best))
  const { rules, situation, comparison } = nearest
  const ended = comparison.mismatches.some(
    ({ field, expected }) => expected !== 'absent' && endsTrace(field, answer.status),
  )
  const alike = explanations.filter((each) => distance(each) === distance(nearest))
  const verdict: StepVerdict = {
    result: 'diverged',
    rules: rules.map(({ id }) => id),
    cell: cellOf(situation),
    crossed: situation.firstLook,
    divergences: comparison.mismatches.map((mismatch) => ({ ...mismatch, rule: violated(mismatch, rules, answer) })),
    findings: comparison.findings,
    judged: comparison.judged,
  }
  const belief = answer.status >= 400 ? unchangedBy(explanations) : distinct(alike.map(({ after }) => after))
  return { next: { ...judgement, belief, ended }, verdict }
}

/** A use that is refused although its lease check should let it pass violates the rule of that check, not that of its effect. */
function violated({ field }: Mismatch, rules: readonly Rule[], { status }: Answer): string {
  const [decided, passed] = [rules.at(-1)!, rules.at(-2)]
  const isUse = decided.classes.every((of) => !(LEASE_ACTIONS as readonly string[]).includes(of))
  const shouldSucceed = decided.expect.some((outcome) => outcome.status.values.includes('success'))
  const isStopped = field === 'status' && status >= 400 && isUse && shouldSucceed
  return isStopped && decided.layer === 'transition' ? passed!.id : decided.id
}

/**
 * Whether after a divergence in a field nothing more is known of the server's state. A refusal leaves it known, whatever was
 * expected: nothing has changed, or a later answer will show that it has.
 */
export function endsTrace(field: string, status: number): boolean {
  const isRefusal = status >= 400 && status < 500
  return STATE_FIELDS.has(field) && !(field === 'status' && isRefusal)
}

/** Fields that say in which state the server is: after a divergence in one of them nothing more is known. */
const STATE_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'x-ms-lease-id',
  'x-ms-lease-state',
  'x-ms-lease-status',
  'x-ms-lease-duration',
])

function distance({ comparison: { mismatches } }: Explanation): number {
  return mismatches.reduce((sum, { field }) => sum + (field === 'status' ? 100 : STATE_FIELDS.has(field) ? 10 : 1), 0)
}

/** Of two explanations that come equally near, one that rests on a check which nobody is sure of says less of the defect. */
function rank(explanation: Explanation): number {
  const { layer, also } = explanation.rules.at(-1)!
  const isDoubtful = layer === 'condition' || also === 'whatever follows'
  return distance(explanation) + (isDoubtful ? 0.5 : 0)
}

function unknown(next: Judgement) {
  const verdict: StepVerdict = { result: 'unknown', divergences: [], findings: [], judged: NOTHING_JUDGED }
  return { next, verdict }
}
