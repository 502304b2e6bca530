import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { tokenOf } from '../../model/notation.ts'
import { type BaselineEntry, parseBaseline } from '../../reports/baseline.ts'
import { type LoggingReport, type Retries, renderRetries } from '../../reports/retries.ts'
import { renderRetriesMarkdown } from '../../reports/retries-markdown.ts'
import { renderRetries as renderOnTerminal } from '../../reports/terminal/retries.ts'
import { wordsOf } from '../campaign/words.ts'
import { type Experiment, experimentText } from '../drivers/losing/experiment.ts'
import { experimentEntry } from '../drivers/losing/experiment-entry.ts'
import { EXPERIMENTS } from '../drivers/losing/experiments.ts'
import { loggedSecrets } from '../drivers/losing/logged-secrets.ts'
import type { PlayedExperiment } from '../drivers/losing/play-experiment.ts'
import { loggingDivergences, retryDivergences } from '../drivers/losing/retry-divergences.ts'
import { experimentsFor, runExperiments } from '../drivers/losing/run-experiments.ts'
import { TargetError, UsageError } from '../errors.ts'
import type { ChosenBaselineFile } from './baseline-file.ts'
import { EXIT } from './exit.ts'
import { parsedBaseline } from './parsed-baseline.ts'
import { ReportFiles } from './report-files.ts'
import type { RunFlags } from './run.ts'
import type { Session } from './session.ts'
import { StatusLine } from './status-line.ts'
import { coloured, remark, say } from './terminal.ts'
import { PACKAGE_FOLDER, VERSION } from './version.ts'

/** The word that asks for lost requests and answers, and nothing else; more words choose among them. */
export const RETRIES_WORD = 'retries'

/** The longest call that was seen took 93 s: three pauses, of which the last is up to 45 s. */
const CALL_MS = 240_000

/** Whether a run was asked for what clients do when requests and answers get lost. */
export function asksForRetries(only: readonly string[] = []): boolean {
  return wordsOf(only).includes(RETRIES_WORD)
}

/** @throws UsageError if what was asked for does not go together. */
export function refuseForRetries({ driver, only = [], shard, updateBaseline, budget }: RunFlags): void {
  if (!asksForRetries(only)) return
  if (driver.startLibrary === undefined)
    throw new UsageError('--only retries looks at how a client library tries again: choose one with --driver')
  const given = { '--shard': shard, '--update-baseline': updateBaseline, '--budget': budget }
  const wrong = Object.entries(given).find(([, value]) => value !== undefined)?.[0]
  if (wrong !== undefined) throw new UsageError(`--only retries makes one table, and knows no ${wrong}: leave it out`)
}

/** The experiments of a run: those that its words choose, of its kinds. */
export function chosenExperiments({ only = [], kinds }: Pick<RunFlags, 'only' | 'kinds'>): readonly Experiment[] {
  const words = wordsOf(only).filter((word) => word !== RETRIES_WORD)
  return EXPERIMENTS.filter((each) => {
    const text = experimentText(each).toLowerCase()
    return kinds.includes(each.family) && words.every((word) => text.includes(word))
  })
}

/** The experiments as replay tokens; what gets lost stands behind each. */
export function listRetries(flags: RunFlags): void {
  for (const each of chosenExperiments(flags)) say(`${tokenOf(each.scenario)} ${experimentText(each)}\n`)
}

/**
 * Lets requests and answers get lost, and tells what the library makes of it; returns the exit status.
 * @throws UsageError if nothing is left to do, or the server is not ours; TargetError, DriverError.
 */
