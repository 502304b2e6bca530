import { createHash } from 'node:crypto'
import { type CompiledRules, compile } from '../../../model/compiled-rules.ts'
import type { Rule } from '../../../model/rules/rule.ts'
import { simulate } from '../../../properties/simulation.ts'
import type { Baseline } from '../../../reports/baseline.ts'
import type { Planned } from '../../../reports/results.ts'
import { costOf, type Plan } from '../plan.ts'
import { dealt, type Shard } from './shard.ts'

/** Which part of a run a plan is. */
export interface Share {
  readonly shard: Shard
  /** What all shards together do. */
  readonly whole: Planned
  /** Of what all shards have in common, so that they are not joined with those of another commit. */
  readonly planDigest: string
  /** Whether it is this shard that looks for a way around what keeps a cell from being reached. */
  readonly goesAround: (cell: string) => boolean
}

/** The part of a plan that falls to a shard. Random scenarios are dealt out when they are made, round by round. */
export function partOf(plan: Plan, shard: Shard, rules: readonly Rule[]): Plan {
  const { tour, hostile } = plan
  return {
    ...plan,
    tour: dealt(tour, shard),
    hostile: dealt(hostile, shard, tour.length),
    share: {
      shard,
      whole: costOf(plan),
      planDigest: digestOf([rules, tour, hostile, plan.random(0, plan.runs)]),
      goesAround: goesAround(plan, shard, rules),
    },
  }
}

/**
 * A cell falls to the shard of the first leg that would meet it, since that shard sees what stands in the way. Cells that no
 * leg meets, as the tour goes around what the baseline tells of, are dealt out. Reckoned when it is first asked for: only
 * where something diverges.
 */
function goesAround(plan: Plan, shard: Shard, rules: readonly Rule[]): (cell: string) => boolean {
  let own: ReadonlySet<string> | undefined
  return (cell) => {
    own ??= ownCells(plan, shard, compile(rules))
    return own.has(cell)
  }
}

function ownCells({ tour, hostile, machines, version }: Plan, shard: Shard, rules: CompiledRules): ReadonlySet<string> {
  const met = new Set<string>()
  const firstMet = [...tour, ...hostile].map(({ scenario }) => {
    const cells = simulate(rules, rules, scenario, { version }).verdicts.flatMap(({ cell }) => cell ?? [])
    const first = cells.filter((cell) => !met.has(cell))
    for (const cell of first) met.add(cell)
    return first
  })
  const unmet = machines.flatMap(({ visits }) => [...visits.keys()]).filter((cell) => !met.has(cell))
  return new Set([...dealt(firstMet, shard).flat(), ...dealt(unmet, shard)])
}

/** Of the entries of a baseline; null without one. */
export function baselineDigest(baseline: Baseline | undefined): string | null {
  return baseline === undefined ? null : digestOf(baseline.entries)
}

function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, DIGEST_LENGTH)
}

/** Characters of six bits each: enough that no two commits have the same by chance. */
const DIGEST_LENGTH = 22
