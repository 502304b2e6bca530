import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isClientRule } from '../../model/client/client-rules.ts'
import { kindsOf } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import { type BaselineEntry, renderBaseline } from '../../reports/baseline.ts'
import { updated } from '../../reports/baseline-update.ts'
import type { CellResultsFile } from '../../reports/cell-results.ts'
import { cellResultsFile } from '../../reports/cell-tally.ts'
import { lasting } from '../../reports/counting.ts'
import type { Footer, Header } from '../../reports/results.ts'
import { renderBucket, renderPlan, renderSummary } from '../../reports/terminal/index.ts'
import { Campaign } from '../campaign/campaign.ts'
import { GapAnswers } from '../campaign/gaps/gap-answers.ts'
import type { ChosenGaps } from '../campaign/gaps/gap-plan.ts'
import { isHostileScenario } from '../campaign/hostility.ts'
import { costOf, longestMs, type Plan } from '../campaign/plan.ts'
import { Bailed } from '../campaign/shrinking/shrinking.ts'
import { wordsOf } from '../campaign/words.ts'
import { TargetError } from '../errors.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import type { Target } from '../targets/target.ts'
import { type ChosenBaselineFile, OWN_BASELINE } from './baseline-file.ts'
import { EXIT, gravest, messageOf, statusOf } from './exit.ts'
import { DEFAULT_API_VERSION } from './options.ts'
import { ProgressLine } from './progress.ts'
import { propose } from './propose.ts'
import { ResultsFolder } from './results-folder.ts'
import type { RunFlags } from './run.ts'
import type { Session } from './session.ts'
import { coloured, remark, say } from './terminal.ts'
import { VERSION } from './version.ts'

/** Scenarios under way at once: on virtual time enough to keep the servers busy, on wall time all that wait. */
const IN_FLIGHT = { virtual: 32, wall: 2000 }

/** Runs a campaign and its reports; returns the exit status. */
export async function conduct(
  session: Session,
  plan: Plan,
  baseline: ChosenBaselineFile,
  flags: RunFlags,
): Promise<number> {
  const beganMs = performance.now()
  const colour = coloured(process.stdout)
  if (baseline.remark !== undefined) remark(baseline.remark)
  const folder = new ResultsFolder(flags.out, flags.stableOutput === true)
  const header = headerOf(session, plan, baseline, flags)
  folder.add(header)
  say(renderPlan(header, { colour }))
  if (session.clock.kind === 'wall')
    say(`  time          the longest scenario takes ${lasting(longestMs(session.rules, plan))}\n`)
  const progress = new ProgressLine(
    process.stderr,
    plan.machines.reduce((sum, { visits }) => sum + visits.size, 0),
  )
  const answers = plan.gaps && new GapAnswers(plan.gaps, session.clock.kind, header.startedAt)
  const campaign = new Campaign(campaignOptions(session, plan, baseline, flags, beganMs), {
    event: (event) => folder.add(event),
    found: (bucket) => {
      progress.clear()
      say(`\n${renderBucket(bucket, { colour, header })}`)
    },
    progress: (state) => progress.show(state),
    ...(answers === undefined ? {} : { played: (play) => answers.take(play) }),
  })
  const failure = await campaign.run().then(
    () => (campaign.provedSomething && answers?.answered !== 0 ? undefined : new TargetError(PROVED_NOTHING)),
    (error: unknown) => session.fail(error),
  )
  progress.clear()
  const found = campaign.finish(
    failure === undefined ? { complete: true } : { complete: false, reason: messageOf(failure) },
    performance.now() - beganMs,
  )
  const footer: Footer = { ...found, exitStatus: gravest(found.exitStatus, statusOfEnd(failure)) }
  folder.add(footer)
  folder.finish(cellsOf(campaign, header, footer, flags))
  say(`\n${renderSummary(folder.events, { colour, verbose: flags.verbose === true })}`)
  if (failure !== undefined && !(failure instanceof Bailed)) remark(messageOf(failure))
  if (answers !== undefined) propose(answers, session, header, folder, flags)
  remark(`results: ${flags.out}/results.ndjson, junit.xml, summary.md, cells.json`)
  const updated = flags.updateBaseline ? updateBaseline(folder, baseline, flags) : EXIT.nothingNew
  return gravest(footer.exitStatus, updated)
}

/** Stopping as --bail asks is no failure of its own. */
function statusOfEnd(failure: unknown): number {
  return failure === undefined || failure instanceof Bailed ? EXIT.nothingNew : statusOf(failure)
}

const PROVED_NOTHING =
  'the run proved nothing: no answer could be judged, or the target never held a lease, so no state but available was reached'

