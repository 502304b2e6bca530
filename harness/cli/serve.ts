import { once } from 'node:events'
import { Command, Option } from 'commander'
import { CLOCK_HEADER, NOW_HEADER } from '../clock/headers.ts'
import { UsageError } from '../errors.ts'
import { emptyAccount } from '../reference/account.ts'
import { listen } from '../reference/listen.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { hostInUrl } from '../targets/reference.ts'
import { wholeNumber } from './options.ts'
import { say } from './terminal.ts'
import { VERSION } from './version.ts'

interface ServeFlags {
  readonly host: string
  readonly port: number
  readonly filePort: number
  readonly account: string
  readonly key?: string
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function serveCommand(): Command {
  const port = (text: string, description: string, otherwise: number) =>
    new Option(text, description).default(otherwise).argParser(wholeNumber(0, 65535))
  return new Command('serve')
    .summary('run the reference server')
    .description('Runs the reference server: blobs and file shares, in memory, with leases as the model has them.')
    .addOption(port('--port <port>', 'the port of the blob service; 0 for any free one', 10000))
    .addOption(port('--file-port <port>', 'the port of the file service; 0 for any free one', 10003))
    .option('--host <host>', 'where to listen; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--account <name>', 'its account', EMULATOR_ACCOUNT)
    .option('--key <base64>', "the account's key (default: the emulator's, which is no secret)")
    .action(serve)
}

/** Serves until a signal asks for the end, which is then what was wanted: the exit status stays 0. */
async function serve(flags: ServeFlags): Promise<void> {
  const { host, port, filePort, account } = flags
  const key = keyFor(flags)
  const stop = Promise.race(SIGNALS.map((signal) => once(process, signal)))
  const listening = await listen(emptyAccount(account, key), { host, port, filePort })
  const urlOf = (at: number) => `http://${hostInUrl(host)}:${at}/${account}`
  say(greeting(urlOf(listening.port), urlOf(listening.filePort), account, key))
  await stop
  await listening.close()
}

/** @throws UsageError for names and keys that no account can have. */
function keyFor({ account, key }: ServeFlags): string {
  if (!/^[a-z0-9]{3,24}$/.test(account)) {
    throw new UsageError(`${JSON.stringify(account)} is no name of an account: take 3 to 24 small letters and digits`)
  }
  if (key === undefined) return EMULATOR_KEY
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(key) || key === '') {
    throw new UsageError('the account key is not base64; give any bytes in base64, or leave --key out')
  }
  return key
}

function greeting(blobUrl: string, fileUrl: string, account: string, key: string): string {
  const shown = key === EMULATOR_KEY ? key : '<the key given by --key>'
  const fields = [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${shown}`,
    `BlobEndpoint=${blobUrl}`,
    `FileEndpoint=${fileUrl}`,
  ]
  return `leasecheck ${VERSION} serves blobs and files with leases, in memory; Ctrl-C ends it

  blob service   ${blobUrl}
  file service   ${fileUrl}
  account        ${account}

connection string, to paste:

${fields.join(';')};

A request with the header ${NOW_HEADER} (milliseconds since the epoch) is served at that instant, and the answer says
so in ${CLOCK_HEADER}: a lease of a minute can run out in no time.`
}
