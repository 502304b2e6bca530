import { lengthOf } from '../range.ts'
import { type ByteRange, copyOf, read, type SparseBytes } from '../sparse-bytes.ts'

/** What a blob is made of, by its type. Chunks are never changed in place, so a snapshot shares them with its blob. */
export type BlobContent =
  | { readonly type: 'block'; readonly chunks: readonly Buffer[]; readonly blocks: readonly Block[] }
  | { readonly type: 'append'; readonly chunks: readonly Buffer[]; readonly isSealed: boolean }
  | { readonly type: 'page'; readonly pages: SparseBytes; readonly sequenceNumber: number }

/** A committed block. A blob that was put whole has none. */
export interface Block {
  readonly id: string
  readonly bytes: Buffer
}

/** The values of `x-ms-blob-type`. */
export const BLOB_TYPE_NAMES = { block: 'BlockBlob', append: 'AppendBlob', page: 'PageBlob' } as const

/** No blob is larger, because whoever reads one gets it from memory. */
export const MOST_BLOB_BYTES = 256 * 1024 * 1024

export function sizeOf(content: BlobContent): number {
  if (content.type === 'page') return content.pages.sizeBytes
  let bytes = 0
  for (const chunk of content.chunks) bytes += chunk.length
  return bytes
}

/** The bytes of a range, or all of them. */
export function bytesOf(content: BlobContent, range?: ByteRange): Buffer {
  if (content.type === 'page') return pageBytes(content.pages, range)
  if (range === undefined) return content.chunks.length === 1 ? content.chunks[0]! : Buffer.concat(content.chunks)
  const parts: Buffer[] = []
  let begin = 0
  for (const chunk of content.chunks) {
    const from = Math.max(range.start - begin, 0)
    const to = Math.min(range.end + 1 - begin, chunk.length)
    if (from < to) parts.push(chunk.subarray(from, to))
    begin += chunk.length
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, lengthOf(range))
}

/** The content for a snapshot or a copy, which later writes to the blob do not reach. */
export function frozen(content: BlobContent): BlobContent {
  return content.type === 'page' ? { ...content, pages: copyOf(content.pages) } : content
}

function pageBytes(pages: SparseBytes, range: ByteRange | undefined): Buffer {
  if (range !== undefined) return read(pages, range)
  return pages.sizeBytes === 0 ? Buffer.alloc(0) : read(pages, { start: 0, end: pages.sizeBytes - 1 })
}
