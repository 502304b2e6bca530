import { FAMILIES, type Family, KINDS } from '../../model/resource.ts'
import { UsageError } from '../errors.ts'
import type { Access } from './credentials/choose-access.ts'
import { hindranceTo, permitsOf } from './credentials/permits.ts'
import { askDelegationKey } from './probing/delegation-key.ts'
import { probe } from './probing/probe.ts'
import type { Endpoint, Target } from './target.ts'

export interface ServerOptions {
  readonly access: Access
  readonly clock: 'header' | 'wall'
  readonly apiVersion: string
  /** A certificate to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
}

/** The first version that takes tokens. Source: "Authorize with Microsoft Entra ID". */
const TOKENS_SINCE = '2017-11-09'

/**
 * A server that somebody else runs. It is looked at before anything is written to it.
 * @throws UsageError if the credential opens nothing that can be checked; TargetError if what is there is no storage server,
 * or does not keep the clock that it should.
 */
export async function serverAt(options: ServerOptions): Promise<Target> {
  const { access, clock, apiVersion } = options
  if (access.credential.by === 'token' && apiVersion < TOKENS_SINCE)
    throw new UsageError(
      `version ${apiVersion} of the service takes no tokens; take --api-version ${TOKENS_SINCE} or later`,
    )
  const given = endpointOf(options)
  const closed = closedBy(access, apiVersion)
  if (isClosed(closed, 'blob') && isClosed(closed, 'file')) throw new UsageError([...closed.values()][0]!)
  const first = isClosed(closed, 'blob') ? 'file' : 'blob'
  const seen = await probe(given, first, { clock, apiVersion })
  const endpoint = first === 'file' ? given : await withoutMissingFiles(given, access, closed, options)
  return {
    ...named(seen.server, new URL(endpoint.url).host),
    clock: clock === 'header' ? 'virtual' : 'wall',
    endpoints: [await delegated(endpoint, options)],
    permits: permitsOf(access.credential, apiVersion),
    closed,
    embedded: false,
    onDeath: () => {},
    close: async () => {},
  }
}

/** An Azurite says what it is, and is the same one wherever it runs; any other server is named by its address. */
function named(server: string, host: string): Pick<Target, 'name' | 'version'> {
  const azurite = /^Azurite-Blob\/([0-9][0-9A-Za-z.-]*)$/.exec(server)
  return azurite === null ? { name: host, version: server } : { name: 'azurite', version: azurite[1]! }
}

export function endpointOf({ access, ca }: Pick<ServerOptions, 'access' | 'ca'>): Endpoint {
  const { url, fileUrl, account, credential, container } = access
  return { url, ...(fileUrl === undefined ? {} : { fileUrl }), account, credential, container, ca }
}

/** The kinds that the credential keeps shut. */
function closedBy({ credential }: Access, apiVersion: string): Map<Family, string> {
  const all = FAMILIES.map((family) => [family, hindranceTo(family, credential, apiVersion)] as const)
  return new Map(all.flatMap(([family, reason]) => (reason === undefined ? [] : [[family, reason] as const])))
}

function isClosed(closed: ReadonlyMap<Family, string>, service: 'blob' | 'file'): boolean {
  return FAMILIES.every((family) => KINDS[family].service !== service || closed.has(family))
}

/** A file service that was only guessed may be missing, as it is of accounts for blobs alone; one that was given may not. */
async function withoutMissingFiles(
  endpoint: Endpoint,
  { fileUrlGuessed }: Access,
  closed: Map<Family, string>,
  { clock, apiVersion }: ServerOptions,
): Promise<Endpoint> {
  if (endpoint.fileUrl === undefined) return endpoint
  const { fileUrl: _, ...blobOnly } = endpoint
  if (isClosed(closed, 'file')) return blobOnly
  try {
    await probe(endpoint, 'file', { clock, apiVersion })
    return endpoint
  } catch (error) {
    if (!fileUrlGuessed) throw error
    for (const family of FAMILIES) if (KINDS[family].service === 'file') closed.set(family, (error as Error).message)
    return blobOnly
  }
}

/** Who has a token asks for a key to sign the sources of copies with; without one, requests open their sources themselves. */
async function delegated(endpoint: Endpoint, { apiVersion }: ServerOptions): Promise<Endpoint> {
  const { credential } = endpoint
  if (credential.by !== 'token') return endpoint
  const { key: delegation } = await askDelegationKey(endpoint, apiVersion)
  return { ...endpoint, credential: { ...credential, delegation } }
}
