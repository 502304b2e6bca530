import {
  newPipeline,
  type ShareClient,
  ShareServiceClient,
  StorageSharedKeyCredential,
} from '@azure/storage-file-share'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { all, refusalOf } from './testing/client-outcome.ts'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'

const credential = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
let server: EmptyServer
let service: ShareServiceClient
let share: ShareClient
let number = 0

beforeAll(async () => {
  server = await emptyServer()
  const pipeline = newPipeline(credential, { retryOptions: { maxTries: 1 } })
  service = new ShareServiceClient(server.fileUrl, pipeline)
})
afterAll(() => server.close())
beforeEach(async () => {
  number += 1
  share = service.getShareClient(`share-${number}`)
  await share.create({ metadata: { made: 'by-test' }, quota: 10 })
})

describe('shares', () => {
  test('are created once, listed, and deleted', async () => {
    expect(await refusalOf(share.create())).toBe('409 ShareAlreadyExists')
    const listed = await all(service.listShares({ prefix: share.name, includeMetadata: true }))
    expect(listed).toMatchObject([
      { name: share.name, metadata: { made: 'by-test' }, properties: { quota: 10, leaseState: 'available' } },
    ])
    await share.delete()
    expect(await refusalOf(share.getProperties())).toBe('404 ShareNotFound')
  })

  test('have metadata, properties, statistics, permissions and access policies', async () => {
    await share.setMetadata({ other: 'value' })
    await share.setProperties({ quotaInGB: 20, accessTier: 'Hot' })
    expect(await share.getProperties()).toMatchObject({ metadata: { other: 'value' }, quota: 20, accessTier: 'Hot' })
    await share.createFile('sized', 100)
    expect((await share.getStatistics()).shareUsageBytes).toBe(100)
    const expiresOn = new Date('2100-01-01T00:00:00Z')
    const startsOn = new Date('2000-01-01T00:00:00Z')
    await share.setAccessPolicy([{ id: 'policy', accessPolicy: { permissions: 'rw', startsOn, expiresOn } }])
    expect((await share.getAccessPolicy()).signedIdentifiers).toMatchObject([{ id: 'policy' }])
    const { filePermissionKey } = await share.createPermission('O:SYG:SYD:(A;;FA;;;SY)')
    expect((await share.getPermission(filePermissionKey!)).permission).toBe('O:SYG:SYD:(A;;FA;;;SY)')
  })

  test('are leased, and so are their snapshots', async () => {
    const lease = share.getShareLeaseClient()
    await lease.acquireLease(15)
    expect(await share.getProperties()).toMatchObject({ leaseState: 'leased', leaseDuration: 'fixed' })
    expect(await refusalOf(share.setMetadata({ a: 'b' }))).toBe('412 LeaseIdMissing')
    expect(await refusalOf(share.delete())).toBe('412 LeaseIdMissing')
    await lease.changeLease('11111111-2222-4333-8444-555555555555')
    await lease.breakLease()
    expect((await share.getProperties()).leaseState).toBe('breaking')
    await lease.releaseLease()
    const { snapshot } = await share.createSnapshot()
    const snapped = share.withSnapshot(snapshot!)
    await snapped.getShareLeaseClient().acquireLease(-1)
    expect((await snapped.getProperties()).leaseState).toBe('leased')
    expect((await share.getProperties()).leaseState).toBe('available')
    expect(await refusalOf(share.delete({ deleteSnapshots: 'include' }))).toBe('409 DeleteShareWhenSnapshotLeased')
    await share.delete({ deleteSnapshots: 'include-leased' })
  })

  test('have snapshots that keep what was there', async () => {
    const { fileClient: file } = await share.createFile('file', 3)
    await file.uploadRange('one', 0, 3)
    const { snapshot } = await share.createSnapshot({ metadata: { taken: 'yes' } })
    await file.uploadRange('two', 0, 3)
    const old = share.withSnapshot(snapshot!)
    expect((await old.getProperties()).metadata).toEqual({ taken: 'yes' })
    expect((await old.rootDirectoryClient.getFileClient('file').downloadToBuffer()).toString()).toBe('one')
    expect((await file.downloadToBuffer()).toString()).toBe('two')
    const listed = await all(service.listShares({ prefix: share.name, includeSnapshots: true }))
    expect(listed.map((each) => each.snapshot)).toEqual([snapshot, undefined])
    expect(await refusalOf(share.delete())).toBe('409 ShareHasSnapshots')
    await old.delete()
    await share.delete()
  })
})

