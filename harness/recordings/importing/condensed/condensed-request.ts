import type { Place } from './condensed-places.ts'
import type { RecordedStep } from './recorded-session.ts'

/** A request put together again, as far as a condensed step tells what it was. */
export interface CondensedRequest {
  readonly method: string
  readonly url: string
  /** What the operation itself needs; lease ids, times and conditions are not among them. */
  readonly headers: Readonly<Record<string, string>>
}

/** Puts together the request that a step stands for. */
export function condensedRequest(step: RecordedStep, kind: string, place: Place): CondensedRequest {
  const action = /^lease:(.+)$/.exec(step.op)?.[1]
  const [method = '', ...words] = action === undefined ? step.op.split(' ') : ['PUT', 'comp=lease', ...restype(kind)]
  const query = words.filter((word) => word.includes('=') && !word.startsWith('lease-action='))
  if (place.snapshot !== undefined) query.push(`sharesnapshot=${encodeURIComponent(place.snapshot)}`)
  const host = `https://account.${serviceFor(method, words, kind, place)}.core.windows.net`
  return {
    method,
    url: `${host}${place.path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: {
      ...(action === undefined ? {} : { 'x-ms-lease-action': action }),
      ...Object.assign({}, ...words.map((word) => headersFor(word, step, kind, host))),
      ...(kind === 'file' && method === 'PUT' && words.length === 0 ? fileHeaders(step, host) : {}),
    },
  }
}

function restype(kind: string): readonly string[] {
  if (kind === 'share') return ['restype=share']
  return kind === 'container' || kind === 'hns-fs' ? ['restype=container'] : []
}

/** Data Lake has an endpoint of its own beside that of blobs; leases and metadata go to the latter. */
function serviceFor(method: string, words: readonly string[], kind: string, { service }: Place): string {
  if (!kind.startsWith('hns')) return service
  return method === 'PATCH' || words.some((word) => /^(?:resource=|action=|rename$)/.test(word)) ? 'dfs' : service
}

/** What is copied or moved was not recorded, so it is something that the session does not show. */
const UNSEEN_SOURCE = '/unseen-source/unseen'

function headersFor(word: string, step: RecordedStep, kind: string, host: string): Readonly<Record<string, string>> {
  switch (word) {
    case 'BlockBlob':
    case 'AppendBlob':
    case 'PageBlob':
      return { 'x-ms-blob-type': word }
    case 'copy':
      return { 'x-ms-copy-source': host + UNSEEN_SOURCE, ...blobTypeOfCopy(step, kind) }
    case 'rename':
      return { 'x-ms-rename-source': UNSEEN_SOURCE }
    case 'comp=rename':
      return kind === 'file' ? { 'x-ms-file-rename-source': host + UNSEEN_SOURCE } : {}
    default:
      return word.startsWith('lease-action=') ? { 'x-ms-lease-action': word.slice('lease-action='.length) } : {}
  }
}

/** Put Blob From URL answers 201, and Copy Blob 202. */
function blobTypeOfCopy({ st }: RecordedStep, kind: string): Readonly<Record<string, string>> {
  return kind === 'blob' && st === 201 ? { 'x-ms-blob-type': 'BlockBlob' } : {}
}

/** Create File answers 201, and Copy File 202; they are told apart by a header. */
function fileHeaders({ st }: RecordedStep, host: string): Readonly<Record<string, string>> {
  return st === 202 ? { 'x-ms-copy-source': host + UNSEEN_SOURCE } : { 'x-ms-type': 'file' }
}
