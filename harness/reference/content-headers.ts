import { isRefusal, type Refusal, refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'

/** The headers that describe content and are given back with it, by their names in answers. */
export type ContentHeaders = Readonly<Record<string, string>>

const NAMES = [
  'content-type',
  'content-encoding',
  'content-language',
  'content-disposition',
  'cache-control',
  'content-md5',
] as const

const UNTYPED: ContentHeaders = { 'content-type': 'application/octet-stream' }

/** Reads `x-ms-blob-content-type` and its like (`x-ms-content-type` for files). */
export function readContentHeaders({ service, headers }: StorageRequest): ContentHeaders | Refusal {
  const prefix = service === 'blob' ? 'x-ms-blob-' : 'x-ms-'
  const found: Record<string, string> = {}
  for (const name of NAMES) {
    const value = headers[prefix + name]
    if (value !== undefined && value !== '') found[name] = value
  }
  const md5 = found['content-md5']
  return md5 !== undefined && !isMd5(md5) ? refusal(400, 'InvalidMd5') : found
}

/** What a new blob or file gets: a content type in every case, and the plain headers of the request where they count. */
export function initialContentHeaders(request: StorageRequest, plain: boolean): ContentHeaders | Refusal {
  const own = readContentHeaders(request)
  if (isRefusal(own)) return own
  if (!plain) return { ...UNTYPED, ...own }
  const sent: Record<string, string> = {}
  for (const name of ['content-type', 'content-encoding', 'content-language', 'cache-control']) {
    const value = request.headers[name]
    if (value !== undefined && value !== '') sent[name] = value
  }
  return { ...UNTYPED, ...sent, ...own }
}

export function isMd5(text: string): boolean {
  return /^[A-Za-z0-9+/]{22}==$/.test(text)
}
