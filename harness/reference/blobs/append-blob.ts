import { type Answer, done, type Effect, isRefusal, type Refusal, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { numberHeader } from '../whole-number.ts'
import { MOST_BLOB_BYTES, sizeOf } from './content.ts'
import { onBlobFromUrl } from './copy-source.ts'
import { ENCRYPTED, md5Fault, md5Of } from './create-blob.ts'
import { type BlobPlace, onBlob } from './place.ts'

const MOST_BLOCKS = 50_000

export function appendBlock(call: Call): Answer {
  return onBlob(call, 'appendBlock', (place) => md5Fault(call) ?? appended(call, place, call.body))
}

export function appendBlockFromUrl(call: Call): Answer {
  return onBlobFromUrl(call, 'appendBlockFromUrl', (place, bytes) => appended(call, place, bytes))
}

function appended(call: Call, { container, name, blob }: BlobPlace, bytes: Buffer): Effect {
  const content = blob!.content
  if (content?.type !== 'append') return refusal(409, 'InvalidBlobType')
  if (content.isSealed) return refusal(409, 'BlobIsSealed')
  const offset = sizeOf(content)
  const unmet = appendConditionFault(call, offset, bytes.length)
  if (unmet !== undefined) return unmet
  if (bytes.length === 0) return refusal(400, 'InvalidHeaderValue', { HeaderName: 'content-length', HeaderValue: '0' })
  if (content.chunks.length >= MOST_BLOCKS) return refusal(409, 'BlockCountExceedsLimit')
  if (offset + bytes.length > MOST_BLOB_BYTES) return refusal(413, 'RequestBodyTooLarge')
  const chunks = [...content.chunks, bytes]
  container!.blobs.set(name, { ...blob!, content: { ...content, chunks } })
  return done({
    ...ENCRYPTED,
    'content-md5': md5Of(bytes),
    'x-ms-blob-append-offset': String(offset),
    'x-ms-blob-committed-block-count': String(chunks.length),
  })
}

function appendConditionFault({ request }: Call, offset: number, length: number): Refusal | undefined {
  const position = numberHeader(request, 'x-ms-blob-condition-appendpos')
  if (isRefusal(position)) return position
  const most = numberHeader(request, 'x-ms-blob-condition-maxsize')
  if (isRefusal(most)) return most
  if (position !== undefined && position !== offset) return refusal(412, 'AppendPositionConditionNotMet')
  return most !== undefined && offset + length > most ? refusal(412, 'MaxBlobSizeConditionNotMet') : undefined
}

/** Seals an append blob, so that it takes no more blocks. Sealing it again does no harm. */
export function sealAppendBlob(call: Call): Answer {
  return onBlob(call, 'sealAppendBlob', ({ container, name, blob }) => {
    const content = blob!.content
    if (content?.type !== 'append') return refusal(409, 'InvalidBlobType')
    const unmet = appendConditionFault(call, sizeOf(content), 0)
    if (unmet !== undefined) return unmet
    container!.blobs.set(name, { ...blob!, content: { ...content, isSealed: true } })
    return done({ 'x-ms-blob-sealed': 'true' })
  })
}
