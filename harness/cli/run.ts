import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Argument, Command, Option } from 'commander'
import { compile } from '../../model/compiled-rules.ts'
import { tokenOf } from '../../model/notation.ts'
import { FAMILIES, type Family, kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import { asksForGaps, plannedGaps } from '../campaign/gaps/gap-plan.ts'
import { costOf, type Plan, type PlanOptions, planned } from '../campaign/plan.ts'
import { weaknessesIn } from '../campaign/weak-spots.ts'
import { UsageError } from '../errors.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { readTargetName, TARGETS_HELP } from '../targets/open-target.ts'
import type { Target } from '../targets/target.ts'
import { type ChosenBaselineFile, findBaseline, OWN_BASELINE } from './baseline-file.ts'
import { conduct } from './conduct.ts'
import { familiesOn, refuseMissingFamilies } from './families-on.ts'
import {
  budget,
  type GivenTargetFlags,
  kinds,
  seed,
  type TargetFlags,
  targetOptions,
  targetSettings,
  wholeNumber,
  withDriver,
} from './options.ts'
import { withSession } from './with-session.ts'

export interface RunFlags extends TargetFlags {
  readonly kinds: readonly Family[]
  readonly only?: readonly string[]
  readonly seed: number
  readonly runs: number
  readonly budget?: number
  readonly thorough?: true
  readonly hostile?: true
  readonly bail?: true
  readonly list?: true
  readonly strict?: true
  readonly failOnGone?: true
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly out: string
  readonly stableOutput?: true
  readonly processes: number
  readonly verbose?: true
}

/** As many as the cores can use; beyond three it is the harness that cannot keep up. */
const DEFAULT_PROCESSES = Math.min(3, Math.max(2, availableParallelism()))

export function runCommand(): Command {
  const command = new Command('run')
    .summary('check a target')
    .description('Checks a target against the model, and tells what is new, known and gone.')
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .addOption(
      new Option(
        '--kinds <kinds>',
        `of ${FAMILIES.join(',')}: those to check, snapshots with what they were taken of (default: all that the target has)`,
      ).argParser(kinds),
    )
    .option(
      '--only <words...>',
      'only cells and rules that contain all of these words; gaps: only what nobody knows, with proposals for evidence',
    )
    .addOption(new Option('--seed <number>', 'seed of the random scenarios, or random').default(1).argParser(seed))
    .addOption(
      new Option('--runs <number>', 'random scenarios after the tour')
        .default(40)
        .argParser(wholeNumber(0, 10_000_000)),
    )
    .addOption(
      new Option(
        '--budget <time>',
        'end when 30s, 5m, ... have passed: go on with random scenarios until then, start none after it',
      ).argParser(budget),
    )
    .option('--thorough', 'try unusual requests in every state, not only in some: several times as many requests')
    .option(
      '--hostile',
      'send malformed and missing headers to a server given by URL too, which may never recover (embedded ones always get them)',
    )
    .option('--bail', 'stop at the first new divergence that fails the run')
    .option('--list', 'show what would be done, and do nothing')
    .option('--strict', 'divergences from inferred rules fail the run too')
    .option('--fail-on-gone', 'baseline entries that no longer diverge fail the run')
    .option(
      '--baseline <file>',
      `known divergences, or none (default: ./${OWN_BASELINE}, else the one that comes with leasecheck)`,
    )
    .option('--update-baseline', `write what was found to ./${OWN_BASELINE}, or to the file given by --baseline`)
    .option('--out <folder>', 'where results.ndjson, junit.xml and summary.md go', 'leasecheck-results')
    .option('--stable-output', 'mask times and ports, so that two runs with the same seed write the same bytes')
    .addOption(
      new Option('--processes <number>', 'how many processes of an embedded server')
        .default(DEFAULT_PROCESSES)
        .argParser(wholeNumber(1, 16)),
    )
    .option('--verbose', 'list every cell that was not reached')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(run)
}

type GivenRunFlags = GivenTargetFlags & Omit<RunFlags, 'kinds' | keyof TargetFlags> & Partial<Pick<RunFlags, 'kinds'>>

async function run(name: string, given: GivenRunFlags): Promise<void> {
  const flags: RunFlags = { ...(await withDriver(given)), kinds: given.kinds ?? familiesOn(name, given.fileUrl) }
  refuseContradictions(name, flags)
  const expected = expectedTarget(name)
  const baseline = baselineFor(expected, flags)
  const terms = expectedTerms(name, flags)
  if (flags.list) return list(planFor(baseline, flags, terms))
  // Planning takes the moment that the target needs to start, once its process has been started.
  const planning = expected.version === '' ? undefined : nextTurn().then(() => planFor(baseline, flags, terms))
  planning?.catch(() => {})
  process.exitCode = await withSession(name, targetSettings(flags, flags.processes), async (session) => {
    if (planning !== undefined && session.target.version === expected.version)
      return conduct(session, await planning, baseline, flags)
    const chosen = baselineFor(session.target, flags)
    return conduct(session, planFor(chosen, flags, terms), chosen, flags)
  })
}

/** @throws UsageError */
function refuseContradictions(name: string, { only, budget: limit, kinds: chosen, fileUrl }: RunFlags): void {
  refuseMissingFamilies(name, fileUrl, chosen)
  if (only !== undefined && limit !== undefined)
    throw new UsageError('--budget goes on with random scenarios, and --only leaves them out; drop one of the two')
}

/**
 * What a target will most likely turn out to be; an unknown version is empty.
 * @throws UsageError for a name that is none.
 */
function expectedTarget(text: string): TargetVersion {
  const { target, version = target === 'azurite' ? PINNED_AZURITE_VERSION : '' } = readTargetName(text)
  return { name: target, version }
}

/** How the target will be treated, before it is open. */
function expectedTerms(name: string, { clock, hostile }: RunFlags): Pick<PlanOptions, 'clock' | 'hostile'> {
  const isOurs = readTargetName(name).target !== 'url'
  return { clock: isOurs || clock === 'header' ? 'virtual' : 'wall', hostile: isOurs || hostile === true }
}

type TargetVersion = Pick<Target, 'name' | 'version'>

function baselineFor({ name, version }: TargetVersion, flags: RunFlags): ChosenBaselineFile {
  return findBaseline(flags.baseline, name, version, flags.updateBaseline === true, flags.driver.name)
}

/** @throws UsageError if nothing is left to do. */
function planFor(
  { baseline }: ChosenBaselineFile,
  flags: RunFlags,
  { clock, hostile }: Pick<PlanOptions, 'clock' | 'hostile'>,
): Plan {
  const known = weaknessesIn(RULES, baseline)
  const { kinds: chosen, only = [], seed: number, runs, apiVersion: version, thorough = false } = flags
  const selection = {
    kinds: kindsOf(chosen),
    version,
    expresses: flags.driver.expresses,
    thorough,
    only,
    seed: number,
    runs,
  }
  const options = { rules: compile(RULES), ...selection, known, clock, hostile }
  const plan = asksForGaps(only) ? plannedGaps(options) : planned(options)
  if (plan.tour.length + plan.hostile.length + plan.runs === 0) {
    const hindrance = plan.gaps?.leftOut[0]?.reason
    if (hindrance !== undefined) throw new UsageError(`no gap that was asked for can be asked here: ${hindrance}`)
    throw new UsageError(
      `nothing about ${chosen.join(' and ')} contains all of these words: ${only.join(' ')}; try fewer, e.g. an operation, a state`,
    )
  }
  return plan
}

function list(plan: Plan): void {
  const { scenarios, requests, readBacks } = costOf(plan)
  for (const scenario of [...[...plan.tour, ...plan.hostile].map((leg) => leg.scenario), ...plan.random(0, plan.runs)])
    process.stdout.write(`${tokenOf(scenario)}\n`)
  process.stderr.write(
    `${scenarios} scenarios (${plan.tour.length} of the tour, ${plan.hostile.length} hostile, ${plan.runs} random), ${requests} requests, ${readBacks} of them read-backs\n`,
  )
}
