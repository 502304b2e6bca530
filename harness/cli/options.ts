import { join } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { FAMILIES, type Family } from '../../model/resource.ts'
import type { Shard } from '../campaign/shards/shard.ts'
import { type ChosenDriver, chooseDriver, DRIVERS_HELP, isDriver } from '../drivers/choose-driver.ts'
import { AUTH_KINDS, type AuthKind } from '../targets/credentials/choose-access.ts'
import { remark } from './terminal.ts'
import type { SessionOptions } from './with-session.ts'

/** The REST version that requests ask for, unless told otherwise. */
export const DEFAULT_API_VERSION = '2023-11-03'

/** Options that every command that talks to a target has, as they are given. */
export interface GivenTargetFlags extends Omit<TargetFlags, 'apiVersion' | 'driver'> {
  readonly apiVersion?: string
  readonly driver: string
  readonly sdkVersion?: string
}

/** The same once the driver has been loaded: a client library decides about the REST version itself. */
export interface TargetFlags {
  readonly account?: string
  readonly key?: string
  readonly sas?: string
  readonly connectionString?: string
  readonly auth?: AuthKind
  readonly ca?: string
  readonly fileUrl?: string
  readonly clock?: 'header' | 'wall'
  readonly port?: number
  readonly command?: string
  readonly start?: string
  readonly ready?: string
  /** Milliseconds. */
  readonly readyTimeout?: number
  readonly offline?: true
  readonly maxRequestsPerSecond?: number
  readonly apiVersion: string
  readonly driver: ChosenDriver
}

export function targetOptions(): Option[] {
  return [
    new Option('--account <name>', 'the account (default: the one in the URL; of an embedded server devstoreaccount1)'),
    new Option(
      '--key <base64>',
      "the account's key; secrets in flags show in process lists, so set AZURE_STORAGE_KEY instead (default: that, or the emulator's, for devstoreaccount1)",
    ),
    new Option('--sas <query>', 'a shared access signature (default: that in the URL, else AZURE_STORAGE_SAS_TOKEN)'),
    new Option(
      '--connection-string <string>',
      'account, endpoints and credential in one (default: AZURE_STORAGE_CONNECTION_STRING)',
    ),
    new Option(
      '--auth <kind>',
      'which of them to take; entra: a token of Microsoft Entra ID, as DefaultAzureCredential finds one; none: ask without any (default: what there is)',
    ).choices(AUTH_KINDS),
    new Option(
      '--ca <file>',
      'a certificate to trust, PEM, for a server with one of its own (default: the usual ones)',
    ),
    new Option(
      '--file-url <url>',
      'the file service, for shares and files (default: NAME.file.SUFFIX beside NAME.blob.SUFFIX, else none)',
    ),
    new Option('--clock <how>', 'header: the server honours x-leasecheck-now; wall: real time').choices([
      'header',
      'wall',
    ]),
    new Option(
      '--port <port>',
      'the port of an embedded server (default: a free one); of a container, where its server listens inside (default: 10000 for Azurite)',
    ).argParser(wholeNumber(1, 65535)),
    new Option('--command <words>', 'what is started in a container (default: what its image starts by itself)'),
    new Option(
      '--max-requests-per-second <number>',
      'how much a server given by URL is asked (default: 100; as much as it answers if it runs on this machine)',
    ).argParser(wholeNumber(1, 100_000)),
    new Option(
      '--start <command>',
      'a command that starts the server given by URL and stays in the foreground; it is ended with the run (default: the server runs already)',
    ),
    new Option(
      '--ready <url>',
      'a page that answers with success once it is ready (default: the target answers at all)',
    ),
    new Option('--ready-timeout <time>', 'how long that may take (default: 30s)').argParser(budget),
    new Option('--offline', 'fetch no Azurite and no image: fail if it is neither installed nor in the cache'),
    new Option('--driver <driver>', DRIVERS_HELP).argParser(driver).default('rest'),
    new Option(
      '--sdk-version <version>',
      'which version of the SDK to install and check, of the blob package, or of both, as in 12.20.0,12.15.0 (default: the newest known)',
    ),
    new Option(
      '--api-version <version>',
      `the REST version that requests ask for (default: ${DEFAULT_API_VERSION}; an SDK asks for its own)`,
    ).argParser(apiVersion),
  ]
}

