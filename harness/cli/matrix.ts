import { Command, Option } from 'commander'
import { FAMILIES, type Family } from '../../model/resource.ts'
import { type ClientName, clientNames, targetNames } from '../matrix/pair.ts'
import { TARGETS_HELP } from '../targets/open-target.ts'
import { budget, kinds, seed, type TargetFlags, targetOptions, wholeNumber } from './options.ts'

export interface MatrixFlags
  extends Pick<TargetFlags, 'fileUrl' | 'auth' | 'ca' | 'offline' | 'clock' | 'maxRequestsPerSecond'> {
  readonly drivers: readonly ClientName[]
  readonly targets: readonly string[]
  readonly kinds?: readonly Family[]
  readonly only?: readonly string[]
  readonly seed?: number | 'random'
  readonly runs?: number
  /** Milliseconds. */
  readonly budget?: number
  readonly thorough?: true
  readonly hostile?: true
  readonly strict?: true
  readonly failOnGone?: true
  readonly baselines?: string
  readonly out: string
  readonly yes?: true
}

/** Options of a run that say how a server given by URL is reached; the others come from the environment. */
const FOR_FOREIGN: readonly string[] = ['fileUrl', 'auth', 'ca', 'clock', 'maxRequestsPerSecond']

export function matrixCommand(): Command {
  const command = new Command('matrix')
    .summary('check clients on servers')
    .description(
      'Runs every client on every server, one pair after the other, and tells which of them diverges where. Exit status: 1 if any pair showed something new, else 3 if any could not run.',
    )
    .addOption(
      new Option(
        '--drivers <drivers>',
        'rest,js,python,python-aio,go, with the version of an SDK as in python@12.27.1; exec:COMMAND stands alone, so give the option again for it',
      )
        .argParser(clientNames)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--targets <targets>', `which servers, e.g. reference,azurite: ${TARGETS_HELP}`)
        .argParser(targetNames)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--kinds <kinds>',
        `of ${FAMILIES.join(',')}: those to check, as far as a target has them (default: all that it has)`,
      ).argParser(kinds),
    )
    .option('--only <words...>', 'only cells and rules that contain all of these words')
    .addOption(new Option('--seed <number>', 'seed of the random scenarios, or random (default: 1)').argParser(seed))
    .addOption(
      new Option('--runs <number>', 'random scenarios after the tour (default: 40)').argParser(
        wholeNumber(0, 10_000_000),
      ),
    )
    .addOption(new Option('--budget <time>', 'end each pair when 30s, 5m, ... have passed').argParser(budget))
    .option('--thorough', 'try unusual requests in every state, not only in some: several times as many requests')
    .option('--hostile', 'send malformed and missing headers to servers given by URL too')
    .option('--strict', 'divergences from inferred rules count as something new too')
    .option('--fail-on-gone', 'so do baseline entries that no longer diverge')
    .option(
      '--baselines <folder>',
      'known divergences, a file for each pair, e.g. azurite-js.json, or none (default: ./leasecheck-baseline.json for the pair that it was made for, else those that come with leasecheck)',
    )
    .option('--out <folder>', 'where matrix.json, matrix.md, and a folder for each pair go', 'leasecheck-matrix')
    .option('--offline', 'fetch no Azurite, no image and no SDK: fail if it is neither installed nor in the cache')
    .option('--yes', 'do not ask before creating anything on a server given by URL')
  for (const option of targetOptions()) if (FOR_FOREIGN.includes(option.attributeName())) command.addOption(option)
  return command.action(async (flags: MatrixFlags) => {
    // Other commands need nothing of it.
    const { checkMatrix } = await import('./check-matrix.ts')
    process.exitCode = await checkMatrix(flags)
  })
}
