import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('what waits for its turn can be dropped, and what comes later is sent', async () => {
  const pace = new Pace({ maxPerSecond: 1, maxUnderWay: 8 })
  const answer = { sentMs: 0, answeredMs: 0, answer: undefined }
  await pace.send(async () => answer)
  const waiting = [pace.send(async () => answer), pace.admission()]
  pace.dropWaiting(new Error('interrupted'))
  for (const each of waiting) await expect(each).rejects.toThrow('interrupted')
  await expect(pace.send(async () => answer)).resolves.toBe(answer)
})

test('what has begun goes before what is to begin', async () => {
  const pace = new Pace({ maxPerSecond: 20, maxUnderWay: 8 })
  const order: string[] = []
  const send = async (name: string) => {
    await pace.send(async () => ({ sentMs: 0, answeredMs: 0, answer: undefined }))
    order.push(name)
  }
  await Promise.all([send('first'), pace.admission().then(() => order.push('new')), send('second'), send('third')])
  expect(order).toEqual(['first', 'second', 'third', 'new'])
})