function headerOf({ target, clock }: Session, plan: Plan, { file }: ChosenBaselineFile, flags: RunFlags): Header {
  const { kinds, only = [], seed, strict = false, apiVersion } = flags
  const repeat = repeatOf(target, flags)
  return {
    event: 'header',
    format: 'leasecheck-results',
    version: 1,
    leasecheck: VERSION,
    target: {
      name: target.name,
      version: target.version,
      ...(target.embedded ? {} : { url: target.endpoints[0]!.url }),
    },
    driver: flags.driver.name,
    ...(flags.driver.versions === undefined ? {} : { client: flags.driver.versions }),
    apiVersion,
    clock: clock.kind,
    seed,
    kinds: [...kinds],
    only: [...only],
    strict,
    baseline: file,
    ...(repeat.length === 0 ? {} : { repeat }),
    startedAt: new Date().toISOString(),
    plan: { ...costOf(plan), ...(plan.notExpressible === 0 ? {} : { notExpressible: plan.notExpressible }) },
  }
}

/** What became of each cell, for the folder of results. */
function cellsOf(campaign: Campaign, header: Header, footer: Footer, flags: RunFlags): CellResultsFile {
  const { leasecheck, target, driver, client, apiVersion, kinds, only, seed, baseline } = header
  const { runs: random, thorough = false } = flags
  const run = { kinds, only, seed, random, thorough, baseline, complete: footer.complete }
  const about = { leasecheck, target: target.name, targetVersion: target.version, driver, client, apiVersion }
  return cellResultsFile({ ...about, runs: [run] }, campaign.outcomes(footer))
}

/** How to repeat a scenario on this target; without the key, which has to stay out of files. */
function repeatOf({ name, version, embedded, endpoints }: Target, flags: RunFlags): string[] {
  const { account, clock, apiVersion, driver } = flags
  const { url, fileUrl } = endpoints[0]!
  const embeddedName = version === PINNED_AZURITE_VERSION ? [] : [name === 'azurite' ? `${name}@${version}` : name]
  return [
    ...(embedded ? embeddedName : [url]),
    ...(embedded || fileUrl === undefined ? [] : ['--file-url', fileUrl]),
    ...(account === undefined ? [] : ['--account', account]),
    ...(clock === undefined ? [] : ['--clock', clock]),
    ...(driver.name === 'rest' ? [] : ['--driver', driver.name]),
    ...(apiVersion === DEFAULT_API_VERSION || driver.name !== 'rest' ? [] : ['--api-version', apiVersion]),
  ]
}

function campaignOptions(
  session: Session,
  plan: Plan,
  { baseline }: ChosenBaselineFile,
  flags: RunFlags,
  beganMs: number,
) {
  const { kinds, only = [], strict = false, failOnGone = false, bail = false, budget, hostile = false } = flags
  const { rules, stop, play, clock } = session
  return {
    rules,
    plan,
    baseline,
    excluded: (entry: BaselineEntry, scenario: Scenario) =>
      excluded(entry, kindsOf(kinds), only, plan.gaps) ??
      (!hostile && !session.target.embedded && isHostileScenario(rules, scenario, plan.version)
        ? 'hostile requests go to a server that is not ours only with --hostile'
        : undefined),
    strict,
    failOnGone,
    bail,
    untilMs: budget === undefined ? undefined : beganMs + budget,
    inFlight: IN_FLIGHT[clock.kind],
    today: new Date().toISOString().slice(0, 10),
    play,
    servers: session.target.endpoints.length,
    restart: session.restart,
    stop,
  }
}

/** Why a baseline entry is not part of what was selected. */
function excluded(
  { rule }: BaselineEntry,
  kinds: readonly string[],
  only: readonly string[],
  gaps: ChosenGaps | undefined,
): string | undefined {
  const [side, ...place] = rule.split('.')
  const kind = isClientRule(rule) ? place[0]! : side!
  if (!kinds.includes(kind)) return `kind ${kind} was not selected`
  const isAsked =
    gaps === undefined
      ? wordsOf(only).every((word) => rule.includes(word))
      : gaps.asked.some((gap) => gap.rule === rule)
  return isAsked ? undefined : `--only ${only.join(' ')} leaves it out`
}

/** Writes the baseline after a complete run; returns the exit status of that alone. */
function updateBaseline({ events }: ResultsFolder, { baseline }: ChosenBaselineFile, flags: RunFlags): number {
  const header = events.find((event) => event.event === 'header')!
  const footer = events.find((event) => event.event === 'footer')!
  if (!footer.complete) {
    remark(`the baseline is left as it is: the run is incomplete (${footer.reason})`)
    return EXIT.nothingNew
  }
  const file = flags.baseline === undefined || flags.baseline === 'none' ? OWN_BASELINE : flags.baseline
  const update = updated(
    baseline,
    {
      target: header.target.name,
      targetVersion: header.target.version,
      driver: header.driver,
      apiVersion: header.apiVersion,
      configuration: {},
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
