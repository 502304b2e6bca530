import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Argument, Command, Option } from 'commander'
import { compile } from '../../model/compiled-rules.ts'
import { tokenOf } from '../../model/notation.ts'
import { FAMILIES, type Family, kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import { count } from '../../reports/counting.ts'
import { asksForGaps, plannedGaps } from '../campaign/gaps/gap-plan.ts'
import { costOf, firstScenarios, type Plan, type PlanOptions, planned } from '../campaign/plan.ts'
import { dealtOf, type Shard } from '../campaign/shards/shard.ts'
import { partOf } from '../campaign/shards/share.ts'
import { weaknessesIn } from '../campaign/weak-spots.ts'
import { UsageError } from '../errors.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { clockOf } from '../targets/containers/image.ts'
import { sasKindOf } from '../targets/credentials/credential.ts'
import type { Permits } from '../targets/credentials/permits.ts'
import { readTargetName, TARGETS_HELP, type TargetName } from '../targets/open-target.ts'
import type { LeftOut } from '../targets/probing/survey.ts'
import type { Target } from '../targets/target.ts'
import { type ChosenBaselineFile, findBaseline, OWN_BASELINE } from './baseline-file.ts'
import { conduct } from './conduct.ts'
import { familiesOn, openFamilies, refuseMissingFamilies } from './families-on.ts'
import {
  budget,
  chosenSeed,
  type GivenTargetFlags,
  kinds,
  seed,
  shard,
  type TargetFlags,
  targetOptions,
  targetSettings,
  wholeNumber,
  withDriver,
} from './options.ts'
import { asksForRetries, conductRetries, listRetries, refuseForRetries } from './retries.ts'
import { remark } from './terminal.ts'
import { withSession } from './with-session.ts'

export interface RunFlags extends TargetFlags {
  readonly kinds: readonly Family[]
  readonly only?: readonly string[]
  readonly seed: number
  readonly shard?: Shard
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
  readonly processes?: number
  readonly yes?: true
  readonly verbose?: true
}

/**
 * As many as the cores can use; beyond three it is the harness that cannot keep up. A container takes long to warm up, which a
 * second one does not make good: on two cores a whole run takes 40 s with one, 72 s with two.
 */
function defaultProcesses(name: string): number {
  return readTargetName(name).target === 'container' ? 1 : Math.min(3, Math.max(2, availableParallelism()))
}

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
      'only cells and rules that contain all of these words; gaps: only what nobody knows, with proposals for evidence; retries: only what a client library does when requests and answers get lost',
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
    .addOption(
      new Option(
        '--shard <k/n>',
        'play one of n parts, e.g. 3/8: each on a machine of its own, joined by leasecheck merge',
      ).argParser(shard),
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
      `known divergences, none, or shipped: those that come with leasecheck (default: ./${OWN_BASELINE}, else shipped)`,
    )
    .option('--update-baseline', `write what was found to ./${OWN_BASELINE}, or to the file given by --baseline`)
    .option('--out <folder>', 'where results.ndjson, junit.xml and summary.md go', 'leasecheck-results')
    .option('--stable-output', 'mask times and ports, so that two runs with the same seed write the same bytes')
    .addOption(
      new Option(
        '--processes <number>',
        'how many processes of an embedded server (default: 2 or 3, as the cores permit), or containers (default: 1)',
      ).argParser(wholeNumber(1, 16)),
    )
    .option('--yes', 'do not ask before creating anything on a server given by URL')
    .option('--verbose', 'list every cell that was not reached')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(run)
}

type GivenRunFlags = GivenTargetFlags &
  Omit<RunFlags, 'kinds' | 'seed' | keyof TargetFlags> &
  Partial<Pick<RunFlags, 'kinds'>> & { readonly seed: number | 'random' }

async function run(name: string, { seed: askedSeed, ...given }: GivenRunFlags): Promise<void> {
  refuseForShards(given, askedSeed)
  const seed = chosenSeed(askedSeed)
  const flags: RunFlags = { ...(await withDriver(given)), seed, kinds: given.kinds ?? familiesOn(name, given) }
  refuseContradictions(name, flags)
  const expected = expectedTarget(name)
  const baseline = baselineFor(expected, flags)
  const terms = expectedTerms(name, flags)
  if (asksForRetries(flags.only)) return runRetries(name, baseline, flags)
  if (flags.list) return list(planFor(baseline, flags, terms))
  // Planning takes the moment that the target needs to start, once its process has been started.
  const planning = expected.version === '' ? undefined : nextTurn().then(() => planFor(baseline, flags, terms))
  planning?.catch(() => {})
  process.exitCode = await withSession(
    name,
    targetSettings(flags, flags.processes ?? defaultProcesses(name), flags.out),
    async (session) => {
      if (planning !== undefined && session.target.version === expected.version)
        return conduct(session, await planning, baseline, flags, (leftOut) =>
          planFor(baseline, flags, terms, undefined, leftOut),
        )
      const chosen = baselineFor(session.target, flags)
      const { open, shut } = openFamilies(session.target, flags.kinds, given.kinds !== undefined)
      for (const [family, reason] of shut) remark(`left out: ${family}, since ${reason}`)
      const allowed = { ...flags, kinds: open }
      const { permits } = session.target
      return conduct(session, planFor(chosen, allowed, terms, permits), chosen, allowed, (leftOut) =>
        planFor(chosen, allowed, terms, permits, leftOut),
      )
    },
  )
}

