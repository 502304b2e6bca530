import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InOrder } from './in-order.ts'

test('whatever order things come in, they are handed on by place, and each as soon as it can be', () => {
  const shuffled = fc.nat({ max: 30 }).chain((length) => {
    const places = Array.from({ length }, (_, place) => place)
    return fc.shuffledSubarray(places, { minLength: length })
  })
  fc.assert(
    fc.property(shuffled, (order) => {
      const taken: number[] = []
      const inOrder = new InOrder<number>((thing) => taken.push(thing))
      for (const [index, place] of order.entries()) {
        inOrder.put(place, place)
        const come = new Set(order.slice(0, index + 1))
        const firstMissing = order.findIndex((_, each) => !come.has(each))
        expect(inOrder.taken).toBe(firstMissing < 0 ? order.length : firstMissing)
      }
      expect(taken).toEqual(order.toSorted((a, b) => a - b))
    }),
  )
})
