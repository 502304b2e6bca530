import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { parseRecordingsBaseline, type RecordingsBaseline } from '../../reports/verification/recordings-baseline.ts'
import { UsageError } from '../errors.ts'
import { parsedBaseline } from './parsed-baseline.ts'
import { OWN_RECORDINGS_BASELINE } from './recordings-baseline-name.ts'

/** The baseline that recordings are held against. */
export interface ChosenRecordingsBaseline {
  /** Undefined if there is none, or it is going to be made. */
  readonly baseline: RecordingsBaseline | undefined
  /** What it is held against, for people; null without a baseline. */
  readonly file: string | null
  /** Where it is written to if it is updated. */
  readonly target: string
}

/**
 * The file that was asked for, else the user's own if there is one.
 * @throws UsageError if a file is missing or damaged.
 */
export function findRecordingsBaseline(asked: string | undefined, mayBeMissing: boolean): ChosenRecordingsBaseline {
  const target = asked === undefined || asked === 'none' ? OWN_RECORDINGS_BASELINE : asked
  if (asked === 'none' || (asked === undefined && !existsSync(target)))
    return { baseline: undefined, file: null, target }
  if (mayBeMissing && !existsSync(target)) {
    if (existsSync(dirname(target))) return { baseline: undefined, file: null, target }
    throw new UsageError(
      `the baseline ${target} cannot be written: there is no folder ${dirname(target)}; make it first`,
    )
  }
  return { baseline: parsedBaseline(target, parseRecordingsBaseline), file: target, target }
}

/** Names files as a baseline has them: from its own folder, the same on every system. */
export function namesFor(baselineFile: string): (file: string) => string {
  const folder = dirname(resolve(baselineFile))
  return (file) => relative(folder, resolve(file)).split(sep).join('/')
}

/**
 * Writes a baseline if it differs from what is there; whether it did.
 * @throws UsageError if it cannot be written.
 */
export function writeRecordingsBaseline(file: string, text: string): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false
  try {
    writeFileSync(file, text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`the baseline ${file} cannot be written (${code}); give another file with --baseline`)
  }
  return true
}
