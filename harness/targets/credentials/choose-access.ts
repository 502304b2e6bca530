import { UsageError } from '../../errors.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../emulator-account.ts'
import { isCloudHost } from '../real-service.ts'
import { accountAndContainer, accountIn, fileUrlBeside, serviceUrl } from './account-url.ts'
import { type ConnectionString, readConnectionString } from './connection-string.ts'
import type { Credential, TokenSource } from './credential.ts'
import { hasSas, readSas } from './sas.ts'

export const AUTH_KINDS = ['key', 'sas', 'entra', 'none'] as const
export type AuthKind = (typeof AUTH_KINDS)[number]

/** What the command line says of an account and of who asks. */
export interface AccessFlags {
  readonly account?: string | undefined
  readonly key?: string | undefined
  readonly sas?: string | undefined
  readonly connectionString?: string | undefined
  readonly auth?: AuthKind | undefined
  readonly fileUrl?: string | undefined
}

/** An account of a server, and who asks. */
export interface Access {
  readonly url: string
  readonly fileUrl: string | undefined
  /** Whether the URL of the file service was not given but follows from that of the blob service: there may be none. */
  readonly fileUrlGuessed: boolean
  readonly account: string
  readonly credential: Credential
  /** The only container that the credential opens. */
  readonly container: string | undefined
  /** Where the credential was taken from, for people, e.g. `AZURE_STORAGE_KEY`. */
  readonly from: string
}

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly nowMs: number
  /** Signs in with Microsoft Entra ID. @throws UsageError if that cannot be done here. */
  readonly entra: () => TokenSource
}

/** A secret, and where it was found. */
interface Found {
  readonly text: string
  readonly from: string
}

/** Everything that was given, by flags or else by the environment. */
interface Given {
  readonly url: string | undefined
  readonly fileUrl: string | undefined
  readonly account: string | undefined
  readonly key: Found | undefined
  readonly sas: Found | undefined
}

/**
 * Decides which account is asked and with which credential: flags come first, then a SAS in the URL, then the environment,
 * as far as it is about the same account.
 * @param target a URL, or undefined for the account that flags or the environment name.
 * @throws UsageError, which names what is missing or contradicts itself, and no secret.
 */
export function chooseAccess(target: string | undefined, flags: AccessFlags, around: Surroundings): Access {
  refuseContradictions(target, flags)
  const byFlags = givenByFlags(flags)
  const inUrl =
    target !== undefined && hasSas(searchOf(target)) ? { text: searchOf(target), from: 'the URL' } : undefined
  const url = target === undefined ? undefined : serviceUrl(target)
  const wanted = flags.account ?? byFlags.account ?? (url === undefined ? undefined : accountOrNone(url))
  const byEnvironment = givenByEnvironment(around.env, wanted)
  const found = url ?? byFlags.url ?? (target === undefined ? accountUrl(flags, byEnvironment) : undefined)
  if (found === undefined) throw new UsageError(NO_ACCOUNT)
  const credential = credentialFrom(flags, { ...byFlags, sas: byFlags.sas ?? inUrl }, byEnvironment, found, around)
  const [base, container] = isForContainer(credential.credential) ? accountAndContainer(found) : [found, undefined]
  const account = flags.account ?? byFlags.account ?? byEnvironment.account ?? accountIn(base)
  const files =
    flags.fileUrl ?? byFlags.fileUrl ?? (sameAccount(url, byEnvironment) ? byEnvironment.fileUrl : undefined)
  const beside = files === undefined && container === undefined ? fileUrlBeside(base) : undefined
  return {
    url: base,
    fileUrl: files === undefined ? beside : serviceUrl(files),
    fileUrlGuessed:
      beside !== undefined || (flags.fileUrl === undefined && files !== undefined && isCloudHost(hostOf(files))),
    account,
    container,
    ...credential,
  }
}

const NO_ACCOUNT =
  'no account is named: set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT, give --connection-string or --account, or take a URL as the target'

function refuseContradictions(target: string | undefined, flags: AccessFlags): void {
  if (flags.fileUrl !== undefined && hasSas(searchOf(flags.fileUrl)))
    throw new UsageError(
      `--file-url carries a SAS; leave it out there: that of the target, or --sas, is taken for both services`,
    )
  const secrets = (['connectionString', 'key', 'sas'] as const).filter((name) => flags[name] !== undefined)
  const names = secrets.map((name) => (name === 'connectionString' ? '--connection-string' : `--${name}`))
  if (names.length > 1) throw new UsageError(`${names.join(' and ')} are two credentials; give one of them`)
  if (target !== undefined && hasSas(searchOf(target)) && names.length === 1)
    throw new UsageError(`the URL carries a SAS and ${names[0]} is another credential; give one of them`)
  if (flags.auth === 'none' && names.length > 0)
    throw new UsageError(`--auth none asks without a credential, and ${names[0]} is one; drop one of the two`)
  if (flags.auth === 'entra' && names.length > 0)
    throw new UsageError(`--auth entra asks with a token, and ${names[0]} is another credential; drop one of the two`)
}

function givenByFlags({ account, key, sas, connectionString, fileUrl }: AccessFlags): Given {
  if (connectionString !== undefined) return fromString(readConnectionString(connectionString), '--connection-string')
  return {
    url: undefined,
    fileUrl,
    account,
    key: key === undefined ? undefined : { text: key, from: '--key' },
    sas: sas === undefined ? undefined : { text: sas, from: '--sas' },
  }
}

