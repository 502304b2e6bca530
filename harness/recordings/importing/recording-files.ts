import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { printable } from '../../../reports/printable.ts'

/** A file that may hold recordings. */
export interface RecordingFile {
  readonly path: string
  /** It was named itself, so it is a mistake if it holds none; not so if it was only found in a folder. */
  readonly isNamed: boolean
}

export interface FoundFiles {
  readonly files: readonly RecordingFile[]
  /** One line each: what cannot be looked into or holds nothing, and what to do. */
  readonly errors: readonly string[]
}

/** Endings that recordings have; in folders, others are passed over. */
const ENDINGS = /\.(?:json|jsonl|ya?ml|har)$/i
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git'])

/**
 * Finds the files in what was named, folders with all that is in them. The order is that of the names given, and in folders that
 * of the characters of the names; each file is found once, also where links lead to it twice or in circles.
 */
export function recordingFiles(paths: readonly string[]): FoundFiles {
  const search: Search = { files: [], errors: [], seen: new Set() }
  for (const path of paths) {
    const kind = kindAt(path)
    if (kind === undefined) complain(search, path, 'there is nothing that can be read; check the name')
    else if (kind === 'other') complain(search, path, 'it is neither a file nor a folder; name one')
    else if (kind === 'file') addFile(search, path, true)
    else if (!addFolder(search, path))
      complain(search, path, 'the folder has no .json, .jsonl, .yaml, .yml or .har file; name one that has')
  }
  return { files: search.files, errors: search.errors }
}

interface Search extends FoundFiles {
  readonly files: RecordingFile[]
  readonly errors: string[]
  /** Files and folders by their real names. */
  readonly seen: Set<string>
}

function addFile({ files, seen }: Search, path: string, isNamed: boolean): void {
  const real = realpathSync(path)
  if (!seen.has(real)) files.push({ path, isNamed })
  seen.add(real)
}

/** Whether there was anything in it, be it found before. */
function addFolder(search: Search, folder: string): boolean {
  const real = realpathSync(folder)
  if (search.seen.has(real)) return true
  search.seen.add(real)
  let hasAny = false
  for (const name of namesIn(search, folder)) {
    const path = join(folder, name)
    const kind = kindAt(path)
    if (kind === 'folder' && !SKIPPED_FOLDERS.has(name)) hasAny = addFolder(search, path) || hasAny
    if (kind !== 'file' || !ENDINGS.test(name)) continue
    addFile(search, path, false)
    hasAny = true
  }
  return hasAny
}

/** In the order of their characters, which is the same everywhere. */
function namesIn(search: Search, folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    complain(search, folder, `it cannot be read (${(error as NodeJS.ErrnoException).code}); name folders that can be`)
    return []
  }
}

function complain({ errors }: Search, path: string, what: string): void {
  errors.push(printable(`${path}: ${what}`))
}

/** What there is; undefined where there is nothing, or a link that leads nowhere. */
function kindAt(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const stat = statSync(path)
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other'
  } catch {
    return undefined
  }
}
