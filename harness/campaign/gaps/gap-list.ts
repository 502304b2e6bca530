import { tokenOf } from '../../../model/notation.ts'
import { RULES } from '../../../model/rules/index.ts'
import { gapId } from '../../../properties/gaps/gap.ts'
import { allGaps } from '../../../properties/gaps/gaps.ts'
import { unanswerable } from '../../../properties/gaps/unanswerable.ts'
import type { GapList } from '../../../reports/proposals.ts'

/** Everything that nobody knows, as it is published. Pure. */
export function gapList(): GapList {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]))
  return {
    format: 'leasecheck-gaps',
    version: 1,
    gaps: allGaps().map((gap) => {
      const { rule, kind, about, doubts, settledBy } = gap
      const { layer, classes } = rules.get(rule)!
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
    }),
    unanswerable: unanswerable().map(({ rules: about, question, reason }) => ({ rules: [...about], question, reason })),
  }
}
