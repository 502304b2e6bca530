import { writeSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { cleanCommand } from './clean.ts'
import { doctorCommand } from './doctor.ts'
import { EXIT, messageOf, statusOf } from './exit.ts'
import { explainCommand } from './explain.ts'
import { matrixCommand } from './matrix.ts'
import { mergeCommand } from './merge.ts'
import { proxyCommand } from './proxy.ts'
import { replayCommand } from './replay.ts'
import { runCommand } from './run.ts'
import { serveCommand } from './serve.ts'
import { remark } from './terminal.ts'
import { verifyCommand } from './verify.ts'
import { VERSION } from './version.ts'

const EPILOGUE = `
Exit status: 0 nothing new; 1 something new; 2 wrong usage; 3 the target could not be reached, died,
or proved nothing; 4 leasecheck itself failed; 130 interrupted.

Examples:
  leasecheck run                                     check an embedded Azurite
  leasecheck run reference --driver js               check the JavaScript SDK of your project
  leasecheck matrix --drivers rest,js --targets reference,azurite     clients on servers
  leasecheck run --only renew expired                only what concerns renewing after expiry
  leasecheck replay 'lc1/blob/acquire,duration=15'   repeat one scenario
  leasecheck explain blob renew expired              what is right, and how we know
  leasecheck verify test/recordings                  judge recorded HTTP sessions
  leasecheck proxy azurite -- npm test               judge the traffic of your own tests
  leasecheck doctor account                          which credential is taken, and what it permits
  leasecheck serve                                   a server with leases for your own tests
  leasecheck clean account                           remove what killed runs have left in an account`

/** Runs the command line and sets the exit status. */
export async function main(argv: readonly string[]): Promise<void> {
  process.on('uncaughtException', failed)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', brokenPipe)
  try {
    await program().parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.nothingNew : EXIT.usage
      return
    }
    remark(messageOf(error))
    process.exitCode = statusOf(error)
  }
}

/** The command line, to be parsed. */
export function program(): Command {
  const all = new Command('leasecheck')
    .description('Checks whether a server, or a client library, gets Azure Storage leases right.')
    .version(VERSION)
    .addHelpText('after', EPILOGUE)
  for (const command of commands()) all.addCommand(command)
  for (const command of [all, ...all.commands])
    command.exitOverride().configureOutput({ outputError: (text) => remark(complaint(text, command.name())) })
  return all
}

function commands(): readonly Command[] {
  return [
    runCommand(),
    matrixCommand(),
    mergeCommand(),
    replayCommand(),
    explainCommand(),
    verifyCommand(),
    proxyCommand(),
    serveCommand(),
    doctorCommand(),
    cleanCommand(),
  ]
}

/** What commander has to say, in one line like every other complaint. */
function complaint(text: string, command: string): string {
  const said = text
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .trim()
  return `${said.replace(/\.$/, '')}; see ${command === 'leasecheck' ? '' : 'leasecheck '}${command} --help`
}

/** Nothing is left to be trusted, and Node's own status for this is 1, which would mean a divergence. */
function failed(error: unknown): never {
  try {
    writeSync(process.stderr.fd, `leasecheck: ${messageOf(error)}\n`)
  } finally {
    process.exit(statusOf(error))
  }
}

/** Who reads may stop reading, as `head` does; the verdict is the same, and it is in the results. */
function brokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
