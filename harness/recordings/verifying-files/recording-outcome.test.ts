import { expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { recordingOutcome } from './recording-outcome.ts'
import { altered, leaseSession } from './testing/lease-session.ts'

const outcomeOf = (exchanges: readonly RecordedExchange[]) =>
  recordingOutcome(compile(RULES), { source: 'a.json', format: 'test-proxy', count: 1, exchanges }, 'a.json')

test('every exchange is counted once, by what the judge says of it', () => {
  const refused = altered(altered(leaseSession(), 4, 409, 'LeaseAlreadyBroken'), 7, 403, 'AuthorizationFailure')
  const elsewhere = { ...refused[0]!, url: 'https://login.microsoftonline.com/token', place: '8' }
  const { all, leaseOperations, exceptions } = outcomeOf([...refused, elsewhere])
  expect(all).toEqual({ exchanges: 9, explained: 6, unexplained: 1, notJudgeable: 1, hierarchical: 0, beside: 1 })
  expect(leaseOperations).toMatchObject({ exchanges: 4, explained: 2, unexplained: 1, notJudgeable: 1 })
  expect(exceptions).toMatchObject([
    { at: { place: '4' }, result: 'unexplained', divergences: [{ field: 'status', expected: '200' }] },
    { at: { place: '7' }, result: 'not judgeable', why: 'not authorized' },
  ])
})

test('If-None-Match: * is a value that was recorded, and not one that a sanitizer hid', () => {
  const [make, create] = leaseSession() as [RecordedExchange, RecordedExchange]
  const again = {
    ...create,
    place: '2',
    requestHeaders: { ...create.requestHeaders, 'if-none-match': '*' },
    status: 409,
    responseHeaders: { date: create.responseHeaders.date!, 'x-ms-error-code': 'BlobAlreadyExists' },
  }
  expect(outcomeOf([make, create, again]).all).toMatchObject({ explained: 3, unexplained: 0 })
})

test('an answer without the lease id diverges where others show theirs, since no sanitizer took it out', () => {
  const without = leaseSession().map((each, place) => {
    const { 'x-ms-lease-id': id, ...responseHeaders } = each.responseHeaders
    return place === 2 ? { ...each, responseHeaders } : each
  })
  expect(outcomeOf(without).exceptions).toMatchObject([{ at: { place: '2' }, result: 'unexplained' }])
})
