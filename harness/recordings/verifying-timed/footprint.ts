import type { Service } from '../../../model/resource.ts'
import { addressed } from '../../drivers/tap/wire-operation.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { endpointOf } from '../verifying/endpoint.ts'
import { chainOf, sourceChain } from '../verifying/met.ts'
import type { LaneName } from './lane.ts'

/** What a request may have to do with, told from its first line and its headers, before it is answered. */
export type Footprint =
  /** Nothing that can be leased, or a listing: what that shows is known once it is answered. */
  | { readonly of: 'nothing' }
  | {
      readonly of: 'lanes'
      /** The one that its answer is judged in; undefined if it cannot be judged. */
      readonly own: LaneName | undefined
      /** What else it may change: the file that a rename moves. */
      readonly others: readonly LaneName[]
      /** The containers or shares that it may change with all that is in them. */
      readonly wide: readonly TopName[]
    }
  /** It may change anything in the account. */
  | { readonly of: 'everything' }

/** A container or a share, as a lane names it. */
export type TopName = LaneName

const NOTHING: Footprint = { of: 'nothing' }

export type Asked = Pick<RecordedExchange, 'method' | 'url' | 'requestHeaders'>

/** @throws nothing: what cannot be understood has no footprint, as the server cannot understand it either. */
export function footprintOf(asked: Asked): Footprint {
  try {
    return footprint(asked)
  } catch (error) {
    // A path that is not percent-encoded names nothing.
    if (error instanceof URIError) return NOTHING
    throw error
  }
}

function footprint({ method, url, requestHeaders = {} }: Asked): Footprint {
  const parsed = URL.parse(url)
  const endpoint = parsed === null ? undefined : endpointOf(parsed, {})
  if (parsed === null || endpoint?.is !== 'storage') return NOTHING
  const query = parsed.searchParams
  const [comp, restype] = [query.get('comp')?.toLowerCase(), query.get('restype')?.toLowerCase()]
  if (comp === 'list' || restype === 'service' || restype === 'account') return NOTHING
  const path = parsed.pathname
  const found = addressed({ path: path.length > 1 ? path.replace(/\/+$/, '') : path, query }, endpoint)
  const chain = found && chainOf(found, endpoint)
  if (chain === undefined) return comp === 'batch' ? { of: 'everything' } : NOTHING
  const [subject] = chain
  const top = chain.at(-1)!.name
  const isTop = subject.name === top
  if (restype === 'directory')
    return comp === 'rename' ? { of: 'lanes', own: undefined, others: [], wide: [top] } : NOTHING
  if (isTop && restype !== TOP_TYPES[endpoint.service]) {
    // A single name without this parameter is that of a blob in the container $root.
    const root = `${endpoint.service}:${endpoint.account}$root`
    return endpoint.service === 'blob' ? { of: 'lanes', own: undefined, others: [], wide: [root] } : NOTHING
  }
  // The name of a blob may end with a slash, and is then another one.
  if (path.endsWith('/') && !isTop) return NOTHING
  const source = requestHeaders['x-ms-file-rename-source']
  const moved = source === undefined ? [] : sourceChain(source, subject, endpoint).slice(0, 1)
  // Only what is in the account can be moved, so this is the account under another name.
  if (moved.some(({ name }) => !name.startsWith(`${endpoint.service}:${endpoint.account}`))) return { of: 'everything' }
  const makesOrDeletes =
    isTop && (method === 'PUT' || method === 'DELETE') && (comp === undefined || comp === 'undelete')
  return {
    of: 'lanes',
    own: laneOf(chain),
    others: moved.map(({ name }) => name).filter((name) => name !== laneOf(chain)),
    wide: makesOrDeletes || (isTop && comp === 'batch') ? [top] : [],
  }
}

const TOP_TYPES: Readonly<Record<Service, string>> = { blob: 'container', file: 'share' }

/** A snapshot stands together with what it was taken of. */
export function laneOf(chain: readonly { readonly name: string; readonly kind: string }[]): LaneName {
  const [subject, outside] = chain
  const isSnapshot = subject!.kind === 'blob-snapshot' || subject!.kind === 'share-snapshot'
  return (isSnapshot ? outside! : subject!).name
}
