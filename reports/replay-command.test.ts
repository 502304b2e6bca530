import { expect, test } from 'vitest'
import { replayCommand } from './replay-command.ts'
import { SAMPLE_HEADER } from './sample-events.ts'

test('the embedded server needs no argument', () => {
  expect(replayCommand('lc1/blob/break', SAMPLE_HEADER)).toBe("npx leasecheck replay 'lc1/blob/break'")
})

test('a run may say itself how to repeat it', () => {
  const header = { ...SAMPLE_HEADER, repeat: ['azurite@3.33.0', '--api-version', '2019 or so'] }
  expect(replayCommand('lc1/blob/break', header)).toBe(
    "npx leasecheck replay 'lc1/blob/break' azurite@3.33.0 --api-version '2019 or so'",
  )
})

test('another target is named without the secrets in its address', () => {
  const target = {
    name: 'account',
    version: 'unknown',
    url: 'https://user:pass@name.blob.core.windows.net/?sv=1&sig=secret',
  }
  expect(replayCommand('lc1/blob/break', { ...SAMPLE_HEADER, target, driver: 'js' })).toBe(
    "npx leasecheck replay 'lc1/blob/break' https://name.blob.core.windows.net/ --driver js",
  )
})
