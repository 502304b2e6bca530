import { expect, test } from 'vitest'
import { RESOURCE_KINDS } from '../model/resource.ts'
import { hunt } from './faulty-servers.ts'

test.each(RESOURCE_KINDS)(
  'the tour catches every faulty server that differs in one rule: %s',
  { timeout: 600_000 },
  (kind) => {
    const { caught, missed } = hunt(kind)
    expect(missed).toEqual([])
    expect(caught).toBeGreaterThan(100)
  },
)