/** What the environment says, if it is about the account that is wanted; another account's secret is nobody's business there. */
function givenByEnvironment(env: NodeJS.ProcessEnv, wanted: string | undefined): Given {
  const { AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN } = env
  const isWanted = (account: string | undefined) => wanted === undefined || account === undefined || account === wanted
  if (AZURE_STORAGE_CONNECTION_STRING) {
    const given = fromString(readConnectionString(AZURE_STORAGE_CONNECTION_STRING), 'AZURE_STORAGE_CONNECTION_STRING')
    if (given.account === wanted || (isWanted(given.account) && !(wanted === EMULATOR_ACCOUNT))) return given
  }
  const account = AZURE_STORAGE_ACCOUNT || undefined
  // The key of the emulator's account is known, so what names no account is not about it.
  if (!isWanted(account) || (account === undefined && wanted === EMULATOR_ACCOUNT)) return NOTHING
  return {
    url: undefined,
    fileUrl: undefined,
    account,
    key: AZURE_STORAGE_KEY ? { text: AZURE_STORAGE_KEY, from: 'AZURE_STORAGE_KEY' } : undefined,
    sas: AZURE_STORAGE_SAS_TOKEN ? { text: AZURE_STORAGE_SAS_TOKEN, from: 'AZURE_STORAGE_SAS_TOKEN' } : undefined,
  }
}

const NOTHING: Given = { url: undefined, fileUrl: undefined, account: undefined, key: undefined, sas: undefined }

function fromString(read: ConnectionString, from: string): Given {
  const found = (text: string | undefined) => (text === undefined ? undefined : { text, from })
  return { ...read, key: found(read.key), sas: found(read.sas) }
}

function accountUrl({ account }: AccessFlags, environment: Given): string | undefined {
  const name = account ?? environment.account
  if (environment.url !== undefined) return environment.url
  return name === undefined ? undefined : `https://${name}.blob.core.windows.net`
}

function credentialFrom(
  { auth, account }: AccessFlags,
  flags: Given,
  environment: Given,
  url: string,
  { env, nowMs, entra }: Surroundings,
): Pick<Access, 'credential' | 'from'> {
  const byKey = ({ text, from }: Found) => ({ credential: { by: 'key', key: accountKey(text) } as const, from })
  const bySas = ({ text, from }: Found) => {
    const sas = readSas(text, nowMs)
    refusePlainHttp(url, sas.httpsOnly)
    return { credential: { by: 'sas', sas } as const, from }
  }
  const byToken = (from: string) => {
    if (!url.startsWith('https:'))
      throw new UsageError(
        `a token of Microsoft Entra ID is sent over https only, and ${url} is not; give another URL, or --key`,
      )
    return { credential: { by: 'token', tokens: entra() } as const, from }
  }
  if (auth === 'none') return { credential: { by: 'nobody' }, from: '--auth none' }
  if (auth === 'entra') return byToken('DefaultAzureCredential, as --auth entra asks')
  for (const given of [flags, environment]) {
    if (given.key !== undefined && auth !== 'sas') return byKey(given.key)
    if (given.sas !== undefined && auth !== 'key') return bySas(given.sas)
  }
  const name = account ?? flags.account ?? environment.account ?? accountIn(url)
  if (name === EMULATOR_ACCOUNT && auth !== 'sas')
    return byKey({ text: EMULATOR_KEY, from: 'the key of every emulator' })
  const signsIn = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE'].find((each) => env[each])
  // A token opens more than one account, so a host that is not Azure's gets one only if it is asked for.
  if (signsIn !== undefined && auth === undefined && isCloudHost(hostOf(url)))
    return byToken(`DefaultAzureCredential, since ${signsIn} is set`)
  throw new UsageError(`account ${name} needs a credential: ${WAYS[auth ?? 'any']}`)
}

const WAYS = {
  any: 'set AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, add --key or --sas (which show in process lists), or take --auth entra',
  key: 'set AZURE_STORAGE_KEY, or add --key (which shows in process lists)',
  sas: 'set AZURE_STORAGE_SAS_TOKEN, or add --sas (which shows in process lists)',
} as const

function accountKey(text: string): string {
  const key = text.trim()
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return key
  throw new UsageError('the account key is not base64; copy it again, whole')
}

function refusePlainHttp(url: string, httpsOnly: boolean): void {
  if (httpsOnly && !url.startsWith('https:'))
    throw new UsageError(
      `the SAS is for https only (spr=https), and ${url} is not; give another URL, or make another SAS`,
    )
}

/** Whether a credential opens one container and nothing else. */
function isForContainer(credential: Credential): boolean {
  if (credential.by !== 'sas' || credential.sas.kind === 'account') return false
  const { resources, kind } = credential.sas
  if (resources === 'c') return true
  const what = { b: 'blob', bs: 'blob snapshot', bv: 'blob version', d: 'directory', s: 'share', f: 'file' }[resources]
  throw new UsageError(
    `a ${kind} SAS of one ${what ?? 'resource'} (sr=${resources}) cannot make what is to be checked; take an account SAS, or that of a container`,
  )
}

function sameAccount(url: string | undefined, { url: other }: Given): boolean {
  return url === undefined || url === other
}

function accountOrNone(url: string): string | undefined {
  try {
    return accountIn(url)
  } catch {
    return undefined
  }
}

function searchOf(url: string): string {
  return URL.parse(url)?.search ?? ''
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? ''
}
