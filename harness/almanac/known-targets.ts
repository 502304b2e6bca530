import { existsSync } from 'node:fs'
import type { KnownTarget } from '../../reports/almanac-pages/almanac-data.ts'
import { type CellResults, cellResultsIn, outcomeAt } from '../../reports/cell-results.ts'

/** The targets of which results are kept in a folder, by name and then by version. */
export function knownTargets(folder: string): readonly KnownTarget[] {
  return (existsSync(folder) ? cellResultsIn(folder) : []).map(knownTarget).sort(compareTargets)
}

function knownTarget(results: CellResults): KnownTarget {
  const { target, targetVersion, driver, client, apiVersion, runs, counts } = results.file
  return {
    name: `${target}${driver === 'rest' ? '' : `+${driver}`} ${targetVersion}`,
    sentBy: driver === 'rest' ? 'leasecheck itself, as plain HTTP' : (client ?? `driver ${driver}`),
    families: [...new Set(runs.flatMap(({ kinds }) => kinds))],
    apiVersion,
    counts,
    outcomeAt: (cell) => outcomeAt(results, cell),
  }
}

function compareTargets({ name: a }: KnownTarget, { name: b }: KnownTarget): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
