import { Command, CommanderError } from 'commander'
import { EXIT, messageOf, statusOf } from './exit.ts'
import { explainCommand } from './explain.ts'
import { replayCommand } from './replay.ts'
import { runCommand } from './run.ts'
import { VERSION } from './version.ts'

const EPILOGUE = `
Exit status: 0 nothing new; 1 something new; 2 wrong usage; 3 the target could not be reached, died, or proved nothing;
4 leasecheck itself failed; 130 interrupted.

Examples:
  leasecheck run                                     check an embedded Azurite
  leasecheck run --only renew expired                only what has to do with renewing after expiry
  leasecheck replay 'lc1/blob/acquire,duration=15'   repeat one scenario
  leasecheck explain blob renew expired              what is right, and how we know`

/** Runs the command line and sets the exit status. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.nothingNew : EXIT.usage
      return
    }
    process.stderr.write(`leasecheck: ${messageOf(error)}\n`)
    process.exitCode = statusOf(error)
  }
}

function program(): Command {
  const all = new Command('leasecheck')
    .description('Checks whether a server gets Azure Storage leases right.')
    .version(VERSION)
    .addHelpText('after', EPILOGUE)
  for (const command of [runCommand(), replayCommand(), explainCommand()]) all.addCommand(command)
  for (const command of [all, ...all.commands])
    command.exitOverride().showHelpAfterError('(add --help for what there is)')
  return all
}
