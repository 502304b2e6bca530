import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DRIVER_MESSAGE } from '../../../../reports/driver-protocol.ts'
import { blocksOf } from './testing/page-blocks.ts'

const SESSION = blocksOf('session').flatMap((block) => block.trim().split('\n'))

test('the page shows the driver whole, as it is', () => {
  const driver = readFileSync(new URL('./driver.mjs', import.meta.url), 'utf8')
  expect(`${blocksOf('js').join('\n')}`).toBe(driver)
})

describe('the session of the page', () => {
  const messages = SESSION.map((line) => ({ from: line[0], message: JSON.parse(line.slice(2)) }))

  test.each(messages)('keeps to the protocol: $from $message.do $message.seq', ({ message }) => {
    expect(DRIVER_MESSAGE.safeParse(message).error?.issues ?? []).toEqual([])
  })

  test('shows every message, each with its answer', () => {
    const asked = messages.filter(({ from }) => from === '>').map(({ message }) => message)
    expect(new Set(asked.map((message) => message.do))).toEqual(new Set(['hello', 'connect', 'call', 'forget', 'stop']))
    const numbers = asked.flatMap(({ seq }) => seq ?? [])
    expect(messages.filter(({ from }) => from === '<').map(({ message }) => message.seq)).toEqual(numbers)
  })
})
