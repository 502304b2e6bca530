import { describe, expect, test } from 'vitest'
import type { RecordedStep } from '../importing/condensed/recorded-session.ts'
import { scriptOf } from './session-script.ts'

type Told = Omit<RecordedStep, 'dt'>

function scripted(steps: readonly Told[], versions = ['2021-06-08']) {
  const { world, steps: made, aside } = scriptOf({ steps: steps.map((step) => ({ ...step, dt: 0 })), versions })
  return {
    world: world.map(({ name, kind, parent, condition }) => [name, kind, parent, condition]),
    steps: made.map(({ number, recorded, name, on, source, condition, snapshots }) => ({
      number: recorded === undefined ? undefined : number,
      name,
      on,
      ...(source === undefined ? {} : { source }),
      ...(condition === undefined ? {} : { condition }),
      ...(snapshots === undefined ? {} : { snapshots }),
    })),
    aside: aside.map(({ number, reason }) => [number, reason]),
  }
}

const CONTAINER: Told = { r: 'container1', op: 'PUT restype=container', st: 201 }
const BLOB: Told = { r: 'blob1', op: 'PUT BlockBlob', st: 201 }
const SHARE: Told = { r: 'share1', op: 'PUT restype=share', st: 201 }
const FILE: Told = { r: 'file1', op: 'PUT', st: 201 }
const ACQUIRE: Told = { r: 'blob1', op: 'lease:acquire', st: 201, dur: '15', rid: 'L1' }

describe('what was there before', () => {
  test('nothing, where the session makes it or what it is in', () => {
    const { world, aside } = scripted([
      CONTAINER,
      { ...BLOB, st: 412, code: 'LeaseNotPresentWithBlobOperation', id: 'L1' },
    ])
    expect(world).toEqual([
      ['container1', 'container', undefined, 'absent'],
      ['blob1', 'blob', 'container1', 'absent'],
    ])
    expect(aside).toEqual([])
  })

  test('a container that is never shown, for a blob that is made in it', () => {
    expect(scripted([BLOB]).world).toEqual([
      ['unseen-container', 'container', undefined, 'present'],
      ['blob1', 'blob', 'unseen-container', 'absent'],
    ])
  })

  test('nobody knows, where a session begins with anything else', () => {
    const found = scripted([{ r: 'container1', op: 'lease:renew', st: 200, id: 'L1', rid: 'L1' }, BLOB])
    const reason = 'nobody knows what was there before the recording began'
    expect(found).toEqual({
      world: [],
      steps: [],
      aside: [
        [1, reason],
        [2, reason],
      ],
    })
  })

  test('a share and its snapshot, since only the server knows the name of a snapshot', () => {
    const found = scripted([
      SHARE,
      { r: 'share1', op: 'PUT comp=snapshot restype=share', st: 201 },
      { r: 'share2', op: 'lease:acquire', st: 201, dur: '-1', rid: 'L1' },
      { r: 'share2', op: 'GET restype=share sharesnapshot', st: 200 },
      { r: 'share1', op: 'DELETE restype=share', st: 409, code: 'DeleteShareWhenSnapshotLeased' },
    ])
    expect(found.world).toEqual([
      ['share1', 'share', undefined, 'present'],
      ['share2', 'share-snapshot', 'share1', 'present'],
    ])
    expect(found.steps).toEqual([
      { number: 3, name: 'acquire', on: 'share2' },
      { number: 4, name: 'getShareSnapshotProperties', on: 'share2' },
      { number: 5, name: 'deleteShare', on: 'share1', snapshots: 'include' },
    ])
  })
})