/**
 * Loads the driver that was chosen.
 * @throws UsageError if it is not installed, or speaks another version of the service than was asked for.
 */
export async function withDriver<F extends GivenTargetFlags>(
  given: F,
): Promise<Omit<F, 'driver' | 'apiVersion'> & Pick<TargetFlags, 'driver' | 'apiVersion'>> {
  const { apiVersion, sdkVersion, offline = false } = given
  const choice = { driver: given.driver, apiVersion, sdkVersion, offline, onProgress: remark }
  const driver = await chooseDriver(choice, DEFAULT_API_VERSION)
  return { ...given, driver, apiVersion: driver.apiVersion }
}

/**
 * What opening a target needs, from the flags.
 * @param out where results go, of commands that leave any
 */
export function targetSettings(flags: TargetFlags, processes: number, out?: string): SessionOptions {
  const {
    account,
    key,
    sas,
    connectionString,
    auth,
    ca,
    fileUrl,
    clock,
    port,
    command,
    start,
    ready,
    readyTimeout: readyTimeoutMs,
    offline = false,
    maxRequestsPerSecond,
    apiVersion,
    driver,
  } = flags
  const access = { account, key, sas, connectionString, auth, ca, fileUrl }
  const server = { processes, clock, port, command, offline, maxRequestsPerSecond }
  const logFile = out === undefined ? undefined : join(out, 'server.log')
  const starting = { start, ready, readyTimeoutMs, logFile }
  return { ...server, ...access, ...starting, apiVersion, driver, onProgress: remark }
}

/** Reads a list of the kinds that people speak of. */
export function kinds(text: string): readonly Family[] {
  const named = text.split(',').map((each) => each.trim())
  const unknown = named.find((each) => !FAMILIES.some((kind) => kind === each))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${JSON.stringify(unknown)} is no kind; there are ${FAMILIES.join(', ')}`)
  return FAMILIES.filter((kind) => named.includes(kind))
}

/** Reads a seed: a whole number of 32 bits, or `random`. */
export function seed(text: string): number | 'random' {
  return text === 'random' ? text : wholeNumber(0, 0x7fffffff)(text)
}

/** The seed that was asked for, or one by chance. */
export function chosenSeed(asked: number | 'random'): number {
  return asked === 'random' ? Math.floor(Math.random() * 0x7fffffff) : asked
}

/** Reads which part of a run is asked for: 3/8 is the third of eight. */
export function shard(text: string): Shard {
  const read = /^([0-9]{1,4})\/([0-9]{1,4})$/.exec(text)
  const [number, of] = [Number(read?.[1]), Number(read?.[2])]
  if (!(number >= 1 && number <= of))
    throw new InvalidArgumentError('expected a shard such as 3/8, the third of eight, from 1/8 to 8/8')
  return { number, of }
}

/** Reads a span of time such as 30s or 5m, in milliseconds. */
export function budget(text: string): number {
  const read = /^([0-9]{1,6})(ms|s|m|h)$/.exec(text)
  if (read === null) throw new InvalidArgumentError('expected a span of time such as 30s or 5m')
  return Number(read[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[read[2] as 'ms' | 's' | 'm' | 'h']
}

export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`)
    return value
  }
}

function driver(text: string): string {
  if (!isDriver(text))
    throw new InvalidArgumentError('there are rest, js, python, python-aio, go, and exec:COMMAND for one of your own')
  return text
}

function apiVersion(text: string): string {
  if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) throw new InvalidArgumentError('expected a date such as 2023-11-03')
  return text
}
