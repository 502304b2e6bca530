import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Timetable } from './timetable.ts'

const scenario = fc.array(fc.nat(70_000), { minLength: 1, maxLength: 12 })

test('no second has more requests than the server takes, except where one scenario alone has', () => {
  fc.assert(
    fc.property(fc.array(scenario, { maxLength: 60 }), fc.integer({ min: 4, max: 60 }), (scenarios, maxPerSecond) => {
      const table = new Timetable()
      const loads = new Map<number, number[]>()
      for (const offsets of scenarios) {
        const startMs = table.book(offsets, maxPerSecond, 5_000)
        expect(startMs).toBeGreaterThanOrEqual(5_000)
        const own = new Map<number, number>()
        for (const offset of offsets) {
          const second = Math.floor((startMs + offset) / 1000)
          own.set(second, (own.get(second) ?? 0) + 1)
        }
        for (const [second, load] of own) loads.set(second, [...(loads.get(second) ?? []), load])
      }
      for (const own of loads.values())
        if (own.length > 1) expect(own.reduce((sum, load) => sum + load)).toBeLessThanOrEqual(maxPerSecond)
    }),
  )
})

test('what the server has time for begins at once', () => {
  const table = new Timetable()
  expect([1, 2, 3].map(() => table.book([0, 300, 16_000], 100, 7_000))).toEqual([7_000, 7_000, 7_000])
})
