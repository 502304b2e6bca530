import { describe, expect, test } from 'vitest'
import {
  isLeaseAction,
  OPERATION_NAMES,
  type OperationHeaders,
  type OperationName,
  operation,
  operationsOf,
} from '../../model/operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { USES, type Use } from '../../model/uses.ts'
import { BLOB_SHAPES, BLOB_SNAPSHOT_SHAPES } from './wire/blob.ts'
import { CONTAINER_SHAPES } from './wire/container.ts'
import { FILE_SHAPES } from './wire/file.ts'
import { SHARE_SHAPES, SHARE_SNAPSHOT_SHAPES } from './wire/share.ts'
import { shapeOf, wireRequest } from './wire.ts'

const SOURCE = 'http://127.0.0.1/acc/c/source'
const TIME = '2030-01-01T00:00:00.0000000Z'
const REAL: Readonly<Record<ResourceKind, string>> = {
  blob: 'c/a dir/b&1',
  'blob-snapshot': `c/b?snapshot=${TIME}`,
  container: 'c',
  share: 's',
  'share-snapshot': `s?snapshot=${TIME}`,
  file: 's/f',
}
const TABLES: Readonly<Record<ResourceKind, object>> = {
  blob: BLOB_SHAPES,
  'blob-snapshot': BLOB_SNAPSHOT_SHAPES,
  container: CONTAINER_SHAPES,
  share: SHARE_SHAPES,
  'share-snapshot': SHARE_SNAPSHOT_SHAPES,
  file: FILE_SHAPES,
}

/** A request as a reader of HTTP wants it: the request line, then the headers, then the length of the body. */
function written(name: OperationName, kind: ResourceKind, headers: OperationHeaders = {}, version?: string): string {
  const request = wireRequest(operation(name, 'x', headers, version), kind, REAL[kind], SOURCE)
  const lines = Array.from(
    { length: request.headers.length / 2 },
    (_, i) => `${request.headers[2 * i]}: ${request.headers[2 * i + 1]}`,
  )
  const body = request.body === undefined ? [] : [`(${request.body.length} bytes)`]
  return [`${request.method} ${request.path}${request.query}`, ...lines, ...body].join('\n')
}

test.each(RESOURCE_KINDS)('the table of a %s has its uses, and no other', (kind) => {
  const uses = Object.keys(USES).filter((use) => USES[use as Use].kind === kind)
  expect(Object.keys(TABLES[kind]).sort()).toEqual(uses.sort())
})

test('no two operations send the same request', () => {
  const all = RESOURCE_KINDS.flatMap((kind) => operationsOf(kind).map((name) => [written(name, kind), name] as const))
  expect(new Map(all).size).toBe(all.length)
})

test('every operation that needs a source names it', () => {
  const naming = OPERATION_NAMES.filter(
    (name) => !isLeaseAction(name) && written(name, USES[name].kind).includes(SOURCE),
  )
  expect(naming).toEqual(OPERATION_NAMES.filter((name) => !isLeaseAction(name) && 'needsSource' in USES[name]))
})

test('what is read as anybody would read it needs a signature, what is read with the rights of the request does not', () => {
  const signed = OPERATION_NAMES.filter((name) => !isLeaseAction(name) && shapeOf(name, 'blob').source?.signed)
  expect(signed).toEqual(['appendBlockFromUrl', 'putPageFromUrl', 'putBlobFromUrl', 'copyBlobSync', 'putBlockFromUrl'])
})

describe('the address of', () => {
  test.each<[ResourceKind, string]>([
    ['blob', 'PUT /c/a%20dir/b%261?comp=lease'],
    ['blob-snapshot', 'PUT /c/b?comp=lease&snapshot=2030-01-01T00%3A00%3A00.0000000Z'],
    ['container', 'PUT /c?restype=container&comp=lease'],
    ['share', 'PUT /s?restype=share&comp=lease'],
    ['share-snapshot', 'PUT /s?restype=share&comp=lease&sharesnapshot=2030-01-01T00%3A00%3A00.0000000Z'],
    ['file', 'PUT /s/f?comp=lease'],
  ])('the lease of a %s', (kind, line) => {
    expect(written('release', kind, { leaseId: 'A' })).toBe(`${line}\nx-ms-lease-action: release\nx-ms-lease-id: A`)
  })

  test.each<[OperationName, ResourceKind, string]>([
    ['listBlobs', 'blob', 'GET /c?restype=container&comp=list&prefix=a%20dir%2Fb%261'],
    ['listContainers', 'container', 'GET /?comp=list&prefix=c'],
    ['listShares', 'share', 'GET /?comp=list&prefix=s'],
  ])('%s is no wider than the resource', (name, kind, line) => {
    expect(written(name, kind)).toBe(line)
  })

  test('a listing is signed with its parameters in order of name, not encoded', () => {
    const { canonicalQuery } = wireRequest(operation('listBlobs', 'x'), 'blob', REAL.blob)
    expect(canonicalQuery).toBe('\ncomp:list\nprefix:a dir/b&1\nrestype:container')
  })
})

