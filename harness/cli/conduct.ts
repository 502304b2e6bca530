import { isClientRule } from '../../model/client/client-rules.ts'
import { type Family, kindsOf } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { BaselineEntry } from '../../reports/baseline.ts'
import type { CellResultsFile } from '../../reports/cell-results.ts'
import { cellResultsFile } from '../../reports/cell-tally.ts'
import type { Footer, Header } from '../../reports/results.ts'
import { renderBucket, renderPlan, renderSummary } from '../../reports/terminal/index.ts'
import { Campaign } from '../campaign/campaign.ts'
import { isExpressible, isPermitted } from '../campaign/expressible.ts'
import { GapAnswers } from '../campaign/gaps/gap-answers.ts'
import type { ChosenGaps } from '../campaign/gaps/gap-plan.ts'
import { isHostileScenario } from '../campaign/hostility.ts'
import { costOf, type Plan } from '../campaign/plan.ts'
import { PROVED_NOTHING } from '../campaign/proof.ts'
import { shardText } from '../campaign/shards/shard.ts'
import { baselineDigest } from '../campaign/shards/share.ts'
import { Bailed } from '../campaign/shrinking/shrinking.ts'
import { wordsOf } from '../campaign/words.ts'
import { TargetError } from '../errors.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { kindOfCredential } from '../targets/credentials/credential.ts'
import { firstMissing } from '../targets/probing/needed-operations.ts'
import type { LeftOut } from '../targets/probing/survey.ts'
import type { Target } from '../targets/target.ts'
import { announce } from './announce.ts'
import type { ChosenBaselineFile } from './baseline-file.ts'
import { EXIT, gravest, messageOf, reasonOf, statusOf } from './exit.ts'
import { DEFAULT_API_VERSION } from './options.ts'
import { ProgressLine } from './progress.ts'
import { propose } from './propose.ts'
import { ResultsFolder } from './results-folder.ts'
import type { RunFlags } from './run.ts'
import type { Session } from './session.ts'
import { provenClock, type Surveyed, surveyed, WELL_KNOWN } from './surveyed.ts'
import { coloured, remark, say } from './terminal.ts'
import { updateBaseline } from './update-baseline.ts'
import { VERSION } from './version.ts'

/** Scenarios under way at once: on virtual time enough to keep the servers busy, on wall time all that wait. */
const IN_FLIGHT = { virtual: 32, wall: 2000 }

/**
 * Runs a campaign and its reports; returns the exit status.
 * @param replan makes the plan anew without what the target turns out not to know.
 */
