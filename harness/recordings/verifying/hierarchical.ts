import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { endpointOf } from './endpoint.ts'

/** Only an account with a hierarchical namespace has permissions on paths; the clients for it use the other endpoint too. */
export function isHierarchical({ url, requestHeaders, responseHeaders }: RecordedExchange): boolean {
  if (responseHeaders['x-ms-permissions'] !== undefined || /datalake/i.test(requestHeaders?.['user-agent'] ?? ''))
    return true
  const parsed = URL.parse(url)
  return parsed !== null && endpointOf(parsed, responseHeaders).is === 'hierarchical'
}