describe('the headers', () => {
  test('a rename says whose lease id is whose', () => {
    const text = written('renameFile', 'file', { leaseId: 'mine', sourceLeaseId: 'its' })
    expect(text).toBe(
      `PUT /s/f?comp=rename\nx-ms-file-rename-replace-if-exists: true\nx-ms-file-rename-source: ${SOURCE}\n` +
        'x-ms-destination-lease-id: mine\nx-ms-source-lease-id: its',
    )
  })

  test('a text with a line break goes out as two headers, and an empty text as an empty one', () => {
    const text = written('change', 'container', { leaseId: 'one\ntwo', proposedLeaseId: '', duration: '15\n60' })
    expect(text.split('\n').slice(1)).toEqual([
      'x-ms-lease-action: change',
      'x-ms-lease-duration: 15',
      'x-ms-lease-duration: 60',
      'x-ms-lease-id: one',
      'x-ms-lease-id: two',
      'x-ms-proposed-lease-id: ',
    ])
  })

  test('a lease request without an action has no such header; any other action goes out as it stands', () => {
    expect(written('leaseBlob', 'blob', { duration: '15' })).not.toContain('x-ms-lease-action')
    expect(written('leaseShare', 'share', { action: 'Steal' })).toContain('x-ms-lease-action: Steal')
    expect(written('acquire', 'file', { action: 'ACQUIRE' })).toContain('x-ms-lease-action: ACQUIRE')
  })

  test('conditions and the option for snapshots', () => {
    const condition = { header: 'if-none-match', value: '*' } as const
    expect(written('deleteShare', 'share', { condition, snapshots: 'include-leased' })).toBe(
      'DELETE /s?restype=share\nif-none-match: *\nx-ms-delete-snapshots: include-leased',
    )
  })

  test.each<[OperationName, ResourceKind, string, string, string]>([
    ['putBlob', 'blob', '2018-11-09', '2019-12-12', 'x-ms-tags: leasecheck=yes'],
    ['putBlockList', 'blob', '2018-11-09', '2019-12-12', 'x-ms-tags: leasecheck=yes'],
    ['createFile', 'file', '2018-11-09', '2019-02-02', 'x-ms-file-permission: inherit'],
    ['setFileProperties', 'file', '2018-11-09', '2019-02-02', 'x-ms-file-attributes: preserve'],
  ])(
    '%s of a %s has no header that version %s did not know, and from %s on it has',
    (name, kind, before, from, line) => {
      expect(written(name, kind, {}, before).split('\n')).not.toContain(line)
      expect(written(name, kind, {}, from).split('\n')).toContain(line)
    },
  )

  test('stand in the same order whether hyphens count or not, since servers that check signatures differ in that', () => {
    for (const kind of RESOURCE_KINDS) {
      for (const name of operationsOf(kind)) {
        const headers = {
          leaseId: 'A',
          proposedLeaseId: 'B',
          sourceLeaseId: 'C',
          duration: '1',
          breakPeriod: '1',
        } as const
        const names = written(name, kind, { ...headers, snapshots: 'include' })
          .split('\n')
          .slice(1)
          .map((line) => line.split(':')[0]!)
          .concat('x-ms-date', 'x-ms-version', 'x-ms-if-tags')
          .filter((each) => each.startsWith('x-ms-'))
        const withoutHyphens = names.map((each) => each.replaceAll('-', '')).sort()
        expect.soft(withoutHyphens, name).toEqual(names.sort().map((each) => each.replaceAll('-', '')))
      }
    }
  })

  test('every request that makes a blob tags it', () => {
    const made = OPERATION_NAMES.filter((name) => !isLeaseAction(name) && 'makes' in USES[name])
    for (const name of made) expect.soft(written(name, 'blob'), name).toContain('x-ms-tags: leasecheck=yes')
    expect(made.length).toBeGreaterThan(5)
  })
})