export async function conduct(
  session: Session,
  planned: Plan,
  baseline: ChosenBaselineFile,
  flags: RunFlags,
  replan: (leftOut: LeftOut) => Plan,
): Promise<number> {
  const colour = coloured(process.stdout)
  if (baseline.remark !== undefined) remark(baseline.remark)
  const header = headerOf(session, planned, baseline, flags)
  say(renderPlan(header, { colour }))
  await announce(session, {
    plan: planned,
    baseline: baseline.baseline,
    apiVersion: flags.apiVersion,
    yes: flags.yes === true,
  })
  const beganMs = performance.now()
  const folder = new ResultsFolder(flags.out, flags.stableOutput === true)
  folder.add(header)
  const ready = await readied(session, planned, baseline, flags.kinds, replan)
  const { plan, survey } = ready
  const progress = new ProgressLine(
    process.stderr,
    plan.machines.reduce((sum, { visits }) => sum + visits.size, 0),
  )
  const answers = plan.gaps && new GapAnswers(plan.gaps, session.clock.kind, header.startedAt)
  const campaign = new Campaign(campaignOptions(session, plan, survey, baseline, flags, beganMs), {
    event: (event) => folder.add(event),
    found: (bucket) => {
      progress.clear()
      say(`\n${renderBucket(bucket, { colour, header })}`)
    },
    progress: (state) => progress.show(state),
    ...(answers === undefined ? {} : { played: (play) => answers.take(play) }),
  })
  const run = () =>
    campaign.run().then(
      () =>
        campaign.provedSomething && answers?.answered !== 0 ? neverHeard(session) : new TargetError(PROVED_NOTHING),
      (error: unknown) => session.fail(error),
    )
  const failure = 'failure' in ready ? ready.failure : await run()
  progress.clear()
  const found = campaign.finish(
    failure === undefined ? { complete: true } : { complete: false, reason: reasonOf(failure) },
    performance.now() - beganMs,
  )
  const exitStatus = gravest(found.exitStatus, statusOfEnd(failure))
  const footer: Footer = { ...found, ...interferenceOf(session), exitStatus }
  folder.add(footer)
  folder.finish(cellsOf(campaign, header, footer, flags))
  say(`\n${renderSummary(folder.events, { colour, verbose: flags.verbose === true })}`)
  if (failure !== undefined && !(failure instanceof Bailed)) remark(messageOf(failure))
  if (answers !== undefined) propose(answers, session, header, folder, flags)
  remark(`results: ${flags.out}/results.ndjson, junit.xml, summary.md, cells.json`)
  const updated = flags.updateBaseline ? updateBaseline(folder.events, baseline, flags.baseline) : EXIT.nothingNew
  return gravest(footer.exitStatus, updated)
}

/** How often a server that is not ours was too busy or never answered, if it ever was. */
function interferenceOf({ foreign }: Session): Pick<Footer, 'interference'> {
  const { busy = 0, unanswered = 0 } = foreign?.interference ?? {}
  return busy + unanswered === 0 ? {} : { interference: { busy, unanswered } }
}

/** Stopping as --bail asks is no failure of its own. */
function statusOfEnd(failure: unknown): number {
  return failure === undefined || failure instanceof Bailed ? EXIT.nothingNew : statusOf(failure)
}

/** An operation whose outcome was never told has not been checked, however little was found. */
function neverHeard({ foreign }: Session): TargetError | undefined {
  const names = foreign?.hearing.neverHeard ?? []
  return names.length === 0
    ? undefined
    : new TargetError(
        `the target never told what came of ${names.join(', ')}: no answer, or one that something went wrong`,
      )
}

function headerOf({ target, clock }: Session, plan: Plan, baseline: ChosenBaselineFile, flags: RunFlags): Header {
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
    ...credentialOf(target),
    driver: flags.driver.name,
    ...(flags.driver.versions === undefined ? {} : { client: flags.driver.versions }),
    apiVersion,
    clock: clock.kind,
    seed,
    kinds: [...kinds],
    only: [...only],
    strict,
    baseline: baseline.file,
    ...(repeat.length === 0 ? {} : { repeat }),
    startedAt: new Date().toISOString(),
    ...shardOf(plan, target, baseline, flags),
    plan: { ...costOf(plan), ...leftOut(plan) },
  }
}

/** How many cells are left out, and why. */
function leftOut({ notExpressible, notPermitted = 0 }: Plan): Pick<Header['plan'], 'notExpressible' | 'notPermitted'> {
  return { ...(notExpressible === 0 ? {} : { notExpressible }), ...(notPermitted === 0 ? {} : { notPermitted }) }
}

/** Of a part of a run what merge needs to know. */
function shardOf(
  { share, runs: random, thorough }: Plan,
  target: Target,
  { baseline }: ChosenBaselineFile,
  { budget, hostile, failOnGone }: RunFlags,
): Pick<Header, 'shard'> {
  if (share === undefined) return {}
  const { shard, whole, planDigest } = share
  return {
    shard: {
      ...shard,
      whole,
      random,
      ...(budget === undefined ? {} : { budgetMs: budget }),
      thorough,
      hostile: hostile === true || target.embedded,
      failOnGone: failOnGone === true,
      planDigest,
      baselineDigest: baselineDigest(baseline),
    },
  }
}

