import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hasFingerprint } from './cell-fingerprint.ts'
import type { CellOutcome } from './cell-outcome.ts'
import { complaint } from './complaint.ts'
import { printable } from './printable.ts'
import { SIGNATURE } from './results.ts'

export const CELL_RESULTS_FORMAT = 'leasecheck-cells'
export const CELL_RESULTS_VERSION = 1

const CELLS = z.array(z.string())
const FINGERPRINTS = z
  .record(z.string(), z.string().regex(/^(?:[\w-]{5})*$/))
  .describe('by kind and class, of each cell the first 5 characters of its SHA-256 in base64url')
const COUNTS = z.strictObject({
  agreed: z.number().int(),
  diverged: z.number().int(),
  masked: z.number().int(),
  notImplemented: z.number().int(),
  notExpressible: z.number().int(),
  notReached: z.number().int(),
})

/** What one version of a target does in every cell, as one run or several have seen it. Cells are listed under what happened to them. */
export const CELL_RESULTS = z.strictObject({
  format: z.literal(CELL_RESULTS_FORMAT),
  version: z.literal(CELL_RESULTS_VERSION),
  leasecheck: z.string().describe('version of leasecheck'),
  target: z.string(),
  targetVersion: z.string(),
  driver: z.string(),
  client: z.string().optional().describe('the client library that sent, with its version'),
  apiVersion: z.string(),
  runs: z
    .array(
      z.strictObject({
        kinds: z.array(z.string()),
        only: z.array(z.string()).describe('words that scenarios were filtered by'),
        seed: z.number().int(),
        random: z.number().int().describe('random scenarios that followed the tour'),
        thorough: z.boolean(),
        baseline: z.string().nullable().describe('the baseline that the tour went around, or null'),
        complete: z.boolean().describe('false if the run did not come to its end'),
        shard: z
          .string()
          .optional()
          .describe('of a part of a run: e.g. 3/8; it lists what it met, and nothing of what it did not reach'),
      }),
    )
    .min(1)
    .describe('the runs that these are the results of'),
  counts: z.record(z.string(), COUNTS).describe('cells by kind'),
  diverged: z.array(SIGNATURE.extend({ expected: z.string(), cells: CELLS })),
  alsoAgreed: CELLS.describe('diverged cells in which the target was seen to agree too'),
  masked: z.array(SIGNATURE.extend({ cells: CELLS })).describe('cells that can be reached only through a divergence'),
  notImplemented: z.array(SIGNATURE.extend({ cells: CELLS })).describe('cells of operations that the target has not'),
  notReached: CELLS,
  notExpressible: FINGERPRINTS.describe('cells that the driver has no call for'),
  agreed: FINGERPRINTS,
})

export type CellCounts = z.infer<typeof COUNTS>
export type CellResultsFile = z.infer<typeof CELL_RESULTS>
/** What cell results say of where they come from. */
export type CellResultsHeader = Omit<CellResultsFile, 'format' | 'version' | 'counts' | keyof CellLists>

type CellLists = Pick<
  CellResultsFile,
  'diverged' | 'alsoAgreed' | 'masked' | 'notImplemented' | 'notReached' | 'notExpressible' | 'agreed'
>

/** Cell results that were read: to be asked with `outcomeAt`. */
export interface CellResults {
  readonly file: CellResultsFile
  /** The outcomes of all cells that are listed by name. */
  readonly listed: ReadonlyMap<string, CellOutcome>
}

/** What the target does in a cell, as far as the results tell. A cell that the run did not know was not looked for. */
export function outcomeAt({ file, listed }: CellResults, cell: string): CellOutcome {
  const found = listed.get(cell)
  if (found !== undefined) return found
  if (hasFingerprint(file.agreed, cell)) return { outcome: 'agreed' }
  if (hasFingerprint(file.notExpressible, cell)) return { outcome: 'not expressible' }
  return { outcome: 'not reached', because: 'it was not looked for' }
}

/**
 * Reads cell results; an error is one sentence that names the file and the place.
 *
 * @param name what to call the file in an error
 */
export function parseCellResults(
  text: string,
  name: string,
): { readonly results: CellResults } | { readonly error: string } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { error: `${name} is not JSON (${printable((error as SyntaxError).message)}); make it anew with a run` }
  }
  const read = CELL_RESULTS.safeParse(data)
  if (!read.success) return { error: `${name}: ${complaint(read.error, data)}` }
  return { results: asked(read.data) }
}

/** Cell results ready to be asked. */
export function asked(file: CellResultsFile): CellResults {
  return { file, listed: listedIn(file) }
}

/** @throws Error if the file cannot be read or holds something else. */
export function cellResults(file: string): CellResults {
  const parsed = parseCellResults(readFileSync(file, 'utf8'), file)
  if ('error' in parsed) throw new Error(parsed.error)
  return parsed.results
}

/** All cell results in a folder, by the names of their files. @throws as `cellResults`. */
export function cellResultsIn(folder: string): readonly CellResults[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort(compareText).map((name) => cellResults(join(folder, name)))
}

/** The name of the file in which the results of a target, version and driver are kept. */
export function cellResultsName({
  target,
  targetVersion,
  driver,
}: Pick<CellResultsFile, 'target' | 'targetVersion' | 'driver'>): string {
  return `${[target, targetVersion, ...(driver === 'rest' ? [] : [driver])].join('-')}.json`
}

function listedIn({ diverged, alsoAgreed, masked, notImplemented, notReached }: CellResultsFile) {
  const listed = new Map<string, CellOutcome>()
  for (const cell of notReached) listed.set(cell, { outcome: 'not reached', because: 'nothing led there' })
  for (const { cells, ...by } of notImplemented)
    for (const cell of cells) listed.set(cell, { outcome: 'not implemented', by })
  for (const { cells, ...by } of masked) for (const cell of cells) listed.set(cell, { outcome: 'masked', by })
  const agreedToo = new Set(alsoAgreed)
  const divergences = Map.groupBy(
    diverged.flatMap(({ cells, ...divergence }) => cells.map((cell) => ({ cell, divergence }))),
    ({ cell }) => cell,
  )
  for (const [cell, found] of divergences)
    listed.set(cell, {
      outcome: 'diverged',
      divergences: found.map(({ divergence }) => divergence),
      alsoAgreed: agreedToo.has(cell),
    })
  return listed
}

/** By code units and not by the rules of a language, so that files are the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
