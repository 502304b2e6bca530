import { randomInt } from 'node:crypto'
import { Argument, Command, Option } from 'commander'
import { tokenOf } from '../../model/notation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { compile } from '../../model/respond.ts'
import { RULES } from '../../model/rules/index.ts'
import { brokenRules, costOf, type Plan, planned } from '../campaign/plan.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import { openTarget, TARGETS_HELP } from '../targets/open-target.ts'
import { type ChosenBaselineFile, findBaseline, OWN_BASELINE } from './baseline-file.ts'
import { conduct } from './conduct.ts'
import { Interrupted } from './exit.ts'
import { budget, kinds, seed, type TargetFlags, targetOptions, targetSettings, wholeNumber } from './options.ts'
import { Session } from './session.ts'

export interface RunFlags extends TargetFlags {
  readonly kinds: readonly ResourceKind[]
  readonly only?: readonly string[]
  readonly seed: number
  readonly runs: number
  readonly budget?: number
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

export function runCommand(): Command {
  const command = new Command('run')
    .description('Checks a target against the model and tells what is new, known and gone.')
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .addOption(
      new Option('--kinds <kinds>', 'kinds of resources')
        .default(RESOURCE_KINDS, RESOURCE_KINDS.join(','))
        .argParser(kinds),
    )
    .option('--only <words...>', 'only cells and rules that contain all of these words')
    .addOption(new Option('--seed <number>', 'seed of the random scenarios, or random').default(1).argParser(seed))
    .addOption(
      new Option('--runs <number>', 'random scenarios after the tour')
        .default(60)
        .argParser(wholeNumber(0, 10_000_000)),
    )
    .addOption(
      new Option('--budget <time>', 'go on with random scenarios until 30s, 5m, ... have passed').argParser(budget),
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
      new Option('--processes <number>', 'embedded Azurite processes').default(2).argParser(wholeNumber(1, 16)),
    )
    .option('--verbose', 'list every cell that was not reached')
  for (const option of targetOptions()) command.addOption(option)
  return command.action(run)
}

async function run(name: string, flags: RunFlags): Promise<void> {
  const expected = expectedTarget(name)
  if (flags.list) return list(prepare(expected.name, expected.version, flags).plan)
  // Planning takes the moment that the target needs to start.
  const opening = openTarget(name, targetSettings(flags, flags.processes))
  opening.catch(() => {})
  const foreseen = expected.version === '' ? undefined : prepare(expected.name, expected.version, flags)
  const target = await opening
  const session = new Session(target, flags.apiVersion, `leasecheck-${randomInt(36 ** 5).toString(36)}`)
  const interrupt = () => (session.stop.signal.aborted ? process.exit(130) : session.stop.abort(new Interrupted()))
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  try {
    const fits = foreseen !== undefined && target.version === expected.version
    const { plan, baseline } = fits ? foreseen : prepare(target.name, target.version, flags)
    process.exitCode = await conduct(session, plan, baseline, flags)
  } finally {
    await session.close()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/** What a target will most likely turn out to be; an unknown version is empty. */
function expectedTarget(name: string): { readonly name: string; readonly version: string } {
  const [target = '', version] = name.split('@')
  return { name: target, version: version ?? (target === 'azurite' ? PINNED_AZURITE_VERSION : '') }
}

function prepare(
  name: string,
  version: string,
  flags: RunFlags,
): { readonly plan: Plan; readonly baseline: ChosenBaselineFile } {
  const baseline = findBaseline(flags.baseline, name, version, flags.updateBaseline === true)
  const broken = brokenRules(RULES, baseline.baseline)
  const { kinds: chosen, only = [], seed: number, runs } = flags
  return { plan: planned({ rules: compile(RULES), kinds: chosen, only, seed: number, runs, broken }), baseline }
}

function list(plan: Plan): void {
  const { scenarios, requests, readBacks } = costOf(plan)
  for (const scenario of [...plan.tour.map((leg) => leg.scenario), ...plan.random])
    process.stdout.write(`${tokenOf(scenario)}\n`)
  process.stderr.write(
    `${scenarios} scenarios (${plan.tour.length} of the tour, ${plan.random.length} random), ${requests} requests, ${readBacks} of them read-backs\n`,
  )
}
