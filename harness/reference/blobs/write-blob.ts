import { type Answer, done, isRefusal, type Refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { readContentHeaders } from '../content-headers.ts'
import { readMetadata } from '../metadata.ts'
import type { BlobContent } from './content.ts'
import { ENCRYPTED } from './create-blob.ts'
import { type BlobPlace, onBlob } from './place.ts'

export function setBlobMetadata(call: Call): Answer {
  return onBlob(call, 'setBlobMetadata', ({ container, name, blob }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    container!.blobs.set(name, { ...blob!, metadata })
    return done(ENCRYPTED)
  })
}

export function setBlobProperties(call: Call): Answer {
  return onBlob(call, 'setBlobProperties', (place) => {
    const content = place.blob!.content
    const sequence: Record<string, string> =
      content?.type === 'page' ? { 'x-ms-blob-sequence-number': String(content.sequenceNumber) } : {}
    return propertiesSet(call, place) ?? done(sequence)
  })
}

/**
 * Sets the headers that describe the content: if one of them is sent, those that are not are cleared.
 * Source: "Set Blob Properties".
 */
export function propertiesSet(
  { request }: Call,
  { container, name, blob }: BlobPlace,
  content: BlobContent | undefined = blob!.content,
): Refusal | undefined {
  const headers = readContentHeaders(request)
  if (isRefusal(headers)) return headers
  const changed = Object.keys(headers).length > 0
  container!.blobs.set(name, { ...blob!, content, headers: changed ? headers : blob!.headers })
  return undefined
}
