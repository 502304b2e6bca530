import type { RecordedExchange } from '../../importing/recorded-exchange.ts'

const HOST = 'https://leasechecktests.blob.core.windows.net'
const START_MS = Date.UTC(2024, 4, 1, 10)
const VERSION = '2023-11-03'
export const HOLDER = '6b9b7f0a-1e5d-4c57-9a29-0d2f4f1c2e01'
const STRANGER = '0c1de8d4-55a0-4f3b-8e9a-8a7a5b1f7702'

type Headers = Readonly<Record<string, string>>

interface Said {
  readonly method: string
  readonly path: string
  readonly sent?: Headers
  readonly status: number
  readonly answered?: Headers
}

/** What a holder of a lease on a blob does, and what the service answers; every request carries a signature. */
export function leaseSession(container = 'container'): readonly RecordedExchange[] {
  const blob = `/${container}/blob`
  const lease = (action: string, sent: Headers): Pick<Said, 'method' | 'path' | 'sent'> => ({
    method: 'PUT',
    path: `${blob}?comp=lease`,
    sent: { 'x-ms-lease-action': action, ...sent },
  })
  const written = { etag: '"0x8D1"', 'last-modified': dateAt(1) }
  return recorded([
    {
      method: 'PUT',
      path: `/${container}?restype=container`,
      status: 201,
      answered: { etag: '"0x8D0"', 'last-modified': dateAt(0) },
    },
    { method: 'PUT', path: blob, sent: { 'x-ms-blob-type': 'BlockBlob' }, status: 201, answered: written },
    {
      ...lease('acquire', { 'x-ms-lease-duration': '60', 'x-ms-proposed-lease-id': HOLDER }),
      status: 201,
      answered: { ...written, 'x-ms-lease-id': HOLDER },
    },
    {
      ...lease('renew', { 'x-ms-lease-id': STRANGER }),
      status: 409,
      answered: { 'x-ms-error-code': 'LeaseIdMismatchWithLeaseOperation' },
    },
    {
      ...lease('renew', { 'x-ms-lease-id': HOLDER }),
      status: 200,
      answered: { ...written, 'x-ms-lease-id': HOLDER },
    },
    {
      method: 'HEAD',
      path: blob,
      status: 200,
      answered: {
        ...written,
        'x-ms-lease-state': 'leased',
        'x-ms-lease-status': 'locked',
        'x-ms-lease-duration': 'fixed',
      },
    },
    { method: 'DELETE', path: blob, status: 412, answered: { 'x-ms-error-code': 'LeaseIdMissing' } },
    { ...lease('release', { 'x-ms-lease-id': HOLDER }), status: 200, answered: written },
  ])
}

/** The same with the answer to one of its requests changed. */
export function altered(
  exchanges: readonly RecordedExchange[],
  place: number,
  status: number,
  code: string,
): readonly RecordedExchange[] {
  return exchanges.map((each, index) =>
    index === place ? { ...each, status, responseHeaders: { ...each.responseHeaders, 'x-ms-error-code': code } } : each,
  )
}

function recorded(said: readonly Said[]): readonly RecordedExchange[] {
  return said.map(({ method, path, sent = {}, status, answered = {} }, index) => ({
    place: String(index),
    method,
    url: `${HOST}${path}${path.includes('?') ? '&' : '?'}sv=${VERSION}&sig=s3cret%2Bsignature`,
    requestHeaders: { 'x-ms-version': VERSION, authorization: 'SharedKey leasechecktests:s3cretkey', ...sent },
    status,
    responseHeaders: { date: dateAt(index), 'x-ms-version': VERSION, ...answered },
    responseBody: '',
  }))
}

function dateAt(second: number): string {
  return new Date(START_MS + second * 1000).toUTCString()
}
