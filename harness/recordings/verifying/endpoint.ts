import type { Service } from '../../../model/resource.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'

/** Where a recorded request went. */
export type Endpoint =
  | { readonly is: 'storage'; readonly service: Service; readonly account: string; readonly basePath: string }
  | { readonly is: 'hierarchical' | 'secondary' | 'elsewhere' }

/** Words in a host by which Azure names its services; a sanitizer leaves them, or the answer's `Server` header tells. */
const IN_HOST = /(?:^|[.-])(blob|file|dfs|queue|table)(?:[.-]|$)/
const IN_SERVER = /Windows-Azure-(Blob|File|Queue|Table)|Azurite-(Blob|Queue|Table)/i

/** An emulator has the account in the path; its usual ports tell the service. Source: Azurite. */
const EMULATOR_SERVICES: Readonly<Record<string, string>> = { 10000: 'blob', 10001: 'queue', 10002: 'table' }

/** Tells which account and service a request is for. */
export function endpointOf(
  { hostname, port, pathname, searchParams }: URL,
  answer: RecordedExchange['responseHeaders'],
): Endpoint {
  const isPathStyle = /^[0-9.]+$|^\[|^localhost$/.test(hostname)
  const server = IN_SERVER.exec(answer.server ?? '')
    ?.slice(1)
    .find((word) => word !== undefined)
    ?.toLowerCase()
  const named = isPathStyle ? undefined : IN_HOST.exec(hostname)?.[1]
  const service = named ?? server ?? (isPathStyle ? EMULATOR_SERVICES[port] : undefined) ?? guessed(searchParams)
  if (service === 'dfs') return { is: 'hierarchical' }
  if (service !== 'blob' && service !== 'file') return { is: 'elsewhere' }
  const first = isPathStyle ? (pathname.split('/')[1] ?? '') : hostname.split('.')[0]!
  if (first.endsWith('-secondary')) return { is: 'secondary' }
  return {
    is: 'storage',
    service,
    account: `${hostname}/${isPathStyle ? first : ''}`,
    basePath: isPathStyle ? `/${first}` : '',
  }
}

/** Only the file service has shares and directories. */
function guessed(query: URLSearchParams): string | undefined {
  const restype = query.get('restype')
  if (restype === 'share' || restype === 'directory') return 'file'
  return restype === 'container' || query.get('comp') === 'lease' ? 'blob' : undefined
}
