import { type CompiledRules, compile } from '../compiled-rules.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import { LEVELS, type Level, weaker } from '../rules/evidence.ts'
import { RULES } from '../rules/index.ts'
import { SOURCES } from '../rules/sources.ts'
import { type DecidingRule, eachOnce } from './deciding-rule.ts'
import type { DocumentedClaim, Verdict } from './documented-claim.ts'
import { CLAIMS } from './documented-claims.ts'
import { type EvaluatedCheck, evaluateCheck, type OpenReason } from './evaluate-check.ts'

/** A claim and what the model says of it. */
export interface EvaluatedClaim {
  readonly id: string
  readonly title: string
  readonly says: readonly SaidBy[]
  readonly verdict: OverallVerdict
  readonly kinds: readonly KindVerdict[]
  readonly really: string
}

export interface SaidBy {
  readonly source: string
  readonly title: string
  /** The address of the page. */
  readonly url: string
  /** Where on the page. */
  readonly where?: string
}

/** `only for some kinds`: true for these, and false or open for others. */
export const OVERALL_VERDICTS = ['false', 'only for some kinds', 'open', 'true'] as const
export type OverallVerdict = (typeof OVERALL_VERDICTS)[number]

/** What the model says of a claim for one kind of resource. */
export interface KindVerdict {
  readonly kind: ResourceKind
  readonly verdict: Verdict
  readonly openBecause?: OpenReason
  readonly level: Level
  /** The rules that decide; none where the model cannot be asked. */
  readonly rules: readonly DecidingRule[]
  readonly checks: readonly EvaluatedCheck[]
}

const EVALUATED = new WeakMap<CompiledRules, readonly EvaluatedClaim[]>()
let newest: CompiledRules | undefined

/**
 * Every documented claim with its verdict, the most surprising first: what is false, what is true of some kinds only, what
 * nobody knows, what is true. Pure, and computed once for a set of rules.
 */
export function evaluatedClaims(rules: CompiledRules = ours()): readonly EvaluatedClaim[] {
  const known = EVALUATED.get(rules)
  if (known !== undefined) return known
  const evaluated = CLAIMS.map((claim) => evaluateClaim(rules, claim))
  const ranked = OVERALL_VERDICTS.flatMap((verdict) => evaluated.filter((each) => each.verdict === verdict))
  EVALUATED.set(rules, ranked)
  return ranked
}

function ours(): CompiledRules {
  newest ??= compile(RULES)
  return newest
}

/** What the rules say of one claim. */
export function evaluateClaim(rules: CompiledRules, claim: DocumentedClaim): EvaluatedClaim {
  const { id, title, says, checks, really } = claim
  const kinds = RESOURCE_KINDS.filter((kind) => checks.some((check) => check.kinds.includes(kind))).map((kind) =>
    kindVerdict(
      kind,
      checks.filter((check) => check.kinds.includes(kind)).map((check) => evaluateCheck(rules, check, kind)),
    ),
  )
  return {
    id,
    title,
    says: says.map(({ source, where }) => ({
      source,
      title: SOURCES[source].title,
      url: SOURCES[source].where,
      ...(where === undefined ? {} : { where }),
    })),
    verdict: overall(kinds.map(({ verdict }) => verdict)),
    kinds,
    really,
  }
}

/** One check that fails refutes a claim; it is as false as the surest of those that fail. */
function kindVerdict(kind: ResourceKind, checks: readonly EvaluatedCheck[]): KindVerdict {
  const verdict = (['false', 'open', 'true'] as const).find((each) => checks.some((check) => check.verdict === each))!
  const deciding = checks.filter((check) => check.verdict === verdict)
  const levels = deciding.map(({ level }) => level)
  const openBecause = deciding[0]!.openBecause
  return {
    kind,
    verdict,
    ...(openBecause === undefined ? {} : { openBecause }),
    level: verdict === 'false' ? LEVELS.find((each) => levels.includes(each))! : levels.reduce(weaker),
    rules: eachOnce(deciding.flatMap(({ rules }) => rules)),
    checks,
  }
}

function overall(verdicts: readonly Verdict[]): OverallVerdict {
  const has = (verdict: Verdict) => verdicts.includes(verdict)
  if (has('true')) return has('false') || has('open') ? 'only for some kinds' : 'true'
  return has('false') ? 'false' : 'open'
}
