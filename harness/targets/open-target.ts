import { UsageError } from '../errors.ts'
import { startAzurite } from './azurite.ts'
import { EMULATOR_ACCOUNT } from './emulator-account.ts'
import { startReference } from './reference.ts'
import { serverAt } from './server.ts'
import type { Target } from './target.ts'

export interface TargetOptions {
  readonly processes: number
  readonly port: number | undefined
  readonly offline: boolean
  readonly account: string | undefined
  readonly key: string | undefined
  /** The file service of a server given by URL; default: it has none. */
  readonly fileUrl?: string | undefined
  readonly clock: 'header' | 'wall' | undefined
  readonly apiVersion: string
  readonly onProgress: (message: string) => void
}

/** What can be tested, as the command line names it. */
export const TARGETS_HELP = 'azurite, azurite@VERSION, reference, or the URL of a running server'

/** A target as the command line names it; for an Azurite with the version that was asked for. */
export type TargetName =
  | { readonly target: 'url' | 'reference'; readonly version?: undefined }
  | { readonly target: 'azurite'; readonly version: string | undefined }

/** @throws UsageError for a name that is none. */
export function readTargetName(name: string): TargetName {
  if (/^https?:/.test(name)) return { target: 'url' }
  if (name === 'reference') return { target: 'reference' }
  const azurite = /^azurite(?:@([0-9][0-9A-Za-z.-]*))?$/.exec(name)
  if (azurite === null) throw new UsageError(`there is no target ${JSON.stringify(name)}: expected ${TARGETS_HELP}`)
  return { target: 'azurite', version: azurite[1] }
}

/**
 * Opens a target by its name on the command line.
 * @throws UsageError for a name that is none, and whatever opening it throws.
 */
export async function openTarget(name: string, options: TargetOptions): Promise<Target> {
  const { target, version } = readTargetName(name)
  if (target === 'url') {
    const { fileUrl, account, key, clock = 'wall', apiVersion } = options
    return serverAt({ url: name, fileUrl, account, key, clock, apiVersion })
  }
  if (options.fileUrl !== undefined)
    throw new UsageError(`--file-url belongs to a server given by URL; leave it out for the target ${name}`)
  if (options.clock === 'wall')
    throw new UsageError(
      `an embedded ${target === 'azurite' ? 'Azurite' : 'reference server'} runs on virtual time; --clock wall is for servers that run elsewhere`,
    )
  const { port, offline, onProgress } = options
  const processes = port === undefined ? options.processes : 1
  return target === 'reference'
    ? startReference({ processes, port, ...credentialsIn(options) })
    : startAzurite({ processes, port, version, offline, onProgress })
}

/** @throws UsageError if one is given without the other, since the key is that of the account. */
function credentialsIn({ account, key }: TargetOptions): Pick<TargetOptions, 'account' | 'key'> {
  if (account !== undefined && key === undefined && account !== EMULATOR_ACCOUNT)
    throw new UsageError(`account ${account} needs its key: add --key, base64 of any bytes`)
  return { account, key }
}