describe('what a name stands for', () => {
  test('a copy reads something that is made for it, a rename moves the other file', () => {
    expect(scripted([CONTAINER, BLOB, { r: 'blob1', op: 'PUT copy', st: 202 }]).steps.slice(2)).toEqual([
      { number: undefined, name: 'putBlob', on: 'source-of-blob1' },
      { number: 3, name: 'copyBlob', on: 'blob1', source: 'source-of-blob1' },
    ])
    const renamed = scripted([SHARE, FILE, { ...FILE, r: 'file2' }, { r: 'file2', op: 'PUT comp=rename', st: 200 }])
    expect(renamed.steps.at(-1)).toEqual({ number: 4, name: 'renameFile', on: 'file2', source: 'file1' })
  })

  test('the status of a success tells operations of one name apart', () => {
    const names = scripted([
      CONTAINER,
      BLOB,
      { r: 'blob1', op: 'PUT copy', st: 201 },
      SHARE,
      FILE,
      { ...FILE, st: 202 },
    ])
    expect(names.steps.filter(({ source }) => source !== undefined).map(({ name }) => name)).toEqual([
      'putBlobFromUrl',
      'copyFile',
    ])
  })

  test('a condition whose value was left out held, unless the answer says that it did not', () => {
    const asked = (header: string, more: Partial<Told>) => ({ ...ACQUIRE, cond: { [header]: '…' }, ...more })
    const { steps } = scripted([
      CONTAINER,
      BLOB,
      asked('if-match', { st: 412, code: 'ConditionNotMet' }),
      asked('if-modified-since', {}),
      asked('if-unmodified-since', { st: 409, code: 'LeaseAlreadyPresent' }),
      { ...BLOB, st: 201, id: 'L1', cond: { 'if-none-match': '*' } },
    ])
    expect(steps.slice(2).map(({ condition }) => condition)).toEqual([
      'if-match:other',
      'if-modified-since:past',
      'if-unmodified-since:future',
      'if-none-match:*',
    ])
  })
})

describe('what cannot be done again', () => {
  const STRIPPED = 'a lease id or a duration that it must have had was not recorded'

  test.each<[string, Told]>([
    ['a mismatch without an id', { r: 'blob1', op: 'HEAD', st: 412, code: 'LeaseIdMismatchWithBlobOperation' }],
    ['a renewal without an id', { r: 'blob1', op: 'lease:renew', st: 409 }],
    ['a change without a proposed id', { r: 'blob1', op: 'lease:change', st: 200, id: 'L1' }],
    ['an acquisition without a duration', { r: 'blob1', op: 'lease:acquire', st: 201, rid: 'L1' }],
  ])('%s: what was sent was taken out of the recording', (_, step) => {
    expect(scripted([CONTAINER, BLOB, step]).aside).toEqual([[3, STRIPPED]])
  })

  test('a faulty request is none of these, and early versions knew no duration', () => {
    expect(scripted([CONTAINER, BLOB, { r: 'blob1', op: 'lease:renew', st: 400 }]).aside).toEqual([])
    const early = scripted([CONTAINER, BLOB, { r: 'blob1', op: 'lease:acquire', st: 201, rid: 'L1' }], ['2011-08-18'])
    expect(early.aside).toEqual([])
  })

  test('after an operation that the model does not know, what follows on its resource is set aside unless it only read', () => {
    const unknown = (op: string): Told => ({ r: 'blob1', op, st: 202 })
    const asideAfter = (op: string) => scripted([CONTAINER, BLOB, unknown(op), ACQUIRE]).aside.map(([number]) => number)
    expect(asideAfter('PUT comp=incrementalcopy')).toEqual([3, 4])
    expect(asideAfter('GET comp=unknown')).toEqual([3])
  })

  test.each<[string, Told[], string]>([
    [
      'deleted twice',
      [
        { r: 'blob1', op: 'DELETE', st: 202 },
        { r: 'blob1', op: 'DELETE', st: 202 },
      ],
      'it was deleted twice, so several resources go by its name',
    ],
    ['created twice', [CONTAINER], 'it was created twice, so several resources go by its name'],
    [
      'gone by itself',
      [{ r: 'blob1', op: 'HEAD', st: 404, code: 'BlobNotFound' }],
      'it is gone although no recorded request deletes it: one is missing',
    ],
  ])('what is %s is not one resource, or not all was recorded', (_, steps, reason) => {
    expect(scripted([CONTAINER, BLOB, ...steps]).aside).toEqual([[2 + steps.length, reason]])
  })
})
