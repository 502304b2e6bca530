import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { renderBaseline } from '../../reports/baseline.ts'
import { updated } from '../../reports/baseline-update.ts'
import type { Header, ResultEvent } from '../../reports/results.ts'
import { type ChosenBaselineFile, OWN_BASELINE } from './baseline-file.ts'
import { EXIT } from './exit.ts'
import { remark, say } from './terminal.ts'

/**
 * Writes the baseline after a complete run, or after merging the shards of one; returns the exit status of that alone.
 * @param events of the run, but the verdicts
 * @param asked what was given as --baseline
 */
export function updateBaseline(
  events: readonly ResultEvent[],
  { baseline }: Pick<ChosenBaselineFile, 'baseline'>,
  asked: string | undefined,
): number {
  const header = events.find((event) => event.event === 'header')!
  const footer = events.find((event) => event.event === 'footer')!
  if (!footer.complete) {
    remark(`the baseline is left as it is: the run is incomplete (${footer.reason})`)
    return EXIT.nothingNew
  }
  const file = asked === undefined || asked === 'none' ? OWN_BASELINE : asked
  const update = updated(
    baseline,
    {
      target: header.target.name,
      targetVersion: header.target.version,
      driver: header.driver,
      apiVersion: header.apiVersion,
      configuration: configurationOf(header),
    },
    events.filter((event) => event.event === 'bucket'),
    events.filter((event) => event.event === 'baseline-entry'),
  )
  const text = renderBaseline(update.baseline)
  const same = existsSync(file) && readFileSync(file, 'utf8') === text
  try {
    if (!same) writeFileSync(file, text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    remark(`the baseline ${file} cannot be written (${code}); give another file with --baseline`)
    return EXIT.usage
  }
  say([same ? `${file} is up to date` : `${file} written:`, ...update.difference].join('\n'))
  return EXIT.nothingNew
}

/** What of a run its answers depend on: some servers do not know all operations by SAS. */
function configurationOf({ credential }: Header): Readonly<Record<string, string>> {
  return credential?.endsWith(' SAS') ? { credential } : {}
}
