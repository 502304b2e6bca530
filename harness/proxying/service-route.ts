import type { Service } from '../../model/resource.ts'
import type { Endpoint } from '../targets/target.ts'

/** How a service of the target is reached through the proxy, which listens on loopback and so has the account in the path. */
export interface ServiceRoute {
  readonly service: Service
  readonly account: string
  /** Scheme, host and port of the server. */
  readonly origin: string
  /** The account's path at the server; empty where its host names the account. */
  readonly basePath: string
  /** The account's path at the proxy. */
  readonly localPath: string
  /** Whether the server hears the host that the client asked for: then it takes the source of a copy for one of its own. */
  readonly keepsHost: boolean
  /** What a recording has instead of the server's address, so that it names no machine; it tells service and account. */
  readonly recordedUrl: string
}

/** The services of an endpoint that lease anything: blobs, and files where it has them. */
export function routesTo({ url, fileUrl, account }: Endpoint): readonly ServiceRoute[] {
  const files = fileUrl === undefined ? [] : [routeTo('file', fileUrl, account)]
  return [routeTo('blob', url, account), ...files]
}

function routeTo(service: Service, url: string, account: string): ServiceRoute {
  const { origin, pathname, hostname } = new URL(url)
  const basePath = pathname.replace(/\/+$/, '')
  return {
    service,
    account,
    origin,
    basePath,
    localPath: basePath === '' ? `/${account}` : basePath,
    keepsHost: basePath !== '' && (hostname === 'localhost' || /^127\.|^\[::1\]$/.test(hostname)),
    recordedUrl: `http://${recordedName(account)}.${service}.localhost`,
  }
}

/** An account as a part of a host, in which the word for the service stands once. */
function recordedName(account: string): string {
  const name = account.toLowerCase().replace(/[^a-z0-9]/g, 'x')
  return /^(?:blob|file|dfs|queue|table)$/.test(name) ? `${name}0` : name
}

/** Where a request goes at the server: path and query as they came, but for the account where the host names it. */
export function upstreamTarget({ basePath, localPath }: ServiceRoute, target: string): string {
  if (basePath === localPath || !isBelow(localPath, target)) return target
  const rest = target.slice(localPath.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** What a recording calls it. */
export function recordedTarget({ localPath, recordedUrl }: ServiceRoute, target: string): string {
  if (!isBelow(localPath, target)) return `${recordedUrl}${NOWHERE}${target}`
  const rest = target.slice(localPath.length)
  return rest.startsWith('/') ? `${recordedUrl}${rest}` : `${recordedUrl}/${rest}`
}

/** Outside of the account there is nothing that can be leased. */
const NOWHERE = '/?comp=outside&path='

function isBelow(path: string, target: string): boolean {
  return target.startsWith(path) && /^[/?]?$/.test(target.charAt(path.length))
}

/** An address below one of some URLs, below the other of the pair instead. */
export function moved(address: string, pairs: readonly (readonly [from: string, to: string])[]): string {
  for (const [from, to] of pairs) if (isBelow(from, address)) return to + address.slice(from.length)
  return address
}

/** Headers that name a resource which the request copies from or moves. */
export const SOURCE_HEADERS: readonly string[] = ['x-ms-copy-source', 'x-ms-file-rename-source']
