/** For tests: a request that was read. */
import type { StorageRequest } from '../request.ts'

/** A PUT on container `c` of account `acc`, but for what is said otherwise. */
export function requestFor(more: Partial<StorageRequest> = {}): StorageRequest {
  const { headers = {} } = more
  return {
    service: 'blob',
    method: 'PUT',
    path: '/acc/c',
    query: new Map(),
    rawHeaders: Object.entries(headers).flatMap(([name, value]) => [name, value ?? '']),
    address: { root: 'c', name: '' },
    version: '2023-11-03',
    nowMs: 0,
    isVirtual: false,
    from: '127.0.0.1',
    ...more,
    headers,
  }
}
