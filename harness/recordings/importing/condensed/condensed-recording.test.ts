import { describe, expect, test } from 'vitest'
import { importRecording } from '../import-recording.ts'
import type { RecordedExchange, Recording } from '../recorded-exchange.ts'
import { type RecordedStep, readRecordedSessions } from './recorded-session.ts'

const SESSION = { path: 'tests/a.yaml', repo: 'org/repo', count: 3, versions: ['2019-02-02', '2020-02-10'], hns: false }
const L1 = '1ea5e1d5-0000-4000-8000-000000000001'

type Told = Omit<RecordedStep, 'dt' | 'st'> & Partial<Pick<RecordedStep, 'dt' | 'st'>>

function recording(steps: readonly Told[], session: object = {}): Recording {
  const line = JSON.stringify({ ...SESSION, ...session, steps: steps.map((step) => ({ dt: 0, st: 200, ...step })) })
  const read = importRecording(`${line}\n`, 'sessions.jsonl')
  if ('error' in read) throw new Error(read.error)
  return read.recordings[0]!
}

function exchanges(...steps: readonly Told[]): readonly RecordedExchange[] {
  return recording(steps).exchanges
}

test('a session is a recording', () => {
  const steps: readonly Told[] = [
    { r: 'container1', op: 'PUT restype=container', st: 201 },
    { r: 'container1', op: 'lease:acquire', st: 201, prop: 'L1', dur: '60', rid: 'L1', dt: 1 },
    { r: 'container1', op: 'lease:renew', st: 409, id: 'RAW:no id', code: 'LeaseIdMismatchWithLeaseOperation', dt: 62 },
  ]
  expect(recording(steps)).toEqual({
    source: 'org/repo:tests/a.yaml',
    format: 'condensed',
    count: 3,
    hierarchical: false,
    exchanges: [
      {
        place: '0',
        method: 'PUT',
        url: 'https://account.blob.core.windows.net/container1?restype=container',
        requestHeaders: { 'x-ms-version': '2020-02-10' },
        status: 201,
        responseHeaders: { date: 'Wed, 01 Jan 2020 00:00:00 GMT' },
        responseBody: '',
        leftOut: ['etags'],
      },
      {
        place: '1',
        method: 'PUT',
        url: 'https://account.blob.core.windows.net/container1?comp=lease&restype=container',
        requestHeaders: {
          'x-ms-version': '2020-02-10',
          'x-ms-lease-action': 'acquire',
          'x-ms-proposed-lease-id': L1,
          'x-ms-lease-duration': '60',
        },
        status: 201,
        responseHeaders: { date: 'Wed, 01 Jan 2020 00:00:01 GMT', 'x-ms-lease-id': L1 },
        responseBody: '',
        leftOut: ['etags'],
      },
      {
        place: '2',
        method: 'PUT',
        url: 'https://account.blob.core.windows.net/container1?comp=lease&restype=container',
        requestHeaders: { 'x-ms-version': '2020-02-10', 'x-ms-lease-action': 'renew', 'x-ms-lease-id': 'no id' },
        status: 409,
        responseHeaders: {
          date: 'Wed, 01 Jan 2020 00:01:02 GMT',
          'x-ms-error-code': 'LeaseIdMismatchWithLeaseOperation',
        },
        responseBody: '',
        leftOut: ['etags'],
      },
    ],
  })
})

describe('the request of', () => {
  const blob = 'https://account.blob.core.windows.net/unseen/blob1'
  const file = 'https://account.file.core.windows.net/unseen/file1'
  test.each<[string, Told, string, string, object]>([
    ['HEAD', { r: 'blob1', op: 'HEAD' }, 'HEAD', blob, {}],
    ['Put Blob', { r: 'blob1', op: 'PUT PageBlob', st: 201 }, 'PUT', blob, { 'x-ms-blob-type': 'PageBlob' }],
    [
      'Lease Blob',
      { r: 'blob1', op: 'lease:break', bp: '0' },
      'PUT',
      `${blob}?comp=lease`,
      { 'x-ms-lease-action': 'break', 'x-ms-lease-break-period': '0' },
    ],
    [
      'Copy Blob',
      { r: 'blob1', op: 'PUT copy', st: 202 },
      'PUT',
      blob,
      { 'x-ms-copy-source': 'https://account.blob.core.windows.net/unseen-source/unseen' },
    ],
    [
      'Put Blob From URL',
      { r: 'blob1', op: 'PUT copy', st: 201 },
      'PUT',
      blob,
      {
        'x-ms-blob-type': 'BlockBlob',
        'x-ms-copy-source': 'https://account.blob.core.windows.net/unseen-source/unseen',
      },
    ],
    [
      'Set Container ACL',
      { r: 'container1', op: 'PUT comp=acl restype=container' },
      'PUT',
      'https://account.blob.core.windows.net/container1?comp=acl&restype=container',
      {},
    ],
    [
      'Lease Share',
      { r: 'share1', op: 'lease:release' },
      'PUT',
      'https://account.file.core.windows.net/share1?comp=lease&restype=share',
      { 'x-ms-lease-action': 'release' },
    ],
    ['Create File', { r: 'file1', op: 'PUT', st: 201 }, 'PUT', file, { 'x-ms-type': 'file' }],
    [
      'Copy File',
      { r: 'file1', op: 'PUT', st: 202 },
      'PUT',
      file,
      { 'x-ms-copy-source': 'https://account.file.core.windows.net/unseen-source/unseen' },
    ],
    [
      'Lease File',
      { r: 'file1', op: 'lease:acquire', dur: '-1' },
      'PUT',
      `${file}?comp=lease`,
      { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '-1' },
    ],
    [
      'Rename File',
      { r: 'file1', op: 'PUT comp=rename', src_id: 'L1', dst_id: 'L2' },
      'PUT',
      `${file}?comp=rename`,
      {
        'x-ms-file-rename-source': 'https://account.file.core.windows.net/unseen-source/unseen',
        'x-ms-source-lease-id': L1,
        'x-ms-destination-lease-id': L1.replace(/1$/, '2'),
      },
    ],
    [
      'Path Create',
      { r: 'hns-path1', op: 'PUT resource=file', st: 201 },
      'PUT',
      'https://account.dfs.core.windows.net/unseen/hns-path1?resource=file',
      {},
    ],
    [
      'Path Update',
      { r: 'hns-path1', op: 'PATCH action=append lease-action=acquire' },
      'PATCH',
      'https://account.dfs.core.windows.net/unseen/hns-path1?action=append',
      { 'x-ms-lease-action': 'acquire' },
    ],
  ])('%s', (_, step, method, url, headers) => {
    expect(exchanges(step)[0]).toMatchObject({ method, url })
    expect(exchanges(step)[0]!.requestHeaders).toEqual({ 'x-ms-version': '2020-02-10', ...headers })
  })
})

