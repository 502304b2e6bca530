import { compareSignatures } from './baseline.ts'
import { FINGERPRINT_LENGTH, type Fingerprints, fingerprintsOf, joined, without } from './cell-fingerprint.ts'
import { type CellDivergence, type CellOutcome, kindOfCell } from './cell-outcome.ts'
import {
  CELL_RESULTS_FORMAT,
  CELL_RESULTS_VERSION,
  type CellCounts,
  type CellResultsFile,
  type CellResultsHeader,
} from './cell-results.ts'
import type { Signature } from './results.ts'

/** Cells of which only the fingerprints are left. */
export type UnlistedCells = Pick<CellResultsFile, 'agreed' | 'notExpressible'>

/**
 * Cell results: the cells by what happened to them, in a fixed order.
 * @param unlisted cells that are known by their fingerprints; what the outcomes say of a cell counts for more.
 */
export function cellResultsFile(
  header: CellResultsHeader,
  outcomes: ReadonlyMap<string, CellOutcome>,
  unlisted: UnlistedCells = { agreed: {}, notExpressible: {} },
): CellResultsFile {
  const { leasecheck, target, targetVersion, driver, client, apiVersion, runs } = header
  const cells = [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1))
  const where = (fits: (outcome: CellOutcome) => boolean) =>
    cells.filter(([, outcome]) => fits(outcome)).map(([cell]) => cell)
  const isAgreed = ({ outcome }: CellOutcome) => outcome === 'agreed'
  const isNotExpressible = ({ outcome }: CellOutcome) => outcome === 'not expressible'
  const agreed = joined(
    without(
      unlisted.agreed,
      where((outcome) => !isAgreed(outcome)),
    ),
    fingerprintsOf(where(isAgreed)),
  )
  const notExpressible = joined(
    without(
      unlisted.notExpressible,
      where((outcome) => !isNotExpressible(outcome)),
    ),
    fingerprintsOf(where(isNotExpressible)),
  )
  const lists = {
    diverged: grouped(
      cells.flatMap(([cell, found]) =>
        found.outcome === 'diverged' ? found.divergences.map((divergence) => [cell, divergence] as const) : [],
      ),
    ),
    alsoAgreed: where((found) => found.outcome === 'diverged' && found.alsoAgreed),
    masked: grouped(cells.flatMap(([cell, found]) => (found.outcome === 'masked' ? [[cell, found.by] as const] : []))),
    notImplemented: grouped(
      cells.flatMap(([cell, found]) => (found.outcome === 'not implemented' ? [[cell, found.by] as const] : [])),
    ),
    notReached: where(({ outcome }) => outcome === 'not reached'),
    notExpressible,
    agreed,
  }
  return {
    format: CELL_RESULTS_FORMAT,
    version: CELL_RESULTS_VERSION,
    leasecheck,
    target,
    targetVersion,
    driver,
    ...(client === undefined ? {} : { client }),
    apiVersion,
    runs,
    counts: countsOf(cells, { agreed, notExpressible }),
    ...lists,
  }
}

/** The results as a file: one cell a line, so that two versions of it differ only in what changed. */
export function renderCellResults(file: CellResultsFile): string {
  return `${JSON.stringify(file, null, 1)}\n`
}

/** Cells under what they have in common. */
function grouped<T extends Signature & Partial<CellDivergence>>(
  cells: readonly (readonly [string, T])[],
): (T & { cells: string[] })[] {
  const keyed = Map.groupBy(cells, ([, { rule, field, expected, observed }]) =>
    JSON.stringify([rule, field, expected, observed]),
  )
  return [...keyed.values()]
    .map((group) => ({ ...group[0]![1], cells: group.map(([cell]) => cell) }))
    .sort((a, b) => compareSignatures(a, b) || ((a.expected ?? '') < (b.expected ?? '') ? -1 : 1))
}

function countsOf(
  cells: readonly (readonly [string, CellOutcome])[],
  unlisted: UnlistedCells,
): Record<string, CellCounts> {
  const counts = new Map<string, CellCounts>()
  const add = (cellOrTopic: string, what: keyof CellCounts, many: number) => {
    const kind = kindOfCell(cellOrTopic)
    const sofar = counts.get(kind) ?? NOTHING_COUNTED
    counts.set(kind, { ...sofar, [what]: sofar[what] + many })
  }
  for (const what of ['agreed', 'notExpressible'] as const)
    for (const [topic, prints] of Object.entries(unlisted[what])) add(topic, what, lengthOf(prints))
  for (const [cell, { outcome }] of cells) {
    const what = COUNTED[outcome]
    if (what !== undefined) add(cell, what, 1)
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function lengthOf(prints: Fingerprints[string]): number {
  return prints.length / FINGERPRINT_LENGTH
}

const NOTHING_COUNTED: CellCounts = {
  agreed: 0,
  diverged: 0,
  masked: 0,
  notImplemented: 0,
  notExpressible: 0,
  notReached: 0,
}

/** Outcomes that are counted by name; the others by their fingerprints. */
const COUNTED: Readonly<Record<CellOutcome['outcome'], keyof CellCounts | undefined>> = {
  agreed: undefined,
  diverged: 'diverged',
  masked: 'masked',
  'not implemented': 'notImplemented',
  'not expressible': undefined,
  'not reached': 'notReached',
}
