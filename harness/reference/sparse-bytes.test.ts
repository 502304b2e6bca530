import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clear, copyOf, read, resize, type SparseBytes, sparseBytes, write, writtenRanges } from './sparse-bytes.ts'

const MOST = 2_000

type Change =
  | { readonly kind: 'write'; readonly start: number; readonly bytes: Uint8Array }
  | { readonly kind: 'clear'; readonly start: number; readonly length: number }
  | { readonly kind: 'resize'; readonly sizeBytes: number }

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('write'),
    start: fc.nat(MOST),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 1_200 }),
  }),
  fc.record({ kind: fc.constant('clear'), start: fc.nat(MOST), length: fc.integer({ min: 1, max: 1_200 }) }),
  fc.record({ kind: fc.constant('resize'), sizeBytes: fc.nat(MOST) }),
)

/** The same change on sparse bytes and on plain ones; what lies beyond the end is left out, as the server refuses it. */
function apply(change: Change, sparse: SparseBytes, plain: Buffer): Buffer {
  if (change.kind === 'resize') {
    resize(sparse, change.sizeBytes)
    const resized = Buffer.alloc(change.sizeBytes)
    plain.copy(resized)
    return resized
  }
  const length = Math.min(change.kind === 'write' ? change.bytes.length : change.length, plain.length - change.start)
  if (length <= 0) return plain
  if (change.kind === 'write') {
    const bytes = Buffer.from(change.bytes.subarray(0, length))
    write(sparse, change.start, bytes)
    bytes.copy(plain, change.start)
  } else {
    clear(sparse, { start: change.start, end: change.start + length - 1 })
    plain.fill(0, change.start, change.start + length)
  }
  return plain
}

test('they read like plain bytes, whatever was written, cleared and cut off, and a copy stays as it was', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 12 }), fc.nat(MOST), fc.nat(MOST), (all, one, other) => {
      const sparse = sparseBytes(1_024)
      let plain: Buffer = Buffer.alloc(1_024)
      let [copy, copied] = [copyOf(sparse), Buffer.from(plain)]
      for (const [i, change] of all.entries()) {
        if (i === 5) [copy, copied] = [copyOf(sparse), Buffer.from(plain)]
        plain = apply(change, sparse, plain)
      }
      const whole = (bytes: SparseBytes) =>
        bytes.sizeBytes === 0 ? Buffer.alloc(0) : read(bytes, { start: 0, end: bytes.sizeBytes - 1 })
      expect(whole(sparse)).toEqual(plain)
      expect(whole(copy)).toEqual(copied)
      const [start, end] = [Math.min(one, other), Math.max(one, other)]
      if (end < plain.length) expect(read(sparse, { start, end })).toEqual(plain.subarray(start, end + 1))
    }),
  )
})

test('written ranges are whole pages, joined where they touch, inside what is asked for', () => {
  const bytes = sparseBytes(4_096)
  write(bytes, 100, Buffer.from('a'))
  write(bytes, 512, Buffer.alloc(512, 'b'))
  write(bytes, 2_048, Buffer.from('c'))
  expect(writtenRanges(bytes, { start: 0, end: 4_095 })).toEqual([
    { start: 0, end: 1_023 },
    { start: 2_048, end: 2_559 },
  ])
  expect(writtenRanges(bytes, { start: 600, end: 2_100 })).toEqual([
    { start: 600, end: 1_023 },
    { start: 2_048, end: 2_100 },
  ])
  clear(bytes, { start: 0, end: 511 })
  expect(writtenRanges(bytes, { start: 0, end: 1_500 })).toEqual([{ start: 512, end: 1_023 }])
})
