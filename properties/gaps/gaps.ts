import { compile } from '../../model/compiled-rules.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { ERAS, NEWEST_VERSION, type ServiceVersion } from '../../model/service-version.ts'
import { doubtsIn } from './doubts.ts'
import { GAP_SUBJECTS, type Gap } from './gap.ts'
import { Ways } from './settling.ts'

/** The versions that are asked, the newest first: the usual one, then one of each era. Source: Version 2011-08-18. */
const VERSIONS: readonly ServiceVersion[] = [
  NEWEST_VERSION,
  ...ERAS.toReversed().map((era) => (era === 'before 2012-02-12' ? '2011-08-18' : era)),
]

const COMPILED = compile(RULES)
const KNOWN = new Map<ServiceVersion, readonly Gap[]>()

/** Every gap that can be settled by asking a version of the service, in the order of the rules. Pure; kept once made. */
export function gapsIn(version: ServiceVersion): readonly Gap[] {
  let gaps = KNOWN.get(version)
  if (gaps === undefined) {
    gaps = RESOURCE_KINDS.flatMap((kind) =>
      gapsOf(
        kind,
        version,
        RULES.filter((rule) => rule.kind === kind),
      ),
    )
    KNOWN.set(version, gaps)
  }
  return gaps
}

/** Every gap that can be settled, each with the newest version of the service that settles it. */
export function allGaps(): readonly Gap[] {
  ALL ??= gapsOfRules(RULES)
  return ALL
}

let ALL: readonly Gap[] | undefined

/** The gaps of some rules as `allGaps` has them, at a fraction of its cost where the rules are of few kinds. */
export function gapsOfRules(rules: readonly Rule[]): readonly Gap[] {
  let left = rules
  const found: Gap[] = []
  for (const version of VERSIONS) {
    const gaps =
      version === NEWEST_VERSION && rules === RULES
        ? gapsIn(version)
        : RESOURCE_KINDS.flatMap((kind) =>
            gapsOf(
              kind,
              version,
              left.filter((rule) => rule.kind === kind),
            ),
          )
    found.push(...gaps)
    const settled = new Set(gaps.map(({ rule }) => rule))
    left = left.filter(({ id }) => !settled.has(id))
  }
  const place = new Map(RULES.map(({ id }, index) => [id, index]))
  return found.sort((a, b) => place.get(a.rule)! - place.get(b.rule)!)
}

/** The rules whose answer or aftermath is doubtful and that no scenario of ours meets, in any version. */
export function unmetRules(): readonly string[] {
  const met = new Set(allGaps().map(({ rule }) => rule))
  return RULES.filter((rule) => !met.has(rule.id) && hasDoubt(rule)).map(({ id }) => id)
}

/** A check that may come after another is no doubt where that other one never refuses. */
function hasDoubt(rule: Rule): boolean {
  return VERSIONS.some((version) => {
    const { answer, aftermath } = doubtsIn(rule, version)
    return answer.length + aftermath.length > 0
  })
}

function gapsOf(kind: ResourceKind, version: ServiceVersion, rules: readonly Rule[]): readonly Gap[] {
  const doubted = rules.flatMap((rule) => {
    const doubts = doubtsIn(rule, version)
    return GAP_SUBJECTS.flatMap((about) => (doubts[about].length === 0 ? [] : [{ rule, about, doubts: doubts[about] }]))
  })
  if (doubted.length === 0) return []
  const ways = new Ways(COMPILED, kind, version, new Set(doubted.map(({ rule }) => rule.id)))
  return doubted.flatMap(({ rule, about, doubts }) => {
    const settledBy = ways.settling(rule, about, doubts)
    return settledBy === undefined ? [] : [{ rule: rule.id, kind, about, doubts, settledBy }]
  })
}