/** Runs what is about lost requests and answers, on one server process. */
async function runRetries(name: string, baseline: ChosenBaselineFile, flags: RunFlags): Promise<void> {
  refuseForRetries(flags)
  if (flags.list) return listRetries(flags)
  process.exitCode = await withSession(name, targetSettings(flags, 1, flags.out), (session) =>
    conductRetries(session, baseline, flags),
  )
}

/**
 * What only all shards together can do, or must have in common.
 * @throws UsageError
 */
function refuseForShards(
  { shard: asked, updateBaseline, only = [] }: Omit<GivenRunFlags, 'seed'>,
  askedSeed: number | 'random',
): void {
  if (asked === undefined) return
  if (updateBaseline)
    throw new UsageError(
      'a shard cannot tell what is gone: leave --update-baseline out, and give it to leasecheck merge once all shards have run',
    )
  if (askedSeed === 'random')
    throw new UsageError('all shards of a run need the same seed: choose one, and give it to each of them with --seed')
  if (asksForGaps(only))
    throw new UsageError('--only gaps makes one list of proposals, and takes a moment: run it whole, without --shard')
}

/** @throws UsageError */
function refuseContradictions(name: string, flags: RunFlags): void {
  const { only, budget: limit, kinds: chosen } = flags
  refuseMissingFamilies(name, flags, chosen)
  if (only !== undefined && limit !== undefined)
    throw new UsageError('--budget goes on with random scenarios, and --only leaves them out; drop one of the two')
}

/**
 * What a target will most likely turn out to be; an unknown version is empty.
 * @throws UsageError for a name that is none.
 */
function expectedTarget(text: string): TargetVersion {
  const named = readTargetName(text)
  switch (named.target) {
    case 'azurite':
      return { name: 'azurite', version: named.version ?? PINNED_AZURITE_VERSION }
    case 'container':
      return { name: named.image.isAzurite ? 'azurite' : named.image.name, version: named.image.version ?? '' }
    case 'reference':
    case 'url':
    case 'account':
      return { name: named.target, version: '' }
    default:
      return named satisfies never
  }
}

/** How the target will be treated, before it is open. */
function expectedTerms(name: string, { clock, hostile }: RunFlags): Pick<PlanOptions, 'clock' | 'hostile'> {
  const named = readTargetName(name)
  const isOurs = !['url', 'account'].includes(named.target)
  return { clock: expectedClock(named, clock), hostile: isOurs || hostile === true }
}

function expectedClock(named: TargetName, asked: RunFlags['clock']): PlanOptions['clock'] {
  switch (named.target) {
    case 'azurite':
    case 'reference':
      return 'virtual'
    case 'container':
      return clockOf(named.image, asked) === 'header' ? 'virtual' : 'wall'
    case 'url':
    case 'account':
      return asked === 'header' ? 'virtual' : 'wall'
    default:
      return named satisfies never
  }
}

type TargetVersion = Pick<Target, 'name' | 'version'> & Partial<Pick<Target, 'endpoints'>>

function baselineFor({ name, version, endpoints }: TargetVersion, flags: RunFlags): ChosenBaselineFile {
  const sas = sasKindOf(endpoints?.[0]?.credential)
  return findBaseline(flags.baseline, name, version, flags.updateBaseline === true, flags.driver.name, sas)
}

/** @throws UsageError if nothing is left to do. */
function planFor(
  { baseline }: ChosenBaselineFile,
  flags: RunFlags,
  { clock, hostile }: Pick<PlanOptions, 'clock' | 'hostile'>,
  permits?: Permits,
  leftOut: LeftOut = new Map(),
): Plan {
  const known = weaknessesIn(RULES, baseline)
  const { kinds: chosen, only = [], seed: number, runs, apiVersion: version, thorough = false } = flags
  const selection = {
    kinds: kindsOf(chosen),
    version,
    expresses: flags.driver.expresses,
    ways: flags.driver.ways,
    ...(flags.driver.calls === undefined ? {} : { calls: flags.driver.calls }),
    permits,
    thorough,
    only,
    seed: number,
    runs,
  }
  const options = { rules: compile(RULES), ...selection, known, clock, hostile, leftOut }
  const plan = asksForGaps(only) ? plannedGaps(options) : planned(options)
  const toured = plan.tour.length + plan.hostile.length
  if (leftOut.size === 0 && toured === 0 && plan.notExpressible > 0 && plan.gaps === undefined)
    throw new UsageError(
      `driver ${flags.driver.name} has no call for anything that was asked for: ${count(plan.notExpressible, 'cell')} of ${chosen.join(' and ')} cannot be expressed; choose other --kinds, or let the driver list its calls in its answer to hello`,
    )
  if (leftOut.size === 0 && toured + plan.runs === 0) {
    const hindrance = plan.gaps?.leftOut[0]?.reason
    if (hindrance !== undefined) throw new UsageError(`no gap that was asked for can be asked here: ${hindrance}`)
    throw new UsageError(
      `nothing about ${chosen.join(' and ')} contains all of these words: ${only.join(' ')}; try fewer, e.g. an operation, a state`,
    )
  }
  return flags.shard === undefined ? plan : partOf(plan, flags.shard, RULES)
}

function list(plan: Plan): void {
  const { scenarios, requests, readBacks } = costOf(plan)
  for (const scenario of firstScenarios(plan)) process.stdout.write(`${tokenOf(scenario)}\n`)
  const random = dealtOf(plan.runs, plan.share?.shard)
  process.stderr.write(
    `${scenarios} scenarios (${plan.tour.length} of the tour, ${plan.hostile.length} hostile, ${random} random), ${requests} requests, ${readBacks} of them read-backs\n`,
  )
}
