import type { ResourceKind, ResourceName } from '../../../model/resource.ts'
import { baseAndTime, type RealName } from '../../drivers/real-name.ts'
import { type Addressed, addressed } from '../../drivers/tap/wire-operation.ts'
import { type Endpoint, endpointOf } from './endpoint.ts'

export type Storage = Extract<Endpoint, { is: 'storage' }>

/** A resource of a recording. Its name tells service and account as well: a container and a share may be called alike. */
export interface Met {
  readonly name: ResourceName
  readonly realName: RealName
  readonly kind: ResourceKind
  readonly parent?: ResourceName
}

/** A resource and what it is in, from the inside out. */
export type Chain = readonly [subject: Met, ...outside: Met[]]

/** The resource that a request addresses, with what it is in; undefined for the account itself. */
export function chainOf({ kind, realName }: Addressed, { service, account }: Storage): Chain | undefined {
  if (kind === 'account') return undefined
  const isSnapshot = kind === 'blob-snapshot' || kind === 'share-snapshot'
  const base = isSnapshot ? baseAndTime(realName)[0] : realName
  const top = base.split('/', 1)[0]!
  const met = (real: RealName, of: ResourceKind, outside?: Met): Met => ({
    name: `${service}:${account}${real}`,
    realName: real,
    kind: of,
    ...(outside === undefined ? {} : { parent: outside.name }),
  })
  const outer = met(top, service === 'blob' ? 'container' : 'share')
  const middle = base === top ? undefined : met(base, service === 'blob' ? 'blob' : 'file', outer)
  const chain = middle === undefined ? [outer] : [middle, outer]
  return isSnapshot ? [met(realName, kind, chain[0]), ...chain] : (chain as unknown as Chain)
}

/**
 * What a copy reads or a rename moves. A source in another account or another service is a resource of its own, of which
 * nothing is ever learned.
 */
export function sourceChain(source: string, subject: Met, endpoint: Storage): Chain {
  const url = URL.parse(source)
  const from = url === null ? undefined : endpointOf(url, {})
  const found =
    url === null || from?.is !== 'storage' || from.service !== endpoint.service
      ? undefined
      : addressed({ path: url.pathname, query: url.searchParams }, from)
  const chain = found && chainOf(found, from as Storage)
  const isLeaf = chain !== undefined && chain[0].kind !== 'container' && chain[0].kind !== 'share'
  return isLeaf ? chain : [{ name: `elsewhere:${source}`, realName: source, kind: subject.kind }]
}
