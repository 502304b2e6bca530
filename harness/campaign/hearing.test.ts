import { expect, test } from 'vitest'
import { type OperationName, operation } from '../../model/operation.ts'
import { at } from '../../model/time.ts'
import type { Answer, Exchange } from '../../model/trace.ts'
import { Hearing } from './hearing.ts'

const exchange = (name: OperationName, answer: Answer | undefined): Exchange => ({
  operation: operation(name, 'blob'),
  window: at(0),
  answer,
})

test('an operation counts as never heard once it was asked for often, and until it is answered', () => {
  const hearing = new Hearing()
  for (let times = 0; times < 4; times++) hearing.note([exchange('renew', undefined)])
  expect(hearing.neverHeard).toEqual([])
  hearing.note([exchange('renew', undefined), exchange('acquire', undefined)])
  expect(hearing.neverHeard).toEqual(['renew (asked 5 times)'])
  hearing.note([exchange('renew', { status: 409, headers: {} })])
  expect(hearing.neverHeard).toEqual([])
})
