import { type Evidence, type Level, weaker } from '../rules/evidence.ts'

/** A rule that decides about a claim, with what it says of the fields that matter. */
export interface DecidingRule {
  readonly id: string
  readonly fields: readonly string[]
  /** Of the least sure of these fields. */
  readonly level: Level
  readonly evidence: readonly Evidence[]
}

/** The same rules with what is said of each in one place. */
export function eachOnce(rules: readonly DecidingRule[]): readonly DecidingRule[] {
  return [...Map.groupBy(rules, ({ id }) => id)].map(([id, same]) => {
    const evidence = new Map(same.flatMap((each) => each.evidence).map((each) => [JSON.stringify(each), each]))
    return {
      id,
      fields: [...new Set(same.flatMap(({ fields }) => fields))],
      level: same.map(({ level }) => level).reduce(weaker),
      evidence: [...evidence.values()],
    }
  })
}
