import { isImplementationRule } from '../../model/judge.ts'
import type { Visit } from '../../model/machine.ts'
import { isWait } from '../../model/scenario.ts'
import type { Play } from '../../properties/play.ts'
import { compareSignatures } from '../../reports/baseline.ts'
import type { CellDivergence, CellOutcome } from '../../reports/cell-outcome.ts'
import type { Signature } from '../../reports/results.ts'
import { keyOf } from './buckets.ts'
import type { Scope } from './scope.ts'

/** Where a run stands with a cell that it wanted to see. */
export interface Wish {
  readonly visit: Visit
  /** Whether the driver has a call for it. */
  readonly expressible: boolean
}

/** Every cell that was chosen. */
export function wishesOf({
  machines,
  selected,
  wanted,
}: Pick<Scope, 'machines' | 'selected' | 'wanted'>): readonly Wish[] {
  return machines
    .flatMap(({ visits }) => [...visits.values()])
    .filter(selected)
    .map((visit) => ({ visit, expressible: wanted(visit) }))
}

/** What a run has shown of every cell that it met. */
export class CellOutcomes {
  readonly #agreed = new Set<string>()
  readonly #diverged = new Map<string, Map<string, CellDivergence>>()

  add({ trace, verdicts }: Pick<Play, 'trace' | 'verdicts'>): void {
    for (const [place, { cell, divergences }] of verdicts.entries()) {
      if (cell === undefined || isWait(trace[place]!.call)) continue
      if (divergences.length === 0) this.#agreed.add(cell)
      else this.#enter(cell, divergences)
    }
  }

  /**
   * The outcomes of the cells that were met and of those that were wished for.
   * @param masked the signature that stands in the way of a cell, if one does.
   */
  report(wishes: readonly Wish[], masked: (cell: string) => Signature | undefined): ReadonlyMap<string, CellOutcome> {
    const met = [...this.#agreed, ...this.#diverged.keys()].map((cell) => [cell, this.#shown(cell)] as const)
    const outcomes = new Map<string, CellOutcome>(met)
    for (const wish of wishes) {
      const { cell } = wish.visit
      if (!outcomes.has(cell)) outcomes.set(cell, withheld(wish, masked(cell)))
    }
    return outcomes
  }

  #enter(cell: string, divergences: readonly CellDivergence[]): void {
    const found = this.#diverged.get(cell) ?? new Map<string, CellDivergence>()
    this.#diverged.set(cell, found)
    for (const { rule, field, expected, observed } of divergences) {
      const divergence = { rule, field, observed, expected }
      found.set(`${keyOf(divergence)} | ${expected}`, divergence)
    }
  }

  #shown(cell: string): CellOutcome {
    const found = this.#diverged.get(cell)
    if (found === undefined) return { outcome: 'agreed' }
    const divergences = [...found.values()].sort(
      (a, b) => compareSignatures(a, b) || (a.expected < b.expected ? -1 : 1),
    )
    return { outcome: 'diverged', divergences, alsoAgreed: this.#agreed.has(cell) }
  }
}

/** Why a cell was not met. */
export function withheld({ visit, expressible }: Wish, by: Signature | undefined): CellOutcome {
  if (!expressible) return { outcome: 'not expressible' }
  if (by === undefined) return { outcome: 'not reached', because: 'nothing led there' }
  return isImplementationRule(by.rule, visit.input.do) ? { outcome: 'not implemented', by } : { outcome: 'masked', by }
}
