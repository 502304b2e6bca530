import { type Answer, done, type Effect, invalidHeader, isRefusal, type Refusal, refusal } from '../answer.ts'
import { md5Fault, md5Of } from '../blobs/create-blob.ts'
import type { Call } from '../call.ts'
import { readContentHeaders } from '../content-headers.ts'
import { readMetadata } from '../metadata.ts'
import { lengthOf, parseRange, rangeToWrite } from '../range.ts'
import { type ByteRange, clear, read, resize, write } from '../sparse-bytes.ts'
import { sourceFileOf } from './copy-file.ts'
import { fileSize } from './create-file.ts'
import { parentIdOf } from './directories.ts'
import { type FilePlace, keyOf, onFile } from './place.ts'
import { readSmbProperties, smbHeaders, writtenAt } from './smb-properties.ts'
import type { StoredFile } from './store.ts'

const MOST_RANGE_BYTES = 4 * 1024 * 1024

export function setFileMetadata(call: Call): Answer {
  return onFile(call, 'setFileMetadata', ({ share, file, path }) => {
    const metadata = readMetadata(call.request)
    if (isRefusal(metadata)) return metadata
    share!.tree.set(keyOf(path), { ...file!, metadata })
    return done({ 'x-ms-request-server-encrypted': 'true' })
  })
}

/** Sets headers, attributes and size; of the headers that describe the content all are set or none. */
export function setFileProperties(call: Call): Answer {
  return onFile(call, 'setFileProperties', ({ share, file, path }) => {
    const headers = readContentHeaders(call.request)
    if (isRefusal(headers)) return headers
    const smb = readSmbProperties(call.request, 'file', file!.smb)
    if (isRefusal(smb)) return smb
    const sizeBytes = fileSize(call.request)
    if (isRefusal(sizeBytes)) return sizeBytes
    if (sizeBytes !== undefined) resize(file!.bytes, sizeBytes)
    const changed = { ...file!, smb, headers: Object.keys(headers).length > 0 ? headers : file!.headers }
    share!.tree.set(keyOf(path), changed)
    return done({ ...smbHeaders(changed, parentIdOf(share!.tree, path)), 'x-ms-request-server-encrypted': 'true' })
  })
}

export function putRange(call: Call): Answer {
  return onFile(call, 'putRange', (place) => {
    const fault = md5Fault(call)
    if (fault !== undefined) return fault
    const range = writableRange(call, place.file!)
    if (isRefusal(range)) return range
    if (lengthOf(range) > MOST_RANGE_BYTES) return refusal(413, 'RequestBodyTooLarge')
    if (lengthOf(range) !== call.body.length) return invalidHeader('content-length', String(call.body.length))
    return written(call, place, range, call.body)
  })
}

/** Put Range From URL. The model has no operation of its own for it: it is a write like any other. */
export function putRangeFromUrl(call: Call): Answer {
  const source = sourceFileOf(call, call.request.headers['x-ms-copy-source'])
  if (isRefusal(source)) return source
  return onFile(call, 'putRange', (place) => {
    const range = writableRange(call, place.file!)
    if (isRefusal(range)) return range
    const text = call.request.headers['x-ms-source-range'] ?? ''
    const from = source.file === undefined ? undefined : parseRange(text, source.file.bytes.sizeBytes)
    if (source.file === undefined) return refusal(404, 'CannotVerifyCopySource')
    if (from === undefined || lengthOf(from) !== lengthOf(range) || from.end >= source.file.bytes.sizeBytes) {
      return invalidHeader('x-ms-source-range', text)
    }
    return written(call, place, range, read(source.file.bytes, from))
  })
}

export function clearRange(call: Call): Answer {
  return onFile(call, 'clearRange', ({ share, file, path }) => {
    if (call.body.length > 0) return invalidHeader('content-length', String(call.body.length))
    const range = writableRange(call, file!)
    if (isRefusal(range)) return range
    clear(file!.bytes, range)
    share!.tree.set(keyOf(path), { ...file!, smb: writtenAt(file!.smb, call.request.nowMs) })
    return done({ 'x-ms-request-server-encrypted': 'true' })
  })
}

/** The range that a write names; it has to lie inside the file. */
function writableRange(call: Call, { bytes }: StoredFile): ByteRange | Refusal {
  const range = rangeToWrite(call.request)
  return !isRefusal(range) && range.end >= bytes.sizeBytes ? refusal(416, 'InvalidRange') : range
}

function written(call: Call, { share, file, path }: FilePlace, range: ByteRange, bytes: Buffer): Effect {
  write(file!.bytes, range.start, bytes)
  const keepsTime = call.request.headers['x-ms-file-last-write-time']?.toLowerCase() === 'preserve'
  const smb = keepsTime ? file!.smb : writtenAt(file!.smb, call.request.nowMs)
  share!.tree.set(keyOf(path), { ...file!, smb })
  return done({
    'content-md5': md5Of(bytes),
    'x-ms-request-server-encrypted': 'true',
    'x-ms-file-last-write-time': smb['x-ms-file-last-write-time']!,
  })
}

export function deleteFile(call: Call): Answer {
  return onFile(call, 'deleteFile', ({ share, path }) => {
    share!.tree.delete(keyOf(path))
    return done()
  })
}
