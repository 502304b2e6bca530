import { InvalidArgumentError, Option } from 'commander'
import { FAMILIES, type Family } from '../../model/resource.ts'
import { type ChosenDriver, chooseDriver } from '../drivers/choose-driver.ts'
import { DRIVER_NAMES, type DriverName } from '../drivers/driver.ts'
import { remark } from './terminal.ts'
import type { SessionOptions } from './with-session.ts'

/** The REST version that requests ask for, unless told otherwise. */
export const DEFAULT_API_VERSION = '2023-11-03'

/** Options that every command that talks to a target has, as they are given. */
export interface GivenTargetFlags extends Omit<TargetFlags, 'apiVersion' | 'driver'> {
  readonly apiVersion?: string
  readonly driver: DriverName
}

/** The same once the driver has been loaded: a client library decides about the REST version itself. */
export interface TargetFlags {
  readonly account?: string
  readonly key?: string
  readonly fileUrl?: string
  readonly clock?: 'header' | 'wall'
  readonly port?: number
  readonly offline?: true
  readonly apiVersion: string
  readonly driver: ChosenDriver
}

export function targetOptions(): Option[] {
  return [
    new Option('--account <name>', 'the account (default: the one in the URL; of an embedded server devstoreaccount1)'),
    new Option('--key <base64>', "the account's key (default: the emulator's, for devstoreaccount1)"),
    new Option('--file-url <url>', 'the file service of a server given by URL, for shares and files (default: none)'),
    new Option('--clock <how>', 'header: the server honours x-leasecheck-now; wall: real time').choices([
      'header',
      'wall',
    ]),
    new Option('--port <port>', 'the port of an embedded server (default: a free one)').argParser(
      wholeNumber(1, 65535),
    ),
    new Option('--offline', 'fetch no Azurite: fail if it is neither installed nor in the cache'),
    new Option('--driver <driver>', 'who sends the requests: rest, plain HTTP; js, the JavaScript SDK of your project')
      .choices(DRIVER_NAMES)
      .default('rest'),
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
  const driver = await chooseDriver(given.driver, given.apiVersion, DEFAULT_API_VERSION)
  return { ...given, driver, apiVersion: driver.apiVersion }
}

/** What opening a target needs, from the flags. */
export function targetSettings(flags: TargetFlags, processes: number): SessionOptions {
  const { account, key, fileUrl, clock, port, offline = false, apiVersion, driver } = flags
  return { processes, account, key, fileUrl, clock, port, offline, apiVersion, driver, onProgress: remark }
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
export function seed(text: string): number {
  return text === 'random' ? Math.floor(Math.random() * 0x7fffffff) : wholeNumber(0, 0x7fffffff)(text)
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

function apiVersion(text: string): string {
  if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) throw new InvalidArgumentError('expected a date such as 2023-11-03')
  return text
}
