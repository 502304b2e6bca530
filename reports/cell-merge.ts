import { compareSignatures } from './baseline.ts'
import { beyond, joined } from './cell-fingerprint.ts'
import type { CellDivergence, CellOutcome } from './cell-outcome.ts'
import { type CellResults, type CellResultsFile, outcomeAt } from './cell-results.ts'
import { cellResultsFile } from './cell-tally.ts'

/**
 * What two runs on the same target have shown together: a cell that one of them met counts as met, and what diverged in one
 * of them diverges.
 * @throws Error if they are of different targets, versions, drivers or versions of the service.
 */
export function mergedCellResults(one: CellResults, two: CellResults): CellResultsFile {
  const [a, b] = [one.file, two.file]
  for (const key of ['leasecheck', 'target', 'targetVersion', 'driver', 'client', 'apiVersion'] as const)
    if (a[key] !== b[key])
      throw new Error(`cell results cannot be merged: the ${key} of one is ${a[key]} and that of the other ${b[key]}`)
  const cells = new Set([...one.listed.keys(), ...two.listed.keys()])
  const outcomes = [...cells].map((cell) => [cell, mergedOutcome(outcomeAt(one, cell), outcomeAt(two, cell))] as const)
  const agreed = joined(a.agreed, b.agreed)
  return cellResultsFile({ ...a, runs: [...a.runs, ...b.runs] }, new Map(outcomes), {
    agreed,
    notExpressible: beyond(joined(a.notExpressible, b.notExpressible), agreed),
  })
}

/** What is known of a cell after two looks at it. */
export function mergedOutcome(one: CellOutcome, two: CellOutcome): CellOutcome {
  if (one.outcome === 'diverged' && two.outcome === 'diverged') {
    const alsoAgreed = one.alsoAgreed || two.alsoAgreed
    return { outcome: 'diverged', divergences: distinct([...one.divergences, ...two.divergences]), alsoAgreed }
  }
  if (one.outcome === 'diverged' && two.outcome === 'agreed') return { ...one, alsoAgreed: true }
  if (two.outcome === 'diverged' && one.outcome === 'agreed') return { ...two, alsoAgreed: true }
  return tells(one) >= tells(two) ? one : two
}

/** How much an outcome says of the target: the more, the higher. */
function tells(found: CellOutcome): number {
  switch (found.outcome) {
    case 'diverged':
      return 6
    case 'agreed':
      return 5
    case 'not implemented':
      return 4
    case 'masked':
      return 3
    case 'not expressible':
      return 2
    case 'not reached':
      return found.because === 'nothing led there' ? 1 : 0
    default:
      return found satisfies never
  }
}

function distinct(divergences: readonly CellDivergence[]): readonly CellDivergence[] {
  const keyed = new Map(divergences.map((each) => [JSON.stringify(Object.entries(each).sort()), each]))
  return [...keyed.values()].sort((a, b) => compareSignatures(a, b) || (a.expected < b.expected ? -1 : 1))
}
