import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { Visit } from '../../../model/machine.ts'
import { hasFingerprint, joined } from '../../../reports/cell-fingerprint.ts'
import { mergedCellResults } from '../../../reports/cell-merge.ts'
import { asked, type CellResults, type CellResultsFile, outcomeAt } from '../../../reports/cell-results.ts'
import { cellResultsFile } from '../../../reports/cell-tally.ts'
import type { Footer, Signature } from '../../../reports/results.ts'
import type { LeftOut } from '../../targets/probing/survey.ts'
import { signatureIn, signatureOf } from '../buckets.ts'
import { wishesOf, withheld } from '../cell-outcomes.ts'
import { Coverage, type Covered } from '../coverage.ts'
import { notImplementedIn } from '../not-implemented.ts'
import { Obstacles } from '../obstacles.ts'
import { provesSomething } from '../proof.ts'
import type { Scope } from '../scope.ts'
import type { EndedShard } from './shard-results.ts'

/** What shards have exercised together, and what became of each cell. */
export interface JoinedCoverage {
  readonly covered: Covered & Pick<Footer, 'notImplemented'>
  readonly cells: CellResultsFile
  /** Whether anything can be concluded from it. */
  readonly provedSomething: boolean
}

/**
 * Joins what shards have exercised. Only here it shows what none of them has reached, and what stands in the way of it.
 * @param chosen what the run was about, whether it could be asked for or not
 * @param diverged everything that diverged
 */
export function joinedCoverage(
  shards: readonly EndedShard[],
  chosen: Scope,
  diverged: readonly Signature[],
  rules: CompiledRules,
): JoinedCoverage {
  const scope = { ...chosen, wanted: wantedIn(shards, chosen), leftOut: leftOutIn(shards) }
  const { machines, wanted } = scope
  const results = shards.map(({ end }) => end.cells).reduce((one, two) => asked(mergedCellResults(one, two)))
  const visits = machines.flatMap((machine) => [...machine.visits.values()])
  const coverage = new Coverage()
  coverage.addCells(visits.map(({ cell }) => cell).filter((cell) => isMet(results, cell)))
  for (const { end } of shards) coverage.addShard(end.footer)
  const obstacles = new Obstacles(rules, scope)
  obstacles.recall(results.listed, diverged)
  const covered = coverage.report(machines, wanted, obstacles.masked(machines))
  const missing = new Map(
    [...scope.leftOut].flatMap(([operation, by]) => (by.rule === operation ? [[operation, by.observed]] : [])),
  )
  const notImplemented = missing.size === 0 ? {} : { notImplemented: notImplementedIn(missing, covered.cells) }
  return {
    covered: { ...covered, ...notImplemented },
    cells: whole(results, scope, covered),
    provedSomething: provesSomething(scope, coverage.cells),
  }
}

/** What was chosen and could be asked for: only the shards know what the driver had no call for. */
function wantedIn(shards: readonly EndedShard[], { selected }: Scope): (visit: Visit) => boolean {
  const notExpressible = shards.map(({ end }) => end.cells.file.notExpressible).reduce(joined)
  const byTheWay = new Set(shards.flatMap(({ end }) => end.footer.cells.byTheWay ?? []))
  return (visit) => selected(visit) && !hasFingerprint(notExpressible, visit.cell) && !byTheWay.has(visit.cell)
}

/** What the shards did without, since the target was found not to know it or what it needs. */
function leftOutIn(shards: readonly EndedShard[]): LeftOut {
  const all = shards.flatMap(({ end }) => end.footer.leftOut ?? [])
  return new Map(all.map(({ operation, ...signature }) => [operation, signatureOf(signature)]))
}

function isMet(results: CellResults, cell: string): boolean {
  const { outcome } = outcomeAt(results, cell)
  return outcome === 'agreed' || outcome === 'diverged'
}

/** The results of the whole run: what was met, and what became of the rest that was chosen. */
function whole(met: CellResults, scope: Scope, { cells }: Covered): CellResultsFile {
  const { shard: _, ...run } = met.file.runs[0]!
  const complete = met.file.runs.every((each) => each.complete)
  const masked = new Map(cells.masked.map(({ cell, by }) => [cell, signatureIn(by)]))
  const outcomes = new Map(met.listed)
  for (const wish of wishesOf(scope)) {
    const { cell } = wish.visit
    if (!isMet(met, cell)) outcomes.set(cell, withheld(wish, masked.get(cell)))
  }
  const { agreed } = met.file
  return cellResultsFile({ ...met.file, runs: [{ ...run, complete }] }, outcomes, { agreed, notExpressible: {} })
}
