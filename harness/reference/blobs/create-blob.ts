import { createHash, randomUUID } from 'node:crypto'
import { type Answer, done, invalidHeader, isRefusal, missingHeader, type Refusal, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { type ContentHeaders, initialContentHeaders, isMd5 } from '../content-headers.ts'
import { type Metadata, readMetadata } from '../metadata.ts'
import type { StorageRequest } from '../request.ts'
import { PAGE_BYTES, sparseBytes } from '../sparse-bytes.ts'
import type { Tags } from '../tag-expression.ts'
import { numberHeader } from '../whole-number.ts'
import { type BlobContent, MOST_BLOB_BYTES } from './content.ts'
import { type BlobPlace, onBlob } from './place.ts'
import type { StoredBlob } from './store.ts'
import { tagsHeader } from './tags.ts'
import { accessTier } from './tier.ts'

/** What comes with a request that makes a blob, beside the content. */
export interface NewBlob {
  readonly headers: ContentHeaders
  readonly metadata: Metadata
  readonly tags: Tags
  readonly tier: string | undefined
}

export function putBlob(call: Call): Answer {
  return onBlob(call, 'putBlob', (place) => {
    const given = newBlob(call.request, true)
    if (isRefusal(given)) return given
    const wrong = md5Fault(call)
    if (wrong !== undefined) return wrong
    const md5 = md5Of(call.body)
    const headers = { ...given.headers, 'content-md5': given.headers['content-md5'] ?? md5 }
    const content: BlobContent = { type: 'block', chunks: [call.body], blocks: [] }
    store(place, { ...given, headers }, content, call)
    return done({ ...ENCRYPTED, 'content-md5': md5 })
  })
}

export function putAppendBlob(call: Call): Answer {
  return onBlob(call, 'putAppendBlob', (place) => {
    const given = newBlob(call.request, false)
    if (isRefusal(given)) return given
    if (call.body.length > 0) return invalidHeader('content-length', String(call.body.length))
    store(place, given, { type: 'append', chunks: [], isSealed: false }, call)
    return done(ENCRYPTED)
  })
}

export function putPageBlob(call: Call): Answer {
  return onBlob(call, 'putPageBlob', (place) => {
    const given = newBlob(call.request, false)
    if (isRefusal(given)) return given
    if (call.body.length > 0) return invalidHeader('content-length', String(call.body.length))
    const sizeBytes = pageBlobSize(call.request)
    if (sizeBytes === undefined) return missingHeader('x-ms-blob-content-length')
    const sequenceNumber = numberHeader(call.request, 'x-ms-blob-sequence-number') ?? 0
    if (typeof sizeBytes !== 'number') return sizeBytes
    if (typeof sequenceNumber !== 'number') return sequenceNumber
    store(place, given, { type: 'page', pages: sparseBytes(sizeBytes), sequenceNumber }, call)
    return done(ENCRYPTED)
  })
}

export const ENCRYPTED: Readonly<Record<string, string>> = { 'x-ms-request-server-encrypted': 'true' }

/** The size that a page blob is to have, undefined if none is given. */
export function pageBlobSize(request: StorageRequest): number | undefined | Refusal {
  const sizeBytes = numberHeader(request, 'x-ms-blob-content-length')
  if (typeof sizeBytes !== 'number') return sizeBytes
  if (sizeBytes % PAGE_BYTES !== 0 || sizeBytes > MOST_BLOB_BYTES) {
    return invalidHeader('x-ms-blob-content-length', String(sizeBytes))
  }
  return sizeBytes
}

/** Reads what goes with a new blob; `plain` if the headers of the body are those of the blob. */
export function newBlob(request: StorageRequest, plain: boolean): NewBlob | Refusal {
  const headers = initialContentHeaders(request, plain)
  if (isRefusal(headers)) return headers
  const metadata = readMetadata(request)
  if (isRefusal(metadata)) return metadata
  const tags = tagsHeader(request)
  if (isRefusal(tags)) return tags
  const tier = accessTier(request)
  if (isRefusal(tier)) return tier
  return { headers, metadata, tags, tier }
}

/** Puts a blob in its place. One that is written over leaves nothing but its time of creation. */
export function store(
  { container, name, blob }: BlobPlace,
  given: NewBlob,
  content: BlobContent,
  call: Call,
): StoredBlob {
  const stored: StoredBlob = {
    ...given,
    content,
    staged: new Map(),
    createdMs: blob?.content === undefined ? call.request.nowMs : blob.createdMs,
    copy: undefined,
  }
  container!.blobs.set(name, stored)
  container!.deleted.delete(name)
  return stored
}

export function md5Of(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64')
}

/** What is wrong with the MD5 that was sent for the body, if anything. */
export function md5Fault({ request: { headers }, body }: Call): Refusal | undefined {
  const sent = headers['content-md5']
  if (sent === undefined) return undefined
  if (!isMd5(sent)) return refusal(400, 'InvalidMd5')
  return sent === md5Of(body) ? undefined : refusal(400, 'Md5Mismatch')
}

export function newCopyId(): string {
  return randomUUID()
}
