import {
  type Answer,
  type Done,
  done,
  type Effect,
  isRefusal,
  type Refusal,
  refusal,
  success,
  xmlBody,
} from '../answer.ts'
import { copyHeaders } from '../blobs/copy-blob.ts'
import { md5Of } from '../blobs/create-blob.ts'
import type { Call } from '../call.ts'
import { metadataHeaders } from '../metadata.ts'
import { lengthOf, parseRange, rangeText, rangeToRead } from '../range.ts'
import { read, writtenRanges } from '../sparse-bytes.ts'
import { element, XML_HEAD } from '../xml.ts'
import { parentIdOf, readTree } from './directories.ts'
import { keyOf, onFile } from './place.ts'
import { smbHeaders } from './smb-properties.ts'
import type { StoredFile, Tree } from './store.ts'

/** A range whose MD5 is asked for may not be larger. Source: "Get File". */
const MOST_MD5_BYTES = 4 * 1024 * 1024

export function getFile(call: Call): Answer {
  return reading(call, 'getFile', (file, tree) => downloaded(call, file, tree))
}

export function getFileProperties(call: Call): Answer {
  return reading(call, 'getFileProperties', (file, tree) =>
    done({ ...describedBy(file, tree), 'content-length': String(file.bytes.sizeBytes) }),
  )
}

export function getFileMetadata(call: Call): Answer {
  return reading(call, 'getFileMetadata', ({ metadata }) => done(metadataHeaders(metadata)))
}

export function listRanges(call: Call): Answer {
  return reading(call, 'listRanges', ({ bytes }) => {
    const text = rangeText(call.request)
    const within = (text === undefined ? undefined : parseRange(text, bytes.sizeBytes)) ?? {
      start: 0,
      end: bytes.sizeBytes - 1,
    }
    const ranges = writtenRanges(bytes, within).map(
      ({ start, end }) => `<Range>${element('Start', start)}${element('End', end)}</Range>`,
    )
    const headers = { 'x-ms-content-length': String(bytes.sizeBytes) }
    return xmlBody(200, `${XML_HEAD}<Ranges>${ranges.join('')}</Ranges>`, headers)
  })
}

type Read = 'getFile' | 'getFileProperties' | 'getFileMetadata' | 'listRanges'

/** Reads a file, or a file in a snapshot of its share, which has no lease and of which the model knows nothing. */
function reading(call: Call, name: Read, effect: (file: StoredFile, tree: Tree) => Effect): Answer {
  if (!call.request.query.has('sharesnapshot')) {
    return onFile(call, name, ({ share, file }) => effect(file!, share!.tree))
  }
  const tree = readTree(call)
  if (isRefusal(tree)) return tree
  const file = tree.get(keyOf(call.request.address.name))
  if (file?.type !== 'file') return refusal(404, 'ResourceNotFound')
  const answer = effect(file, tree)
  if (isRefusal(answer)) return answer
  const { etag = '', lastModified = '' } = file.frozen ?? {}
  return {
    ...answer,
    status: answer.status ?? 200,
    headers: { ...answer.headers, etag, 'last-modified': lastModified },
  }
}

function downloaded({ request }: Call, file: StoredFile, tree: Tree): Done | Refusal {
  const { sizeBytes } = file.bytes
  const range = rangeToRead(request, sizeBytes)
  if (isRefusal(range)) return range
  const headers = describedBy(file, tree)
  if (range === undefined) {
    return done(headers, sizeBytes === 0 ? Buffer.alloc(0) : read(file.bytes, { start: 0, end: sizeBytes - 1 }))
  }
  const bytes = read(file.bytes, range)
  const { 'content-md5': whole, ...rest } = headers
  const partial: Record<string, string> = { ...rest, 'content-range': `bytes ${range.start}-${range.end}/${sizeBytes}` }
  if (whole !== undefined) partial['x-ms-content-md5'] = whole
  if (request.headers['x-ms-range-get-content-md5']?.toLowerCase() === 'true') {
    if (lengthOf(range) > MOST_MD5_BYTES) return refusal(400, 'OutOfRangeInput')
    partial['content-md5'] = md5Of(bytes)
  }
  return success(206, partial, bytes)
}

function describedBy(file: StoredFile, tree: Tree): Record<string, string> {
  return {
    ...file.headers,
    ...metadataHeaders(file.metadata),
    ...copyHeaders(file.copy),
    ...smbHeaders(file, parentIdOf(tree, file.path)),
    'accept-ranges': 'bytes',
    'x-ms-type': 'File',
    'x-ms-server-encrypted': 'true',
  }
}
