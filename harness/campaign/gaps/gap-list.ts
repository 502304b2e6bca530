import { tokenOf } from '../../../model/notation.ts'
import { RULES } from '../../../model/rules/index.ts'
import { type Gap, gapId } from '../../../properties/gaps/gap.ts'
import { allGaps } from '../../../properties/gaps/gaps.ts'
import { unanswerable } from '../../../properties/gaps/unanswerable.ts'
import type { GapEntry, GapList } from '../../../reports/proposals.ts'

const RULES_BY_ID = new Map(RULES.map((rule) => [rule.id, rule]))

/** Everything that nobody knows, as it is published. Pure. */
export function gapList(): GapList {
  return {
    format: 'leasecheck-gaps',
    version: 1,
    gaps: allGaps().map(publishedGap),
    unanswerable: unanswerable().map(({ rules: about, question, reason }) => ({ rules: [...about], question, reason })),
  }
}

/** A gap as it is published. */
export function publishedGap(gap: Gap): GapEntry {
  const { rule, kind, about, doubts, settledBy } = gap
  const { layer, classes } = RULES_BY_ID.get(rule)!
  return {
    gap: gapId(gap),
    rule,
    kind,
    about,
    layer,
    cell: settledBy.cell,
    operations: [...classes],
    doubts: doubts.map(({ field, level, values, evidence }) => ({
      field,
      level,
      plausible: [...values],
      evidence: evidence.map((each) => ({ ...each })),
    })),
    apiVersion: settledBy.version,
    scenario: tokenOf(settledBy.scenario),
    step: settledBy.step,
    hostile: settledBy.hostile,
    virtualTimeOnly: settledBy.virtualTimeOnly,
  }
}
