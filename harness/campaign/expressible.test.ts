import { expect, test } from 'vitest'
import { readToken } from '../../model/notation.ts'
import type { Expresses } from '../drivers/driver.ts'
import { isExpressible } from './expressible.ts'

/** A library whose acquire makes up an id, and which cannot break with a period. */
const expresses: Expresses = (step) => {
  if (step.do === 'acquire' && step.proposedLeaseId === undefined) return 'otherwise'
  return step.do === 'break' && step.breakPeriod !== undefined ? 'not at all' : 'exactly'
}

test.each([
  ['lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/break', true],
  ['lc1/blob/acquire,duration=15/break', false],
  ['lc1/blob/acquire,proposed=A,duration=15/break,period=5', false],
])('%s can be sent as it stands: %s', (token, expected) => {
  const read = readToken(token)
  if ('error' in read) throw new Error(read.error)
  expect(isExpressible(read.scenario, expresses)).toBe(expected)
})
