import type { Claim } from '../model/rules/evidence.ts'
import {
  CLOCKS,
  type Clock,
  type Expectation,
  type HeaderClaim,
  NEXTS,
  type Next,
  type Outcome,
  type Rule,
} from '../model/rules/rule.ts'

/** A server with one defect: one of the rules that it answers by is another. */
export interface Fault {
  /** What was done to the rule. */
  readonly operator: string
  readonly edited: Rule
}

/** Every fault operator on every rule that it fits. */
export function faultsOf(rules: readonly Rule[]): readonly Fault[] {
  return rules.flatMap((rule) => editsOf(rule).map(([operator, edited]) => ({ operator, edited })))
}

type Edit = readonly [operator: string, edited: Rule]

function editsOf(rule: Rule): readonly Edit[] {
  const [outcome] = rule.expect
  if (outcome === undefined) return [['refuses what should pass', { ...rule, expect: [REFUSAL] }]]
  return [
    ...skipped(rule),
    ...STATUSES.filter((status) => !outcome.status.values.includes(status)).map(
      (status): Edit => [`status ${status}`, withOutcome(rule, { status: only(status) })],
    ),
    ...(outcome.code.values[0] === 'none' || outcome.code.level === 'open'
      ? []
      : [['another code', withOutcome(rule, { code: only('SomeOtherCode') })] as Edit]),
    ...NEXTS.filter((next) => next !== outcome.next.values[0]).map(
      (next): Edit => [
        `becomes: ${next}`,
        withOutcome(rule, { next: only(next), clock: only(CLOCK_OF[next] ?? outcome.clock.values[0]!) }),
      ],
    ),
    ...CLOCKS.filter((clock) => clock !== outcome.clock.values[0]).map(
      (clock): Edit => [`deadline: ${clock}`, withOutcome(rule, { clock: only(clock) })],
    ),
    ...outcome.headers.flatMap((claim) => headerEdits(rule, claim)),
  ]
}

/** A check that is not made: what it should refuse goes on to the next layer, where that knows what to do. */
function skipped(rule: Rule): readonly Edit[] {
  return rule.layer === 'lease' ? [['lets pass what should be refused', { ...rule, expect: [] }]] : []
}

function headerEdits(rule: Rule, { header }: HeaderClaim): readonly Edit[] {
  const claims = rule.expect[0]!.headers
  const wrong = WRONG[header] ?? []
  const unless = claims.filter((claim) => claim.header === header).flatMap((claim) => claim.values)
  return wrong
    .filter((value) => !unless.includes(value))
    .map((value): Edit => {
      const headers = claims.map((claim) => (claim.header === header ? { ...claim, values: [value] } : claim))
      return [`${header}: ${value}`, withOutcome(rule, { headers })]
    })
}

/** The deadline that goes with a lease that comes about by mistake. */
const CLOCK_OF: Readonly<Partial<Record<Next, Clock>>> = { leased: 'starts', renewed: 'starts', breaking: 'kept' }
const STATUSES = [200, 201, 202, 400, 404, 409, 412]
const WRONG: Readonly<Record<string, readonly Expectation[]>> = {
  'x-ms-lease-id': ['absent', 'the lease id'],
  'x-ms-lease-time': ['absent', '0', 'the break period', 'the time left, rounded down'],
  'x-ms-lease-state': ['absent'],
  'x-ms-lease-status': ['absent'],
  etag: ['absent', 'changed', 'unchanged'],
  'last-modified': ['absent'],
}

function withOutcome(rule: Rule, edit: Partial<Outcome>): Rule {
  const { also: _also, ...certain } = rule
  return { ...certain, expect: rule.expect.map((outcome) => ({ ...outcome, ...edit })) }
}

function only<T>(value: T): Claim<T> {
  return { values: [value], level: 'settled', evidence: [] }
}

const REFUSAL: Outcome = {
  status: only<number | 'success'>(409),
  code: only('SomeOtherCode'),
  headers: [],
  next: only('stays' as const),
  clock: only('kept' as const),
}
