import { invalidHeader, type Refusal, refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'
import type { ByteRange } from './sparse-bytes.ts'

/** The text of the range that a request asks for; the header of the service goes before that of HTTP. */
export function rangeText({ headers }: StorageRequest): string | undefined {
  return headers['x-ms-range'] ?? headers.range
}

/** Reads `bytes=0-511` or `bytes=512-`; undefined if it is neither. */
export function parseRange(text: string, sizeBytes: number): ByteRange | undefined {
  const read = /^bytes=([0-9]{1,15})-([0-9]{1,15})?$/.exec(text)
  if (read === null) return undefined
  const start = Number(read[1])
  const end = read[2] === undefined ? sizeBytes - 1 : Number(read[2])
  return read[2] !== undefined && end < start ? undefined : { start, end }
}

/**
 * The part of content that a read asks for, cut to what there is; undefined for all of it. What is no range is ignored, as
 * HTTP has it.
 */
export function rangeToRead(request: StorageRequest, sizeBytes: number): ByteRange | undefined | Refusal {
  const text = rangeText(request)
  const range = text === undefined ? undefined : parseRange(text, sizeBytes)
  if (range === undefined) return undefined
  if (range.start >= sizeBytes) {
    return { ...refusal(416, 'InvalidRange'), headers: { 'content-range': `bytes */${sizeBytes}` } }
  }
  return { start: range.start, end: Math.min(range.end, sizeBytes - 1) }
}

/** The range that a write names, which it has to. */
export function rangeToWrite(request: StorageRequest): ByteRange | Refusal {
  const text = rangeText(request)
  if (text === undefined) return refusal(400, 'MissingRequiredHeader', { HeaderName: 'x-ms-range' })
  const range = parseRange(text, 0)
  return range === undefined || range.end < range.start ? invalidHeader('x-ms-range', text) : range
}

export function lengthOf({ start, end }: ByteRange): number {
  return end - start + 1
}
