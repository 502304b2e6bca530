/** Bytes of which most may never have been written: those read as zeros and take no memory. */
export interface SparseBytes {
  sizeBytes: number
  /** By number; a page that is missing holds zeros. */
  readonly pages: Map<number, Buffer>
}

/** A stretch of bytes, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export const PAGE_BYTES = 512

export function sparseBytes(sizeBytes: number): SparseBytes {
  return { sizeBytes, pages: new Map() }
}

/** A copy that later writes to either do not change; pages are never changed in place. */
export function copyOf({ sizeBytes, pages }: SparseBytes): SparseBytes {
  return { sizeBytes, pages: new Map(pages) }
}

export function write({ pages }: SparseBytes, start: number, bytes: Buffer): void {
  let written = 0
  while (written < bytes.length) {
    const position = start + written
    const page = Math.floor(position / PAGE_BYTES)
    const within = position % PAGE_BYTES
    const length = Math.min(PAGE_BYTES - within, bytes.length - written)
    pages.set(page, pageWith(pages.get(page), within, bytes.subarray(written, written + length)))
    written += length
  }
}

/** Clears a range: pages that lie wholly in it are gone, of the others the part in it is zero. */
export function clear(target: SparseBytes, { start, end }: ByteRange): void {
  const { pages } = target
  for (const page of pagesIn(target, { start, end })) {
    const first = Math.max(start, page * PAGE_BYTES)
    const last = Math.min(end, (page + 1) * PAGE_BYTES - 1)
    if (last - first + 1 === PAGE_BYTES) pages.delete(page)
    else pages.set(page, pageWith(pages.get(page), first % PAGE_BYTES, Buffer.alloc(last - first + 1)))
  }
}

/** Makes it longer or shorter; what is cut off is gone for good. */
export function resize(target: SparseBytes, sizeBytes: number): void {
  if (sizeBytes < target.sizeBytes) clear(target, { start: sizeBytes, end: target.sizeBytes + PAGE_BYTES })
  target.sizeBytes = sizeBytes
}

export function read({ pages }: SparseBytes, { start, end }: ByteRange): Buffer {
  const bytes = Buffer.alloc(end - start + 1)
  for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES <= end; page++) {
    const from = pages.get(page)
    if (from === undefined) continue
    const first = page * PAGE_BYTES
    from.copy(bytes, Math.max(0, first - start), Math.max(0, start - first), Math.min(PAGE_BYTES, end - first + 1))
  }
  return bytes
}

/** The ranges inside `within` that have been written and not been cleared, in order, in whole pages. */
export function writtenRanges(source: SparseBytes, within: ByteRange): readonly ByteRange[] {
  const ranges: { start: number; end: number }[] = []
  for (const page of pagesIn(source, within)) {
    const start = Math.max(page * PAGE_BYTES, within.start)
    const end = Math.min((page + 1) * PAGE_BYTES - 1, within.end, source.sizeBytes - 1)
    const last = ranges.at(-1)
    if (last?.end === start - 1) last.end = end
    else ranges.push({ start, end })
  }
  return ranges
}

function pagesIn({ pages }: SparseBytes, { start, end }: ByteRange): readonly number[] {
  const [first, last] = [Math.floor(start / PAGE_BYTES), Math.floor(end / PAGE_BYTES)]
  return [...pages.keys()].filter((page) => page >= first && page <= last).sort((left, right) => left - right)
}

function pageWith(before: Buffer | undefined, within: number, bytes: Buffer): Buffer {
  const page = Buffer.alloc(PAGE_BYTES)
  before?.copy(page)
  bytes.copy(page, within)
  return page
}
