import type { OperationName } from '../../../model/operation.ts'
import { type Answer, done, isRefusal, refusal, success } from '../answer.ts'
import type { Call } from '../call.ts'
import { httpDate } from '../ledger.ts'
import { metadataHeaders } from '../metadata.ts'
import { lengthOf, rangeToRead } from '../range.ts'
import type { StorageRequest } from '../request.ts'
import { BLOB_TYPE_NAMES, type BlobContent, bytesOf, sizeOf } from './content.ts'
import { copyHeaders } from './copy-blob.ts'
import { md5Of } from './create-blob.ts'
import { onBlob } from './place.ts'
import type { StoredBlob } from './store.ts'

/** A range whose MD5 is asked for may not be larger. Source: "Get Blob". */
const MOST_MD5_BYTES = 4 * 1024 * 1024
/** What a shared access signature can override in an answer. */
const OVERRIDES = [
  ['rscc', 'cache-control'],
  ['rscd', 'content-disposition'],
  ['rsce', 'content-encoding'],
  ['rscl', 'content-language'],
  ['rsct', 'content-type'],
] as const

export function getBlob(call: Call): Answer {
  const { request } = call
  return onBlob(call, onSnapshot(request, 'getBlob', 'getBlobSnapshot'), ({ blob }) => {
    const content = blob!.content!
    const size = sizeOf(content)
    const range = rangeToRead(request, size)
    if (isRefusal(range)) return range
    const headers = { ...describedBy(blob!, request), 'accept-ranges': 'bytes' }
    if (range === undefined) return done(headers, bytesOf(content))
    const bytes = bytesOf(content, range)
    const { 'content-md5': whole, ...rest } = headers as Record<string, string>
    const partial: Record<string, string> = { ...rest, 'content-range': `bytes ${range.start}-${range.end}/${size}` }
    if (whole !== undefined) partial['x-ms-blob-content-md5'] = whole
    if (request.headers['x-ms-range-get-content-md5']?.toLowerCase() === 'true') {
      if (lengthOf(range) > MOST_MD5_BYTES) return refusal(400, 'OutOfRangeInput')
      partial['content-md5'] = md5Of(bytes)
    }
    return success(206, partial, bytes)
  })
}

export function getBlobProperties(call: Call): Answer {
  const name = onSnapshot(call.request, 'getBlobProperties', 'getBlobSnapshotProperties')
  return onBlob(call, name, ({ blob }) =>
    done({
      ...describedBy(blob!, call.request),
      'accept-ranges': 'bytes',
      'content-length': String(sizeOf(blob!.content!)),
    }),
  )
}

export function getBlobMetadata(call: Call): Answer {
  const name = onSnapshot(call.request, 'getBlobMetadata', 'getBlobSnapshotProperties')
  return onBlob(call, name, ({ blob }) => done(metadataHeaders(blob!.metadata)))
}

/** A snapshot is read by operations of its own. */
function onSnapshot(request: StorageRequest, blob: OperationName, snapshot: OperationName): OperationName {
  return request.query.has('snapshot') ? snapshot : blob
}

/** Everything that a read says about a blob, but not its ETag and lease. */
function describedBy(blob: StoredBlob, request: StorageRequest): Record<string, string> {
  const content = blob.content!
  const headers: Record<string, string> = {
    ...blob.headers,
    ...metadataHeaders(blob.metadata),
    ...copyHeaders(blob.copy),
    ...typeHeaders(content),
    'x-ms-blob-type': BLOB_TYPE_NAMES[content.type],
    'x-ms-creation-time': httpDate(blob.createdMs),
    'x-ms-server-encrypted': 'true',
  }
  if (blob.tags.size > 0) headers['x-ms-tag-count'] = String(blob.tags.size)
  if (content.type === 'block') {
    headers['x-ms-access-tier'] = blob.tier ?? 'Hot'
    if (blob.tier === undefined) headers['x-ms-access-tier-inferred'] = 'true'
  }
  for (const [parameter, header] of OVERRIDES) {
    const value = request.query.get(parameter)
    if (value !== undefined && isHeaderText(value)) headers[header] = value
  }
  return headers
}

function typeHeaders(content: BlobContent): Record<string, string> {
  switch (content.type) {
    case 'block':
      return {}
    case 'append':
      return {
        'x-ms-blob-committed-block-count': String(content.chunks.length),
        ...(content.isSealed ? { 'x-ms-blob-sealed': 'true' } : {}),
      }
    case 'page':
      return { 'x-ms-blob-sequence-number': String(content.sequenceNumber) }
    default:
      return content satisfies never
  }
}

/** Whether a text from a query can stand in a header. */
function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text)
}
