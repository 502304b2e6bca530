import { type Answer, done, invalidHeader, isRefusal, missingHeader, type Refusal, refusal } from '../answer.ts'
import { MOST_BLOB_BYTES } from '../blobs/content.ts'
import { md5Fault } from '../blobs/create-blob.ts'
import type { Call } from '../call.ts'
import { initialContentHeaders } from '../content-headers.ts'
import { readMetadata } from '../metadata.ts'
import type { StorageRequest } from '../request.ts'
import { sparseBytes, write } from '../sparse-bytes.ts'
import { numberHeader } from '../whole-number.ts'
import { parentIdOf } from './directories.ts'
import { newEntryId } from './entry-id.ts'
import { keyOf, newEntryFault, onFile } from './place.ts'
import { readSmbProperties, smbHeaders } from './smb-properties.ts'
import type { StoredFile } from './store.ts'

/** Create File, which overwrites a file that is there. */
export function createFile(call: Call): Answer {
  const { request, body } = call
  if (request.headers['x-ms-type']?.toLowerCase() !== 'file') {
    const type = request.headers['x-ms-type']
    return type === undefined ? missingHeader('x-ms-type') : invalidHeader('x-ms-type', type)
  }
  return onFile(call, 'createFile', ({ share, path, file }) => {
    const fault = newEntryFault(share!.tree, path, 'file') ?? md5Fault(call)
    if (fault !== undefined) return fault
    const sizeBytes = fileSize(request)
    if (typeof sizeBytes !== 'number') return sizeBytes ?? missingHeader('x-ms-content-length')
    if (body.length > sizeBytes) return invalidHeader('content-length', String(body.length))
    const headers = initialContentHeaders(request, false)
    if (isRefusal(headers)) return headers
    const metadata = readMetadata(request)
    if (isRefusal(metadata)) return metadata
    const smb = readSmbProperties(request, 'file')
    if (isRefusal(smb)) return smb
    const bytes = sparseBytes(sizeBytes)
    write(bytes, 0, body)
    const own = { path, id: file?.id ?? newEntryId(), metadata, smb, headers }
    const created: StoredFile = { type: 'file', ...own, bytes, copy: undefined }
    share!.tree.set(keyOf(path), created)
    const shown = smbHeaders(created, parentIdOf(share!.tree, path))
    return done({ ...shown, 'x-ms-request-server-encrypted': 'true' })
  })
}

/** The size that a file is to have, undefined if none is given. */
export function fileSize(request: StorageRequest): number | undefined | Refusal {
  const sizeBytes = numberHeader(request, 'x-ms-content-length')
  if (typeof sizeBytes !== 'number') return sizeBytes
  return sizeBytes > MOST_BLOB_BYTES ? refusal(400, 'OutOfRangeInput') : sizeBytes
}
