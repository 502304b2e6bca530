import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

async function collected<T>(generator: AsyncGenerator<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const each of generator) all.push(each)
  return all
}

test('results come in the order of the things, whichever is ready first, and never are too many under way', async () => {
  const delays = fc.array(fc.nat({ max: 4 }), { maxLength: 30 })
  const property = fc.asyncProperty(delays, fc.integer({ min: 1, max: 5 }), async (delaysMs, limit) => {
    let underWay = 0
    let most = 0
    const results = await collected(
      inOrder(delaysMs.entries(), limit, async ([place, ms]) => {
        underWay++
        most = Math.max(most, underWay)
        await sleep(ms)
        underWay--
        return place
      }),
    )
    expect(results).toEqual(delaysMs.map((_, place) => place))
    expect(most).toBeLessThanOrEqual(limit)
  })
  await fc.assert(property, { numRuns: 30, seed: 1 })
})

test.each([
  ['a failure', new Error('no')],
  ['a listener who leaves', undefined],
])('after %s nothing more is started', async (_, failure) => {
  let started = 0
  const results = inOrder(Array.from({ length: 100 }).keys(), 4, async (place) => {
    started++
    await sleep(1)
    if (failure !== undefined && place === 5) throw failure
    return place
  })
  const listening = (async () => {
    for await (const place of results) if (failure === undefined && place === 5) return
  })()
  await (failure === undefined ? listening : expect(listening).rejects.toBe(failure))
  const startedByThen = started
  await sleep(50)
  expect(started).toBe(startedByThen)
  expect(started).toBeLessThan(30)
})
