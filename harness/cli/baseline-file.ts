import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Baseline, parseBaseline } from '../../reports/baseline.ts'
import { type AvailableBaseline, chooseBaseline } from '../../reports/choose-baseline.ts'
import { UsageError } from '../errors.ts'
import { PACKAGE_FOLDER } from './version.ts'

/** The user's own baseline, in the working directory. */
export const OWN_BASELINE = 'leasecheck-baseline.json'
const SHIPPED = join(PACKAGE_FOLDER, 'reports', 'baselines')

/** The baseline of a run, and what to say about the choice. */
export interface ChosenBaselineFile {
  readonly baseline: Baseline | undefined
  /** The file for people; null without a baseline. */
  readonly file: string | null
  readonly remark?: string
}

/**
 * The baseline that a run is held against: the file that was asked for, else the user's own, else the shipped one for the
 * target and version or the nearest older one.
 * @throws UsageError if a file is missing or damaged.
 */
export function findBaseline(
  asked: string | undefined,
  target: string,
  version: string,
  mayBeMissing: boolean,
): ChosenBaselineFile {
  if (asked === 'none') return { baseline: undefined, file: null }
  if (asked !== undefined && mayBeMissing && !existsSync(asked)) {
    if (!existsSync(dirname(asked)))
      throw new UsageError(
        `the baseline ${asked} cannot be written: there is no folder ${dirname(asked)}; make it first`,
      )
    return { baseline: undefined, file: asked, remark: `${asked} is going to be made` }
  }
  const own = asked ?? (existsSync(OWN_BASELINE) ? OWN_BASELINE : undefined)
  if (own !== undefined) return ownBaseline(own, target, version)
  const chosen = chooseBaseline(shippedBaselines(), target, version)
  if (chosen === undefined)
    return { baseline: undefined, file: null, remark: `no baseline for ${target} ${version}: everything counts as new` }
  return {
    baseline: read(chosen.file),
    file: relative(PACKAGE_FOLDER, chosen.file),
    ...(chosen.exact
      ? {}
      : { remark: `no baseline for ${target} ${version}: taking the one for ${chosen.targetVersion}` }),
  }
}

/** A file that somebody named or keeps is taken as it is, also for another server; then it is said. */
function ownBaseline(file: string, target: string, version: string): ChosenBaselineFile {
  const baseline = read(file)
  const wasFor = `${baseline.target} ${baseline.targetVersion}`
  if (version === '' || wasFor === `${target} ${version}`) return { baseline, file }
  return { baseline, file, remark: `${file} was made for ${wasFor} and is taken for ${target} ${version}` }
}

/** Every baseline that comes with leasecheck. */
export function shippedBaselines(): readonly AvailableBaseline[] {
  return readdirSync(SHIPPED).flatMap((name) => {
    const named = /^(.+?)-([0-9].*)\.json$/.exec(name)
    return named === null ? [] : [{ target: named[1]!, targetVersion: named[2]!, file: join(SHIPPED, name) }]
  })
}

function read(file: string): Baseline {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `the baseline ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); give another --baseline, or none`,
    )
  }
  const parsed = parseBaseline(text, file)
  if ('error' in parsed) throw new UsageError(`the baseline ${parsed.error}`)
  return parsed.baseline
}