/** What became of each cell, for the folder of results. */
function cellsOf(campaign: Campaign, header: Header, footer: Footer, flags: RunFlags): CellResultsFile {
  const { leasecheck, target, driver, client, apiVersion, kinds, only, seed, baseline } = header
  const { runs: random, thorough = false } = flags
  const part = flags.shard === undefined ? {} : { shard: shardText(flags.shard) }
  const run = { kinds, only, seed, random, thorough, baseline, complete: footer.complete, ...part }
  const about = { leasecheck, target: target.name, targetVersion: target.version, driver, client, apiVersion }
  return cellResultsFile({ ...about, runs: [run] }, campaign.outcomes(footer))
}

/** How requests are authorized, where that is not by the key, as it mostly is. */
function credentialOf({ endpoints }: Target): Pick<Header, 'credential'> {
  const { credential } = endpoints[0]!
  return credential.by === 'key' ? {} : { credential: kindOfCredential(credential) }
}

/** How to repeat a scenario on this target; without the credential, which has to stay out of files. */
function repeatOf({ name, version, openedAs, embedded, endpoints }: Target, flags: RunFlags): string[] {
  const { account, auth, ca, clock, apiVersion, driver } = flags
  const { url, fileUrl, container } = endpoints[0]!
  const embeddedName = version === PINNED_AZURITE_VERSION ? [] : [name === 'azurite' ? `${name}@${version}` : name]
  return [
    ...(openedAs ?? (embedded ? embeddedName : [container === undefined ? url : `${url}/${container}`])),
    ...(embedded || fileUrl === undefined ? [] : ['--file-url', fileUrl]),
    ...(account === undefined ? [] : ['--account', account]),
    ...(auth === undefined ? [] : ['--auth', auth]),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(clock === undefined ? [] : ['--clock', clock]),
    ...driver.asked,
    ...(apiVersion === DEFAULT_API_VERSION || driver.name !== 'rest' ? [] : ['--api-version', apiVersion]),
  ]
}

function campaignOptions(
  session: Session,
  plan: Plan,
  { missing, probes, leftOut }: Surveyed,
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
      (isPermitted(scenario, session.target.permits) ? undefined : 'the credential does not permit its scenario') ??
      withoutImplementation(scenario, leftOut) ??
      (!hostile && !session.target.embedded && isHostileScenario(rules, scenario, plan.version)
        ? 'hostile requests go to a server that is not ours only with --hostile'
        : undefined),
    // What is the client's fault may well show where it has no call, or sends what it likes.
    altered: ({ rule }: BaselineEntry, scenario: Scenario) =>
      isClientRule(rule) || isExpressible(scenario, flags.driver.expresses)
        ? undefined
        : `driver ${flags.driver.name} cannot express its scenario as it stands`,
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
    missing,
    probes,
  }
}

/** A target that is ready to be checked, the plan for it, and what went wrong until then. */
interface Ready {
  readonly plan: Plan
  readonly survey: Surveyed
  readonly failure?: unknown
}

async function readied(
  session: Session,
  plan: Plan,
  { baseline }: ChosenBaselineFile,
  kinds: readonly Family[],
  replan: (leftOut: LeftOut) => Plan,
): Promise<Ready> {
  try {
    await provenClock(session, kinds)
    const survey = await surveyed(session, plan, baseline)
    return { survey, plan: survey.missing.size === 0 ? plan : replan(survey.leftOut) }
  } catch (error) {
    return { survey: WELL_KNOWN, plan, failure: await session.fail(error) }
  }
}

/** Why a scenario cannot be played on a target that does not know everything. */
function withoutImplementation(scenario: Scenario, leftOut: LeftOut): string | undefined {
  const rule = firstMissing(scenario, leftOut)
  return rule && `${leftOut.get(rule)!.rule}: it is not implemented, and the scenario needs it`
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
