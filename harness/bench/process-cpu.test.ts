import { expect, test } from 'vitest'
import { cpuSecondsOf } from './process-cpu.ts'

/** Both user and system time are rounded down to hundredths of a second. */
const ROUNDING_SECONDS = 0.02

test.skipIf(process.platform !== 'linux')('the processor time of a process is what the process itself knows', () => {
  for (let worked = 0; ownSeconds() < 0.2 || worked === 0; worked++) Math.hypot(worked, 1)
  const before = ownSeconds()
  const seen = cpuSecondsOf(process.pid)
  expect(seen).toBeGreaterThanOrEqual(before - ROUNDING_SECONDS)
  expect(seen).toBeLessThanOrEqual(ownSeconds() + ROUNDING_SECONDS)
})

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
