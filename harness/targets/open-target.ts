import { UsageError } from '../errors.ts'
import { startAzurite } from './azurite.ts'
import { startContainers } from './containers/container-target.ts'
import { type Image, imageNamed } from './containers/image.ts'
import { type AccessFlags, chooseAccess } from './credentials/choose-access.ts'
import type { TokenSource } from './credentials/credential.ts'
import { entraTokens } from './credentials/entra.ts'
import { readCertificate } from './credentials/trusted.ts'
import { EMULATOR_ACCOUNT } from './emulator-account.ts'
import { startReference } from './reference.ts'
import { serverAt } from './server.ts'
import { type StartOptions, startedTarget } from './starting/started-target.ts'
import type { Target } from './target.ts'

/** What there is to say of a target; the account and who asks it concern servers that are not ours. */
export interface TargetOptions extends AccessFlags {
  readonly processes: number
  readonly port: number | undefined
  /** What is started in a container; default: what its image starts by itself. */
  readonly command?: string | undefined
  readonly offline: boolean
  /** A file with a certificate to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
  /** Signs in with Microsoft Entra ID; default: as `DefaultAzureCredential` does. */
  readonly entra?: () => TokenSource
  readonly clock: 'header' | 'wall' | undefined
  readonly apiVersion: string
  readonly onProgress: (message: string) => void
  /** A command that starts the server that is given by URL; default: it runs already. */
  readonly start?: string | undefined
  /** What to ask whether it is ready; default: the target. */
  readonly ready?: string | undefined
  readonly readyTimeoutMs?: number | undefined
  /** Where its output goes. */
  readonly logFile?: string | undefined
  /** Gives up opening a target that takes long to open. */
  readonly signal?: AbortSignal | undefined
  /** Called before something is made that only the signal, and no end of the process, removes again. */
  readonly onCreating?: (() => void) | undefined
}

/** What can be tested, as the command line names it. */
export const TARGETS_HELP =
  'azurite, azurite@VERSION, container:IMAGE, reference, account (the one that the environment or --connection-string names), or the URL of a running server'

/** A target as the command line names it; for an Azurite with the version that was asked for, for a container with its image. */
export type TargetName =
  | { readonly target: 'url' | 'account' | 'reference'; readonly version?: undefined }
  | { readonly target: 'azurite'; readonly version: string | undefined }
  | { readonly target: 'container'; readonly version?: undefined; readonly image: Image }

/** @throws UsageError for a name that is none. */
export function readTargetName(name: string): TargetName {
  if (/^https?:/.test(name)) return { target: 'url' }
  if (name === 'reference' || name === 'account') return { target: name }
  if (name.startsWith('container:')) return { target: 'container', image: readImage(name.slice('container:'.length)) }
  const azurite = /^azurite(?:@([0-9][0-9A-Za-z.-]*))?$/.exec(name)
  if (azurite === null) throw new UsageError(`there is no target ${JSON.stringify(name)}: expected ${TARGETS_HELP}`)
  return { target: 'azurite', version: azurite[1] }
}

/** @throws UsageError for what no engine takes as the name of an image. */
function readImage(name: string): Image {
  const image = imageNamed(name)
  if (image !== undefined) return image
  throw new UsageError(
    `${JSON.stringify(name)} is no name of an image; expected something like mcr.microsoft.com/azure-storage/azurite:3.37.0`,
  )
}

/**
 * Opens a target by its name on the command line.
 * @throws UsageError for a name that is none, and whatever opening it throws.
 */
export async function openTarget(name: string, options: TargetOptions): Promise<Target> {
  const named = readTargetName(name)
  const { target, version } = named
  if (options.start === undefined && (options.ready !== undefined || options.readyTimeoutMs !== undefined))
    throw new UsageError('--ready and --ready-timeout belong to --start, which starts a server; leave them out')
  if (options.command !== undefined && target !== 'container')
    throw new UsageError(`--command belongs to a container; leave it out for the target ${name}`)
  if (target === 'url' || target === 'account') {
    const { clock = 'wall', apiVersion, entra = entraTokens, ca } = options
    const around = { env: process.env, nowMs: Date.now(), entra }
    const access = chooseAccess(target === 'url' ? name : undefined, options, around)
    const open = () => serverAt({ access, clock, apiVersion, ca: ca === undefined ? undefined : readCertificate(ca) })
    return options.start === undefined ? open() : startedTarget(access.url, startOptions(options, options.start), open)
  }
  refuseAccessFlags(name, options)
  if (target === 'container') return startContainers(named.image, options)
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

/** How long a server that is started may take to be ready, unless told otherwise. */
const READY_LIMIT_MS = 30_000

function startOptions(options: TargetOptions, command: string): StartOptions {
  const { ready, readyTimeoutMs = READY_LIMIT_MS, logFile, signal, onCreating } = options
  // Its end takes a moment, so that a signal has to be told of it.
  onCreating?.()
  return { command, readyUrl: ready, readyTimeoutMs, logFile, signal: signal ?? new AbortController().signal }
}

/** @throws UsageError for what makes sense only of a server that is not ours. */
function refuseAccessFlags(name: string, options: TargetOptions): void {
  const { fileUrl, connectionString, sas, auth, ca, start } = options
  const flags = {
    '--start': start,
    '--file-url': fileUrl,
    '--connection-string': connectionString,
    '--sas': sas,
    '--auth': auth,
    '--ca': ca,
  }
  const given = Object.entries(flags).find(([, value]) => value !== undefined)
  if (given !== undefined)
    throw new UsageError(`${given[0]} belongs to a server given by URL; leave it out for the target ${name}`)
}

/** @throws UsageError if one is given without the other, since the key is that of the account. */
function credentialsIn({ account, key }: TargetOptions): Pick<TargetOptions, 'account' | 'key'> {
  if (account !== undefined && key === undefined && account !== EMULATOR_ACCOUNT)
    throw new UsageError(`account ${account} needs its key: add --key, base64 of any bytes`)
  return { account, key }
}