test('a resource stands in what was met last before it, and stays there', () => {
  const urls = exchanges(
    { r: 'blob1', op: 'HEAD' },
    { r: 'container1', op: 'PUT restype=container' },
    { r: 'blob2', op: 'HEAD' },
    { r: 'container2', op: 'PUT restype=container' },
    { r: 'container1', op: 'GET restype=container' },
    { r: 'blob3', op: 'HEAD' },
    { r: 'blob2', op: 'HEAD' },
    { r: 'share1', op: 'PUT restype=share' },
    { r: 'file1', op: 'HEAD' },
  ).map(({ url }) => new URL(url).pathname)
  expect(urls.filter((path) => /blob|file/.test(path))).toEqual([
    '/unseen/blob1',
    '/container1/blob2',
    '/container2/blob3',
    '/container1/blob2',
    '/share1/file1',
  ])
})

test('a snapshot of a share is of the share that one was taken of last, and is deleted with it', () => {
  const [, taken, acquired, read, deleted] = exchanges(
    { r: 'share1', op: 'PUT restype=share', st: 201 },
    { r: 'share1', op: 'PUT comp=snapshot restype=share', st: 201 },
    { r: 'share2', op: 'lease:acquire', st: 201, dur: '-1' },
    { r: 'share2', op: 'GET restype=share sharesnapshot' },
    { r: 'share1', op: 'DELETE restype=share', st: 202 },
  )
  const instant = taken!.responseHeaders['x-ms-snapshot']
  expect(instant).toMatch(/^2020-01-01T00:00:00\.[0-9]{7}Z$/)
  for (const { url } of [acquired!, read!]) {
    expect(new URL(url).pathname).toBe('/share1')
    expect(new URL(url).searchParams.get('sharesnapshot')).toBe(instant)
  }
  expect(deleted!.requestHeaders).toMatchObject({ 'x-ms-delete-snapshots': 'include' })
})

test('what was left out is told', () => {
  const told = exchanges(
    { r: 'blob1', op: 'HEAD' },
    { r: 'blob1', op: 'HEAD', st: 404 },
    { r: 'blob1', op: 'GET', st: 412, code: 'ConditionNotMet', cond: { 'if-match': '…' } },
    { r: 'blob1', op: 'PUT BlockBlob', st: 409, code: 'BlobAlreadyExists', cond: { 'if-none-match': '*' } },
  )
  expect(told.map(({ leftOut }) => leftOut)).toEqual([['etags'], ['etags', 'code'], ['etags', 'condition'], ['etags']])
  expect(told[2]!.requestHeaders).toMatchObject({ 'if-match': '…' })
  expect(told[3]!.requestHeaders).toMatchObject({ 'if-none-match': '*' })
})

test('lease properties are told, and time may go back', () => {
  const [, { responseHeaders }] = exchanges(
    { r: 'blob1', op: 'HEAD' },
    { r: 'blob1', op: 'HEAD', dt: -1, state: 'leased', status: 'locked', duration: 'fixed', time: '7' },
  ) as [RecordedExchange, RecordedExchange]
  expect(responseHeaders).toEqual({
    date: 'Tue, 31 Dec 2019 23:59:59 GMT',
    'x-ms-lease-state': 'leased',
    'x-ms-lease-status': 'locked',
    'x-ms-lease-duration': 'fixed',
    'x-ms-lease-time': '7',
  })
})

test('a resource of another kind is no lease matter', () => {
  expect(() => exchanges({ r: 'queue1', op: 'PUT' })).toThrow(
    'sessions.jsonl: tests/a.yaml has the resource queue1; expected one of container, blob, share, file',
  )
})

test('what the reader of sessions refuses is damaged', () => {
  const text = JSON.stringify({ ...SESSION, steps: [{ r: 'blob1', op: 'HEAD', dt: 0 }] })
  const read = readRecordedSessions(text, 'sessions.jsonl')
  expect('error' in read).toBe(true)
  expect(importRecording(text, 'sessions.jsonl')).toMatchObject({
    reason: 'damaged',
    error: expect.stringMatching(/^sessions\.jsonl: line 1: it is no recorded session: steps\[0\]\.st is missing/),
  })
})
