import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dealt, dealtOf, type Shard } from './shard.ts'

const things = fc.array(fc.nat(), { maxLength: 60 }).map((all) => all.map((_, place) => place))
const before = fc.nat({ max: 20 })
const of = fc.integer({ min: 1, max: 12 })

function shardsOf(count: number): readonly Shard[] {
  return Array.from({ length: count }, (_, place) => ({ number: place + 1, of: count }))
}

test('what is dealt to all shards is everything, each thing once', () => {
  fc.assert(
    fc.property(things, before, of, (all, dealtBefore, count) => {
      const hands = shardsOf(count).map((shard) => dealt(all, shard, dealtBefore))
      expect(hands.flat().sort((a, b) => a - b)).toEqual(all)
    }),
  )
})

test('no shard gets more than one thing more than another, and as many as it is told beforehand', () => {
  fc.assert(
    fc.property(things, of, (all, count) => {
      const sizes = shardsOf(count).map((shard) => dealt(all, shard).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(shardsOf(count).map((shard) => dealtOf(all.length, shard))).toEqual(sizes)
    }),
  )
})

test('dealing goes on where it ended, as from round to round', () => {
  fc.assert(
    fc.property(things, things, of, (first, second, count) => {
      for (const shard of shardsOf(count)) {
        const together = dealt([...first, ...second], shard)
        expect([...dealt(first, shard), ...dealt(second, shard, first.length)]).toEqual(together)
      }
    }),
  )
})

test('the third of eight', () => {
  expect(dealt([...'abcdefghijk'], { number: 3, of: 8 })).toEqual(['c', 'k'])
})
