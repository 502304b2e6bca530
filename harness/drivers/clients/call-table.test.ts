import { describe, expect, test } from 'vitest'
import { operationsOf } from '../../../model/operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../../model/resource.ts'
import type { OperationStep } from '../../../model/scenario.ts'
import type { Expressible } from '../driver.ts'
import { BLOB_CALLS } from '../js/blob-calls.ts'
import { FILE_CALLS } from '../js/file-calls.ts'
import { LEASE_CALLS } from '../js/lease-calls.ts'
import { expressesIn } from './call-table.ts'

const uses = Object.entries({ ...BLOB_CALLS, ...FILE_CALLS }).map(([use, { takes }]) => [use, takes])
/** The calls of the JavaScript SDK, which has some of every sort. */
const calls = { ...LEASE_CALLS, ...Object.fromEntries(uses) }
const expressed = expressesIn({ calls, numbers: 'any' })

type Asked = Omit<OperationStep, 'on'>

function cases(expected: Expressible, asked: readonly (readonly [ResourceKind, Asked])[]) {
  test.each(asked)('%s %o', (kind, step) => {
    expect(expressed({ on: 'it', ...step }, kind, [])).toBe(expected)
  })
}

describe('exactly', () => {
  cases('exactly', [
    ['blob', { do: 'acquire', proposedLeaseId: 'A', duration: '15' }],
    ['blob', { do: 'acquire', proposedLeaseId: 'A', duration: '15.5' }],
    ['container', { do: 'acquire', proposedLeaseId: 'malformed:not-a-guid', duration: '-1' }],
    ['file', { do: 'acquire', proposedLeaseId: 'A@N', duration: '15' }],
    ['share', { do: 'renew', leaseId: 'held' }],
    ['blob', { do: 'renew', leaseId: 'A', condition: 'x-ms-if-tags:met' }],
    ['container', { do: 'release', leaseId: 'A', condition: 'if-modified-since:past' }],
    ['share-snapshot', { do: 'change', leaseId: 'A', proposedLeaseId: 'B' }],
    ['blob', { do: 'break' }],
    ['container', { do: 'break', breakPeriod: '0' }],
    ['file', { do: 'break' }],
    ['blob', { do: 'getBlobProperties', leaseId: 'A', condition: 'if-match:*' }],
    ['blob', { do: 'copyBlob', leaseId: 'A', source: 'source' }],
    ['blob', { do: 'deleteBlob', snapshots: 'include' }],
    ['share', { do: 'deleteShare', snapshots: 'include-leased' }],
    ['file', { do: 'renameFile', source: 'source', leaseId: 'A', sourceLeaseId: 'B' }],
    ['container', { do: 'listContainers' }],
  ])
})

describe('otherwise: what is sent is the choice of the SDK', () => {
  cases('otherwise', [
    ['blob', { do: 'acquire', duration: '15' }],
    ['share', { do: 'acquire', proposedLeaseId: 'A' }],
    ['file', { do: 'acquire' }],
    ['file', { do: 'renew', leaseId: 'A' }],
  ])
})

describe('not at all', () => {
  cases('not at all', [
    ['blob', { do: 'acquire', proposedLeaseId: 'A' }],
    ['blob', { do: 'acquire', proposedLeaseId: 'A', duration: 'soon' }],
    ['blob', { do: 'acquire', proposedLeaseId: 'A', duration: '015' }],
    ['blob', { do: 'acquire', proposedLeaseId: 'A', duration: '15', leaseId: 'A' }],
    ['blob', { do: 'acquire', proposedLeaseId: 'malformed:', duration: '15' }],
    ['blob', { do: 'renew' }],
    ['blob', { do: 'renew', leaseId: 'A@twice' }],
    ['blob', { do: 'renew', leaseId: 'malformed: A' }],
    ['blob', { do: 'renew', leaseId: 'A', duration: '15' }],
    ['container', { do: 'renew', leaseId: 'A', condition: 'if-match:*' }],
    ['share', { do: 'renew', leaseId: 'A', condition: 'if-modified-since:past' }],
    ['blob', { do: 'change', leaseId: 'A' }],
    ['blob', { do: 'break', leaseId: 'A' }],
    ['share', { do: 'break', breakPeriod: '5' }],
    ['blob', { do: 'leaseBlob', action: 'acquired' }],
    ['blob', { do: 'getBlobMetadata' }],
    ['blob', { do: 'copyBlob' }],
    ['blob', { do: 'undeleteBlob', leaseId: 'A' }],
    ['blob', { do: 'deleteBlob', snapshots: 'include-leased' }],
    ['container', { do: 'getContainerProperties', condition: 'if-modified-since:past' }],
    ['file', { do: 'getFile', condition: 'if-match:*' }],
  ])
})

test.each([
  ['int32', '60', '15.5', '99999999999'],
  ['whole', '99999999999', '15.5', '99999999999999999999'],
  ['any', '15.5', 'soon', '015'],
] as const)('a language whose numbers are %s says %s, not %s, not %s', (numbers, sayable, ...not) => {
  const says = (duration: string) =>
    expressesIn({ calls, numbers })({ do: 'acquire', on: 'it', proposedLeaseId: 'A', duration }, 'blob', [])
  expect([says(sayable), ...not.map(says)]).toEqual(['exactly', 'not at all', 'not at all'])
})

test('what no call of the SDK says is known by name', () => {
  const asked = (name: OperationStep['do']): OperationStep => ({
    do: name,
    on: 'it',
    leaseId: 'A',
    proposedLeaseId: 'A',
    duration: '15',
    source: 'source',
  })
  const sayable = (name: OperationStep['do'], kind: ResourceKind) => {
    const { leaseId, source, ...plain } = asked(name)
    const { proposedLeaseId: _p, duration: _d, ...bare } = plain
    const ways = [plain, bare, { ...bare, source }, { ...bare, leaseId }, { ...bare, leaseId, proposedLeaseId: 'B' }]
    return ways.some((way) => expressed(way as OperationStep, kind, []) !== 'not at all')
  }
  const unsayable = RESOURCE_KINDS.flatMap((kind) => operationsOf(kind).filter((name) => !sayable(name, kind)))
  expect(new Set(unsayable)).toEqual(
    new Set([
      ...['getBlobMetadata', 'getContainerMetadata', 'getShareMetadata', 'getFileMetadata'],
      ...['leaseBlob', 'leaseContainer', 'leaseShare', 'leaseFile'],
    ]),
  )
})
