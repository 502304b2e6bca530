import { EMULATOR_ACCOUNT } from '../emulator-account.ts'

/** What the name of an image tells before anything is started. */
export interface Image {
  /** As engines know it: `mcr.microsoft.com/azure-storage/azurite:3.37.0`. */
  readonly name: string
  /** Azurite is started with the flags that a check needs, and on virtual time; anything else as it is. */
  readonly isAzurite: boolean
  /** Of Azurite, if the tag says it; what the server answers counts. */
  readonly version: string | undefined
}

/** Registry, path, tag and digest, as far as a name can be told from a typing error. Undefined if it is none. */
export function imageNamed(name: string): Image | undefined {
  const parts = /^(?:[A-Za-z0-9.-]+(?::[0-9]+)?\/)?([a-z0-9._/-]+)(?::([\w.-]+))?(?:@sha256:[0-9a-f]{64})?$/.exec(name)
  if (parts === null) return undefined
  const [, path, tag] = parts as unknown as readonly [string, string, string | undefined]
  const isAzurite = path.split('/').at(-1) === 'azurite'
  const version = isAzurite && tag !== undefined && /^[0-9]+\.[0-9]+\.[0-9]+$/.test(tag) ? tag : undefined
  return { name, isAzurite, version }
}

/** Which clock a container runs on, unless the user says: ours cannot be preloaded into a server of any kind. */
export function clockOf({ isAzurite }: Image, asked: 'header' | 'wall' | undefined): 'header' | 'wall' {
  return asked ?? (isAzurite ? 'header' : 'wall')
}

/** Where Azurite serves blobs inside its container. */
export const AZURITE_PORT = 10_000

/**
 * How Azurite is started. Images up to 3.35 hold the npm package, later ones a single executable; `azurite` is in both. Older
 * versions refuse flags that they do not know.
 * Source: Azurite's Dockerfile and ChangeLog.
 */
export function azuriteCommand({ version }: Image): readonly string[] {
  const hosts = ['blob', 'queue', 'table'].flatMap((service) => [`--${service}Host`, '0.0.0.0'])
  const flags = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableProductStyleUrl']
  return ['azurite', ...hosts, ...flags, ...(hasTelemetry(version) ? ['--disableTelemetry'] : [])]
}

/** Azurite reports home since 3.34.0, and a check is nothing to report. */
function hasTelemetry(version = '999.0.0'): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 3 || (major === 3 && minor >= 34)
}

/** What gives Azurite an account other than the emulator's. */
export function azuriteAccounts(
  account: string | undefined,
  key: string | undefined,
): Readonly<Record<string, string>> {
  return key === undefined ? {} : { AZURITE_ACCOUNTS: `${account ?? EMULATOR_ACCOUNT}:${key}` }
}
