import { type Answer, done, type Effect, isRefusal, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { httpDate } from '../ledger.ts'
import { readMetadata } from '../metadata.ts'
import { type BlobContent, bytesOf, frozen, sizeOf } from './content.ts'
import { type CopySource, onBlobFromUrl, onBlobWithSource, sourceFault } from './copy-source.ts'
import { ENCRYPTED, md5Of, newBlob, newCopyId, store } from './create-blob.ts'
import { type BlobPlace, onBlob } from './place.ts'
import type { CopyRecord } from './store.ts'
import { tagsHeader } from './tags.ts'
import { accessTier } from './tier.ts'

/** Copy Blob: the service does it later, we do it at once, so it is complete when it is answered. */
export function copyBlob(call: Call): Answer {
  return onBlobWithSource(call, 'copyBlob', (place, source) => copied(call, place, source))
}

/** Copy Blob From URL, which waits for the copy. */
export function copyBlobSync(call: Call): Answer {
  return onBlobWithSource(call, 'copyBlobSync', (place, source) => copied(call, place, source))
}

/** A copy is like its source in everything that the request does not say otherwise. */
function copied(call: Call, place: BlobPlace, source: CopySource): Effect {
  const fault = sourceFault(call, source)
  if (fault !== undefined) return fault
  const metadata = readMetadata(call.request)
  if (isRefusal(metadata)) return metadata
  const tags = tagsHeader(call.request)
  if (isRefusal(tags)) return tags
  const tier = accessTier(call.request)
  if (isRefusal(tier)) return tier
  const from = source.place.blob!
  const there = place.blob?.content
  if (there !== undefined && there.type !== from.content!.type) return refusal(409, 'InvalidBlobType')
  const content = frozen(from.content!)
  const { nowMs } = call.request
  const copy = { id: newCopyId(), source: source.url, completedMs: nowMs, sizeBytes: sizeOf(content) }
  const given = { headers: from.headers, metadata: metadata.size === 0 ? from.metadata : metadata, tags, tier }
  const stored = store(place, given, content, call)
  place.container!.blobs.set(place.name, { ...stored, copy })
  const md5 = call.request.headers['x-ms-requires-sync'] === undefined ? {} : { 'content-md5': md5Of(bytesOf(content)) }
  return done({ ...md5, 'x-ms-copy-id': copy.id, 'x-ms-copy-status': 'success' })
}

/** Put Blob From URL: a new block blob with the content of another blob. */
export function putBlobFromUrl(call: Call): Answer {
  return onBlobFromUrl(call, 'putBlobFromUrl', (place, bytes, source) => {
    const given = newBlob(call.request, false)
    if (isRefusal(given)) return given
    const copiesProperties = call.request.headers['x-ms-copy-source-blob-properties']?.toLowerCase() !== 'false'
    const headers = { ...(copiesProperties ? source.place.blob!.headers : {}), ...explicit(call, given.headers) }
    const content: BlobContent = { type: 'block', chunks: [bytes], blocks: [] }
    const md5 = md5Of(bytes)
    store(place, { ...given, headers: { ...given.headers, ...headers, 'content-md5': md5 } }, content, call)
    return done({ ...ENCRYPTED, 'content-md5': md5 })
  })
}

/** Of the headers of a new blob those that the request names, without those that every blob has. */
function explicit({ request }: Call, headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => request.headers[`x-ms-blob-${name}`] !== undefined),
  )
}

/** Every copy is complete at once, so there is never one to abort: if the model lets it pass, that is what is wrong. */
export function abortCopyBlob(call: Call): Answer {
  return onBlob(call, 'abortCopyBlob', () => refusal(409, 'NoPendingCopyOperation'))
}

/** What a read says about the copy that made the blob. */
export function copyHeaders(copy: CopyRecord | undefined): Record<string, string> {
  if (copy === undefined) return {}
  return {
    'x-ms-copy-id': copy.id,
    'x-ms-copy-source': copy.source.split('?')[0]!,
    'x-ms-copy-status': 'success',
    'x-ms-copy-progress': `${copy.sizeBytes}/${copy.sizeBytes}`,
    'x-ms-copy-completion-time': httpDate(copy.completedMs),
  }
}
