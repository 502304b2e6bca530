import { UsageError } from '../../errors.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../emulator-account.ts'

/** What a connection string says. Source: "Configure Azure Storage connection strings". */
export interface ConnectionString {
  readonly account: string | undefined
  readonly key: string | undefined
  readonly sas: string | undefined
  /** The URL of the account on each service, as far as it is given or follows from the name. */
  readonly url: string | undefined
  readonly fileUrl: string | undefined
}

const PARTS = [
  'DefaultEndpointsProtocol',
  'AccountName',
  'AccountKey',
  'SharedAccessSignature',
  'BlobEndpoint',
  'FileEndpoint',
  'EndpointSuffix',
  'UseDevelopmentStorage',
] as const
type Part = (typeof PARTS)[number]

const DEVELOPMENT: ConnectionString = {
  account: EMULATOR_ACCOUNT,
  key: EMULATOR_KEY,
  sas: undefined,
  url: `http://127.0.0.1:10000/${EMULATOR_ACCOUNT}`,
  fileUrl: undefined,
}

/** @throws UsageError for a text that is none; it repeats nothing of the text, which holds a secret. */
export function readConnectionString(text: string): ConnectionString {
  const parts = new Map<Part, string>()
  for (const part of text.trim().split(';')) {
    if (part.trim() === '') continue
    const equals = part.indexOf('=')
    const name = PARTS.find((each) => each.toLowerCase() === part.slice(0, equals).trim().toLowerCase())
    if (equals > 0 && name !== undefined) parts.set(name, part.slice(equals + 1).trim())
    else if (equals <= 0) throw new UsageError(`${BROKEN}: a part of it is no NAME=VALUE`)
  }
  if (parts.get('UseDevelopmentStorage')?.toLowerCase() === 'true') return DEVELOPMENT
  const account = parts.get('AccountName')
  const [key, sas] = [parts.get('AccountKey'), parts.get('SharedAccessSignature')]
  if ((key ?? sas) === undefined) {
    throw new UsageError(`${BROKEN}: it has neither an AccountKey nor a SharedAccessSignature`)
  }
  if (account === undefined && parts.get('BlobEndpoint') === undefined) {
    throw new UsageError(`${BROKEN}: it has neither an AccountName nor a BlobEndpoint`)
  }
  const urlOf = (service: 'blob' | 'file') => {
    const given = parts.get(service === 'blob' ? 'BlobEndpoint' : 'FileEndpoint')
    if (given !== undefined) return given.replace(/\/+$/, '')
    // A string that names one endpoint means no other: an emulator's account is nowhere in the cloud.
    if (account === undefined || parts.has('BlobEndpoint') || parts.has('FileEndpoint')) return undefined
    const protocol = parts.get('DefaultEndpointsProtocol') ?? 'https'
    return `${protocol}://${account}.${service}.${parts.get('EndpointSuffix') ?? 'core.windows.net'}`
  }
  return { account, key, sas, url: urlOf('blob'), fileUrl: urlOf('file') }
}

const BROKEN = 'the connection string cannot be used; copy it again, whole, in quotes'
