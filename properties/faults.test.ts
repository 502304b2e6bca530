import { expect, test } from 'vitest'
import { RESOURCE_KINDS } from '../model/resource.ts'
import { hunt } from './faulty-servers.ts'

/** All of them are hunted by the slow test. */
const EVERY = 23

test.each(RESOURCE_KINDS)('the tour catches faulty servers that differ in one rule, a sample of them: %s', (kind) => {
  const { caught, missed } = hunt(kind, EVERY)
  expect(missed).toEqual([])
  expect(caught).toBeGreaterThan(5)
})