describe('directories', () => {
  test('are created, listed, renamed with what is in them, and deleted when they are empty', async () => {
    const { directoryClient: directory } = await share.createDirectory('dir', { metadata: { a: 'b' } })
    await directory.createFile('in it', 7)
    await directory.createSubdirectory('sub')
    expect((await directory.getProperties()).metadata).toEqual({ a: 'b' })
    const listed = await all(directory.listFilesAndDirectories({ includeExtendedInfo: true, includeTimestamps: true }))
    expect(listed.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['file in it', 'directory sub'])
    expect(await refusalOf(directory.delete())).toBe('409 DirectoryNotEmpty')
    await directory.rename('moved')
    const moved = share.getDirectoryClient('moved')
    expect((await moved.getFileClient('in it').getProperties()).contentLength).toBe(7)
    await moved.deleteFile('in it')
    await moved.deleteSubdirectory('sub')
    await moved.delete()
    expect(await moved.exists()).toBe(false)
    expect(await refusalOf(share.getDirectoryClient('none/there').create())).toBe('404 ParentNotFound')
  })

  test('are listed page by page', async () => {
    for (const name of ['a', 'B', 'c']) await share.createFile(name, 0)
    const pages = await all(share.rootDirectoryClient.listFilesAndDirectories().byPage({ maxPageSize: 2 }))
    expect(pages.map(({ segment }) => segment.fileItems.map(({ name }) => name))).toEqual([['a', 'B'], ['c']])
  })
})

describe('files', () => {
  test('are written in ranges, cleared, read in part, resized and deleted', async () => {
    const { fileClient: file } = await share.createFile('file.txt', 2048, {
      fileHttpHeaders: { fileContentType: 'text/plain' },
      metadata: { a: '1' },
    })
    await file.uploadRange('hello', 1024, 5)
    await file.clearRange(1536, 512)
    expect((await file.downloadToBuffer(1024, 5)).toString()).toBe('hello')
    expect((await file.getRangeList()).rangeList).toEqual([{ start: 1024, end: 1535 }])
    expect(await file.getProperties()).toMatchObject({
      contentLength: 2048,
      contentType: 'text/plain',
      metadata: { a: '1' },
      leaseState: 'available',
      leaseStatus: 'unlocked',
    })
    await file.setMetadata({ b: '2' })
    await file.setHttpHeaders({ fileContentType: 'text/css' })
    await file.resize(1026)
    const properties = await file.getProperties()
    expect(properties).toMatchObject({ contentType: 'text/css', metadata: { b: '2' }, contentLength: 1026 })
    expect(await refusalOf(file.uploadRange('beyond', 1024, 6))).toBe('416 InvalidRange')
    await file.delete()
    expect(await refusalOf(file.getProperties())).toBe('404 ResourceNotFound')
  })

  test('of some size go up and come down in ranges', async () => {
    const file = share.rootDirectoryClient.getFileClient('large')
    const bytes = Buffer.alloc(1_500_000, 'leasecheck')
    await file.uploadData(bytes, { rangeSize: 400_000 })
    expect((await file.downloadToBuffer(0, undefined, { rangeSize: 300_000 })).equals(bytes)).toBe(true)
  })

  test('are leased for ever', async () => {
    const { fileClient: file } = await share.createFile('leased', 10)
    const lease = file.getShareLeaseClient()
    const { leaseId } = await lease.acquireLease()
    expect(await file.getProperties()).toMatchObject({ leaseState: 'leased', leaseDuration: 'infinite' })
    expect(await refusalOf(file.uploadRange('x', 0, 1))).toBe('412 LeaseIdMissing')
    await file.uploadRange('x', 0, 1, { leaseAccessConditions: { leaseId: leaseId! } })
    await lease.changeLease('11111111-2222-4333-8444-555555555555')
    await lease.breakLease()
    expect((await file.getProperties()).leaseState).toBe('broken')
    await lease.releaseLease()
    await file.delete()
  })

  test('are copied at once', async () => {
    const { fileClient: file } = await share.createFile('source', 3, { metadata: { from: 'source' } })
    await file.uploadRange('one', 0, 3)
    const copy = share.rootDirectoryClient.getFileClient('copy')
    expect((await copy.startCopyFromURL(file.url)).copyStatus).toBe('success')
    expect((await copy.downloadToBuffer()).toString()).toBe('one')
    expect((await copy.getProperties()).metadata).toEqual({ from: 'source' })
    const abort = copy.abortCopyFromURL('11111111-2222-4333-8444-555555555555')
    expect(await refusalOf(abort)).toBe('409 NoPendingCopyOperation')
  })

  test('take their lease along when they are renamed, and what they replace loses its own', async () => {
    const { fileClient: source } = await share.createFile('old', 3)
    const { fileClient: destination } = await share.createFile('new', 5)
    const { leaseId: moving } = await source.getShareLeaseClient().acquireLease()
    const { leaseId: replaced } = await destination.getShareLeaseClient().acquireLease()
    const leases = { sourceLeaseAccessConditions: { leaseId: moving! } }
    expect(await refusalOf(source.rename('new', { replaceIfExists: true }))).toBe('412 LeaseIdMissing')
    await source.rename('new', {
      replaceIfExists: true,
      ...leases,
      destinationLeaseAccessConditions: { leaseId: replaced! },
    })
    expect(await destination.getProperties()).toMatchObject({ contentLength: 3, leaseState: 'leased' })
    expect(await refusalOf(source.getProperties())).toBe('404 ResourceNotFound')
    await destination.delete({ leaseAccessConditions: { leaseId: moving! } })
  })
})
