import { Argument, Command } from 'commander'
import { TARGETS_HELP } from '../targets/open-target.ts'
import { OWN_BASELINE } from './baseline-file.ts'
import { type GivenTargetFlags, targetOptions } from './options.ts'

export interface ProxyFlags extends Omit<GivenTargetFlags, 'driver' | 'clock' | 'maxRequestsPerSecond'> {
  readonly strict?: true
  readonly baseline?: string
  readonly record?: string
  readonly out?: string
  readonly quiet?: true
}

const EPILOGUE = `
COMMAND finds in its environment where to send its requests, and with which credential:
  AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN,
  AZURE_STORAGE_BLOB_ENDPOINT and AZURE_STORAGE_FILE_ENDPOINT, and the same two as LEASECHECK_...
Without COMMAND these are printed as lines for a shell, and the proxy runs until Ctrl-C, which is its normal end.
What COMMAND prints goes to standard output, what leasecheck says goes to standard error.

Exit status: 1 if something is new, whatever COMMAND returned; 3 if the target died, or nothing could be judged;
1 if nothing is new and COMMAND failed (the last line says with which status); 0 if nothing is new and it succeeded;
2 wrong usage, or no such COMMAND; 4 leasecheck itself failed; 130 COMMAND was interrupted.

Examples:
  leasecheck proxy azurite -- npm test
  leasecheck proxy reference --record session.har -- pytest tests/test_leases.py
  leasecheck proxy account > environment.sh          # then, elsewhere: . ./environment.sh`

export function proxyCommand(): Command {
  const command = new Command('proxy')
    .summary('judge the traffic of another program')
    .description(
      'Stands before the blob and file services of a target, passes on whatever a program sends, unchanged, and judges what has to do with leases. All requests to the resources have to go through it.',
    )
    .usage('[options] <target> [-- COMMAND [arguments...]]')
    .addArgument(new Argument('<target>', TARGETS_HELP))
    .addArgument(new Argument('[command...]', 'a program to start, with its arguments (default: none, until Ctrl-C)'))
    .option('--strict', 'divergences from inferred rules fail too')
    .option(
      '--baseline <file>',
      `known divergences of the target, or none (default: ./${OWN_BASELINE}, else the one that comes with leasecheck)`,
    )
    .option('--record <file>', 'keep the session as an HTTP archive without secrets, for leasecheck verify')
    .option(
      '--out <folder>',
      'where verification.ndjson, verification.json, junit.xml and summary.md go (default: nowhere)',
    )
    .option('--quiet', 'only the verdict, and what is new')
    .addHelpText('after', EPILOGUE)
  for (const option of targetOptions()) if (!NOT_HERE.includes(option.long!)) command.addOption(option)
  return command.action(async (target: string, words: readonly string[], flags: ProxyFlags) => {
    // Other commands need nothing of it.
    const { proxyTarget } = await import('./proxy-target.ts')
    process.exitCode = await proxyTarget(target, words, flags)
  })
}

/** What says how a run sends its requests: here somebody else sends them, in real time. */
const NOT_HERE: readonly string[] = ['--driver', '--sdk-version', '--clock', '--max-requests-per-second']
