import { describe, expect, test } from 'vitest'
import {
  isLeaseAction,
  LEASE_ACTIONS,
  type OperationHeaders,
  type OperationName,
  operation,
  operationsOf,
} from '../../../model/operation.ts'
import { KINDS, RESOURCE_KINDS, type ResourceKind } from '../../../model/resource.ts'
import { realNameIn, urlOf } from '../real-name.ts'
import { shapeOf, wireRequest } from '../wire.ts'
import type { TappedRequest } from './tapped.ts'
import { type Reading, wireOperation } from './wire-operation.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = '{BBBBBBBB-BBBB-4BBB-8BBB-BBBBBBBBBBBB}'
const BASE = '/devstoreaccount1'
const TIME = '2030-01-01T00:00:00.0000000Z'

/** Names that need escaping, and of which one begins like another. */
const NAMES = new Map([
  ['box', 'try-1'],
  ['leaf', 'try-1/a dir/<l&af>+é%?#'],
  ['other', 'try-1/a dir/<l&af>+é%?#2'],
  ['shot', `try-1/a dir/<l&af>+é%?#?snapshot=${TIME}`],
  ['boxshot', `try-1?snapshot=${TIME}`],
])
const SUBJECT: Readonly<Record<ResourceKind, string>> = {
  blob: 'leaf',
  'blob-snapshot': 'shot',
  container: 'box',
  share: 'box',
  'share-snapshot': 'boxshot',
  file: 'leaf',
}

function readingFor(kind: ResourceKind): Reading {
  return { service: KINDS[kind].service, basePath: BASE, names: NAMES }
}

/** A request as the tap sees it, made by the REST driver's tables. */
function sent(name: OperationName, kind: ResourceKind, headers: OperationHeaders) {
  const asked = operation(name, SUBJECT[kind], headers, '2025-11-05')
  const source =
    asked.source === undefined ? undefined : urlOf(`http://server:1${BASE}`, realNameIn(NAMES, asked.source))
  const wire = wireRequest(asked, kind, realNameIn(NAMES, asked.on), source)
  const url = new URL(`http://tap:2${BASE}${wire.path}${wire.query}`)
  const pairs = ['x-ms-version', asked.version, ...wire.headers]
  const received: Record<string, string> = {}
  for (let i = 0; i < pairs.length; i += 2) received[pairs[i]!.toLowerCase()] = pairs[i + 1]!
  const request: TappedRequest = {
    method: wire.method,
    path: `${BASE}${wire.path}`,
    query: url.searchParams,
    headers: received,
  }
  return { asked, request }
}

const CASES = RESOURCE_KINDS.flatMap((kind) =>
  [...LEASE_ACTIONS, ...operationsOf(kind)].map((name) => [kind, name] as const),
)

describe('a request read back is the operation that was sent', () => {
  test.each(CASES)('%s: %s', (kind, name) => {
    const needsSource = shapeOf(name, kind).source !== undefined
    const source = needsSource ? { source: 'other' } : {}
    const { asked, request } = sent(name, kind, source)
    expect(wireOperation(request, readingFor(kind))).toEqual(asked)
  })

  test.each(CASES)('%s: %s, with every header', (kind, name) => {
    const lists = name.startsWith('list') && name !== 'listRanges'
    const own = isLeaseAction(name) ? { proposedLeaseId: B, duration: '15.5', breakPeriod: '-1' } : {}
    const needsSource = shapeOf(name, kind).source !== undefined
    const headers: OperationHeaders = {
      ...own,
      ...(lists ? {} : { leaseId: A, snapshots: 'include' }),
      ...(needsSource ? { source: 'other', sourceLeaseId: B } : {}),
      condition: { header: 'if-none-match', value: '"0x1"' },
    }
    const { asked, request } = sent(name, kind, headers)
    expect(wireOperation(request, readingFor(kind))).toEqual(asked)
  })

  test.each(['leaseBlob', 'leaseContainer', 'leaseShare', 'leaseFile'] as const)(
    '%s with an unknown action',
    (name) => {
      const kind = RESOURCE_KINDS.find((each) => operationsOf(each).includes(name))!
      const { asked, request } = sent(name, kind, { action: 'ACQUIRE!' })
      expect(wireOperation(request, readingFor(kind))).toEqual(asked)
    },
  )
})

test.each([
  ['another account', { path: '/other/try-1' }],
  ['a resource of nobody', { path: `${BASE}/try-2` }],
  ['the account by half', { path: `${BASE}2/try-1` }],
  ['an unknown operation', { query: new URLSearchParams('restype=container&comp=nothing') }],
])('%s is about nothing that is known', (_, wrong) => {
  const { request } = sent('getContainerProperties', 'container', {})
  expect(wireOperation({ ...request, ...wrong }, readingFor('container'))).toBeUndefined()
})
