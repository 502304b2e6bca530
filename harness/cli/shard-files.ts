import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseCellResults } from '../../reports/cell-results.ts'
import { parseResults } from '../../reports/ndjson.ts'
import type { ShardResults } from '../campaign/merging/shard-results.ts'
import { shardText } from '../campaign/shards/shard.ts'
import { TargetError, UsageError } from '../errors.ts'

/** The file that a run leaves its events in, and the one beside it. */
export const RESULTS = 'results.ndjson'
const CELLS = 'cells.json'

/**
 * The results files that are meant: a file itself, or of a folder every one in it, however deep.
 * @throws UsageError if there is none.
 */
export function resultsFilesIn(places: readonly string[]): readonly string[] {
  const files = places.flatMap((place) => {
    const found = filesAt(place)
    if (found.length === 0)
      throw new UsageError(`there is no ${RESULTS} in ${place}; name the folders that shards left`)
    return found
  })
  return [...new Map(files.map((file) => [resolve(file), file])).values()]
}

function filesAt(place: string): readonly string[] {
  const found = statSync(place, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`${place} does not exist; name the folders or files that shards left`)
  if (!found.isDirectory()) return [place]
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => basename(name) === RESULTS)
    .sort()
    .map((name) => join(place, name))
}

/**
 * Reads what a shard has left.
 * @throws TargetError if it was cut off so early that nobody can tell which shard it was, UsageError if it is no shard's.
 */
export function readShard(file: string): ShardResults {
  const text = textOf(file)
  if (!text.includes('\n'))
    throw new TargetError(`${file} is empty or was cut off in its first line, so that shard did not end; run it again`)
  const results = parseResults(text, file)
  if ('error' in results) throw new UsageError(results.error)
  const { header, events, footer } = results
  const { shard } = header
  if (shard === undefined)
    throw new UsageError(
      `${file} holds the results of a whole run, and merge joins those of shards, as of leasecheck run --shard 3/8; leave it out`,
    )
  const end = footer && { footer, cells: cellsOf(file, shardText(shard)) }
  return { file, header: { ...header, shard }, events, end }
}

function cellsOf(file: string, shard: string) {
  const cellsFile = join(dirname(file), CELLS)
  if (!existsSync(cellsFile))
    throw new UsageError(`${cellsFile} is missing: keep the whole folder that a shard leaves, not ${RESULTS} alone`)
  const read = parseCellResults(textOf(cellsFile), cellsFile)
  if ('error' in read) throw new UsageError(read.error)
  const { runs } = read.results.file
  if (runs.length !== 1 || runs[0]!.shard !== shard)
    throw new UsageError(
      `${cellsFile} is not of shard ${shard} as ${file} beside it is; keep the folders of shards apart`,
    )
  return read.results
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