export async function conductRetries(session: Session, baseline: ChosenBaselineFile, flags: RunFlags): Promise<number> {
  const { target, stop, prefix } = session
  if (!target.embedded)
    throw new UsageError(
      '--only retries is about the library and not about the server: name one that leasecheck starts, azurite or reference',
    )
  if (baseline.remark !== undefined) remark(baseline.remark)
  const { driver, out } = flags
  const startLibrary = () => driver.startLibrary!({ callMs: CALL_MS })
  const { asked, leftOut } = await askable(flags)
  const files = new ReportFiles(out, 'retries.json', ['retries.md'])
  files.close()
  const line = new StatusLine(process.stderr)
  const progress = (done: number) => line.show(() => `${done} of ${asked.length} experiments`)
  const options = { endpoint: target.endpoints[0]!, clock: session.clock, prefix, startLibrary, signal: stop.signal }
  remark(`${asked.length} experiments; clients sleep before they try again, so this takes a minute or two`)
  try {
    const played = await runExperiments(asked, { ...options, progress })
    const logging = await loggingOf(session, flags)
    line.clear()
    const found = reportOf(session, flags, played, leftOut, knownFor(baseline, flags), logging)
    files.write('retries.json', renderRetries(found))
    files.write('retries.md', renderRetriesMarkdown(found))
    say(renderOnTerminal(found, { colour: coloured(process.stdout) }))
    for (const { rule, observed } of goneFrom(found, flags, baseline))
      remark(`gone: ${rule}, ${observed}; remove it from ${knownFile(flags)}`)
    remark(`results: ${out}/retries.json, retries.md`)
    return statusOf(found, flags)
  } catch (error) {
    throw await session.fail(error)
  } finally {
    line.clear()
  }
}

/** What can be asked of the library; it is started and ended for that. */
async function askable(flags: RunFlags): Promise<{ readonly asked: readonly Experiment[]; readonly leftOut: number }> {
  const chosen = chosenExperiments(flags)
  const library = await flags.driver.startLibrary!()
  await library.close()
  const asked = experimentsFor(library, chosen)
  if (asked.length === 0)
    throw new UsageError(
      chosen.length === 0
        ? `no call that is tried contains all of these words: ${(flags.only ?? []).join(' ')}; try fewer, e.g. an operation or a kind`
        : 'the library has none of the calls that were asked for',
    )
  return { asked, leftOut: chosen.length - asked.length }
}

/** Only a program of its own has a log that is nobody else's. */
async function loggingOf({ target, clock, prefix }: Session, { driver, only = [] }: RunFlags) {
  const isAll = wordsOf(only).every((word) => word === RETRIES_WORD)
  if (!isAll || driver.name === 'js') return undefined
  const instant = clock.kind === 'virtual' ? Math.floor(Date.now() / 1000) * 1000 : undefined
  return loggedSecrets(driver.startLibrary!, target.endpoints[0]!, prefix, instant)
}

/** What is known: of the driver in general, and of what it does when something gets lost. */
function knownFor(baseline: ChosenBaselineFile, flags: RunFlags): readonly BaselineEntry[] {
  return [...(baseline.baseline?.entries ?? []), ...knownOfRetries(baseline, flags)]
}

function knownOfRetries({ file }: ChosenBaselineFile, flags: RunFlags): readonly BaselineEntry[] {
  const shipped = join(PACKAGE_FOLDER, knownFile(flags))
  return file === null || !existsSync(shipped) ? [] : parsedBaseline(shipped, parseBaseline).entries
}

function knownFile({ driver }: RunFlags): string {
  return join('reports', 'baselines', 'retries', `${driver.name}.json`)
}

/** What is known and was not seen, though everything was tried. */
function goneFrom({ divergences }: Retries, flags: RunFlags, baseline: ChosenBaselineFile): readonly BaselineEntry[] {
  if (chosenExperiments(flags).length < EXPERIMENTS.length) return []
  return knownOfRetries(baseline, flags).filter(
    (entry) => !divergences.some(({ rule, observed }) => rule === entry.rule && observed === entry.observed),
  )
}

function reportOf(
  { target }: Session,
  { driver }: RunFlags,
  played: readonly PlayedExperiment[],
  leftOut: number,
  known: readonly BaselineEntry[],
  logging: LoggingReport | undefined,
): Retries {
  const divergences = [...retryDivergences(played, known), ...loggingDivergences(logging, known)]
  if (played.every(({ call }) => call.tries.length === 0))
    throw new TargetError('the library sent nothing at all, so nothing was learned')
  return {
    format: 'leasecheck-retries',
    version: 1,
    leasecheck: VERSION,
    target: { name: target.name, version: target.version },
    driver: driver.name,
    client: driver.versions ?? driver.name,
    apiVersion: driver.apiVersion,
    leftOut,
    experiments: played.map(experimentEntry),
    divergences,
    ...(logging === undefined ? {} : { logging }),
  }
}

/** What nobody promised is told, and fails nothing unless that is asked for. */
function statusOf({ divergences }: Retries, { strict }: RunFlags): number {
  const fails = divergences.some(
    ({ known, level }) => known === undefined && (strict === true || level === 'settled' || level === 'documented'),
  )
  return fails ? EXIT.somethingNew : EXIT.nothingNew
}
