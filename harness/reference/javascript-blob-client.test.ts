import { createHash } from 'node:crypto'
import { BlobServiceClient, type ContainerClient, newPipeline, StorageSharedKeyCredential } from '@azure/storage-blob'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { all, refusalOf } from './testing/client-outcome.ts'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'

const credential = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
let server: EmptyServer
let service: BlobServiceClient
let container: ContainerClient
let number = 0

beforeAll(async () => {
  server = await emptyServer()
  const pipeline = newPipeline(credential, { retryOptions: { maxTries: 1 } })
  service = new BlobServiceClient(server.url, pipeline)
})
afterAll(() => server.close())
beforeEach(async () => {
  number += 1
  container = service.getContainerClient(`container-${number}`)
  await container.create({ metadata: { made: 'by-test' } })
})

const md5Of = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

describe('containers', () => {
  test('are created once, listed, and deleted', async () => {
    expect(await refusalOf(container.create())).toBe('409 ContainerAlreadyExists')
    const listed = await all(service.listContainers({ prefix: container.containerName, includeMetadata: true }))
    expect(listed).toMatchObject([
      { name: container.containerName, metadata: { made: 'by-test' }, properties: { leaseState: 'available' } },
    ])
    await container.delete()
    expect(await refusalOf(container.getProperties())).toBe('404 ContainerNotFound')
  })

  test('are listed page by page', async () => {
    const names = ['x', 'y', 'z'].map((letter) => `paged-${number}-${letter}`)
    for (const name of names) await service.createContainer(name)
    const pages = await all(service.listContainers({ prefix: `paged-${number}` }).byPage({ maxPageSize: 2 }))
    expect(pages.map(({ containerItems }) => containerItems.map(({ name }) => name))).toEqual([
      names.slice(0, 2),
      names.slice(2),
    ])
  })

  test('have metadata, and access policies', async () => {
    await container.setMetadata({ other: 'value' })
    expect((await container.getProperties()).metadata).toEqual({ other: 'value' })
    const expiresOn = new Date('2100-01-01T00:00:00Z')
    await container.setAccessPolicy('blob', [{ id: 'policy', accessPolicy: { permissions: 'rw', expiresOn } }])
    const policy = await container.getAccessPolicy()
    expect(policy.blobPublicAccess).toBe('blob')
    expect(policy.signedIdentifiers).toMatchObject([{ id: 'policy', accessPolicy: { permissions: 'rw', expiresOn } }])
  })

  test('have names by the rules', async () => {
    for (const name of ['ab', 'Capital', 'two--hyphens', '-hyphen'])
      expect(await refusalOf(service.createContainer(name))).toBe('400 InvalidResourceName')
  })

  test('are leased', async () => {
    const lease = container.getBlobLeaseClient()
    const { leaseId } = await lease.acquireLease(15)
    expect(await container.getProperties()).toMatchObject({ leaseState: 'leased', leaseDuration: 'fixed' })
    expect(await refusalOf(container.delete())).toBe('412 LeaseIdMissing')
    await lease.renewLease()
    await lease.changeLease('11111111-2222-4333-8444-555555555555')
    expect((await lease.breakLease(0)).leaseTime).toBe(0)
    await lease.releaseLease()
    expect(leaseId).toMatch(/^[0-9a-f-]{36}$/)
    await container.delete()
  })
})

describe('block blobs', () => {
  test('are uploaded whole, read in part, and deleted', async () => {
    const blob = container.getBlockBlobClient('a/b c+é.txt')
    await blob.upload('hello world', 11, { blobHTTPHeaders: { blobContentType: 'text/plain' }, metadata: { a: '1' } })
    expect((await blob.downloadToBuffer()).toString()).toBe('hello world')
    expect((await blob.downloadToBuffer(6, 5)).toString()).toBe('world')
    expect(await blob.getProperties()).toMatchObject({
      contentLength: 11,
      contentType: 'text/plain',
      contentMD5: md5Of(Buffer.from('hello world')),
      metadata: { a: '1' },
      blobType: 'BlockBlob',
      leaseState: 'available',
      leaseStatus: 'unlocked',
    })
    await blob.delete()
    expect(await refusalOf(blob.getProperties())).toBe('404 BlobNotFound')
  })

  test('are put together from blocks', async () => {
    const blob = container.getBlockBlobClient('blocks')
    const ids = ['one', 'two', 'six'].map((id) => Buffer.from(id).toString('base64'))
    for (const id of ids) await blob.stageBlock(id, id, id.length)
    expect(await refusalOf(blob.getProperties())).toBe('404 BlobNotFound')
    expect(await all(container.listBlobsFlat())).toEqual([])
    const listed = await all(container.listBlobsFlat({ includeUncommitedBlobs: true }))
    expect(listed.map(({ name }) => name)).toEqual(['blocks'])
    await blob.commitBlockList([ids[2]!, ids[0]!])
    expect((await blob.downloadToBuffer()).toString()).toBe(`${ids[2]}${ids[0]}`)
    expect((await blob.getBlockList('all')).committedBlocks?.map(({ name }) => name)).toEqual([ids[2], ids[0]])
    expect(await refusalOf(blob.commitBlockList([ids[1]!]))).toBe('400 InvalidBlockList')
  })

  test('of some size go up in blocks and come down in ranges', async () => {
    const blob = container.getBlockBlobClient('large')
    const bytes = Buffer.alloc(3_000_000, 'leasecheck')
    await blob.uploadData(bytes, { blockSize: 1_000_000, maxSingleShotSize: 500_000, concurrency: 4 })
    const down = await blob.downloadToBuffer(0, undefined, { blockSize: 700_000 })
    expect(md5Of(down)).toEqual(md5Of(bytes))
  })

  test('are refused if the MD5 is of something else', async () => {
    const blob = container.getBlockBlobClient('md5')
    const call = blob.stageBlock('b25l', 'one', 3, { transactionalContentMD5: md5Of(Buffer.from('two')) })
    expect(await refusalOf(call)).toBe('400 Md5Mismatch')
  })

  test('keep their lease when they are written over with its id, and only then', async () => {
    const blob = container.getBlockBlobClient('leased')
    await blob.upload('one', 3)
    const { leaseId } = await blob.getBlobLeaseClient().acquireLease(-1)
    expect(await refusalOf(blob.upload('two', 3))).toBe('412 LeaseIdMissing')
    await blob.upload('two', 3, { conditions: { leaseId: leaseId! } })
    expect(await blob.getProperties()).toMatchObject({ leaseState: 'leased', leaseDuration: 'infinite' })
    expect((await blob.downloadToBuffer()).toString()).toBe('two')
  })

  test('take headers, metadata, tags and a tier', async () => {
    const blob = container.getBlockBlobClient('described')
    await blob.upload('one', 3, { tags: { colour: 'red' } })
    const { etag } = await blob.getProperties()
    await blob.setHTTPHeaders({ blobContentType: 'text/css', blobCacheControl: 'no-store' })
    await blob.setMetadata({ Key_1: 'value' })
    await blob.setTags({ colour: 'blue', size: 'xl' })
    await blob.setAccessTier('Cool')
    const properties = await blob.getProperties()
    expect(properties).toMatchObject({ contentType: 'text/css', cacheControl: 'no-store', accessTier: 'Cool' })
    expect(properties.metadata).toEqual({ key_1: 'value' })
    expect(properties.etag).not.toBe(etag)
    expect((await blob.getTags()).tags).toEqual({ colour: 'blue', size: 'xl' })
  })

  test('meet conditions, or do not', async () => {
    const blob = container.getBlockBlobClient('conditional')
    const { etag } = await blob.upload('one', 3, { tags: { colour: 'red' } })
    const exists = blob.upload('two', 3, { conditions: { ifNoneMatch: '*' } })
    expect(await refusalOf(exists)).toBe('409 BlobAlreadyExists')
    expect(await refusalOf(blob.getProperties({ conditions: { ifMatch: '"0x1"' } }))).toBe('412 ConditionNotMet')
    expect(await refusalOf(blob.download(0, 1, { conditions: { ifNoneMatch: etag! } }))).toMatch(/^304 /)
    const unmet = { conditions: { tagConditions: `"colour" = 'blue'` } }
    expect(await refusalOf(blob.getProperties(unmet))).toBe('412 ConditionNotMet')
    const met = { conditions: { ifMatch: etag!, tagConditions: `"colour" = 'red' AND "size" <> 'xl'` } }
    expect((await blob.getProperties(met)).contentLength).toBe(3)
  })
})

describe('append blobs', () => {
  test('grow until they are sealed', async () => {
    const blob = container.getAppendBlobClient('log')
    await blob.create()
    expect((await blob.appendBlock('one', 3)).blobAppendOffset).toBe('0')
    expect((await blob.appendBlock('two', 3)).blobCommittedBlockCount).toBe(2)
    const wrong = blob.appendBlock('six', 3, { conditions: { appendPosition: 3 } })
    expect(await refusalOf(wrong)).toBe('412 AppendPositionConditionNotMet')
    expect((await blob.downloadToBuffer()).toString()).toBe('onetwo')
    await blob.seal()
    expect(await refusalOf(blob.appendBlock('six', 3))).toBe('409 BlobIsSealed')
    expect(await refusalOf(container.getBlockBlobClient('log').stageBlock('b25l', 'one', 3))).toBe(
      '409 InvalidBlobType',
    )
  })
})

describe('page blobs', () => {
  test('are written and cleared by pages', async () => {
    const blob = container.getPageBlobClient('disk')
    await blob.create(2048)
    await blob.uploadPages(Buffer.alloc(1024, 'p'), 512, 1024)
    await blob.clearPages(1024, 512)
    // The client takes the distance between the first and the last byte for their number.
    expect((await blob.getPageRanges()).pageRange).toEqual([{ offset: 512, count: 511 }])
    const bytes = await blob.downloadToBuffer()
    expect([bytes.length, bytes[511], bytes[512], bytes[1024]]).toEqual([2048, 0, 'p'.charCodeAt(0), 0])
    expect(await refusalOf(blob.uploadPages(Buffer.alloc(512), 2048, 512))).toBe('416 InvalidPageRange')
    await blob.resize(512)
    await blob.updateSequenceNumber('update', 7)
    expect(await blob.getProperties()).toMatchObject({ contentLength: 512, blobSequenceNumber: 7 })
    expect((await blob.getPageRanges()).pageRange).toEqual([])
  })
})

describe('listings', () => {
  test('are flat or by hierarchy, in pages', async () => {
    for (const name of ['a/1', 'a/2', 'b', 'c/1']) await container.getBlockBlobClient(name).upload(name, name.length)
    const flat = await all(container.listBlobsFlat().byPage({ maxPageSize: 3 }))
    expect(flat.map(({ segment }) => segment.blobItems.map(({ name }) => name))).toEqual([['a/1', 'a/2', 'b'], ['c/1']])
    const hierarchy = await all(container.listBlobsByHierarchy('/').byPage({ maxPageSize: 2 }))
    const names = hierarchy.map(({ segment }) =>
      [...(segment.blobPrefixes ?? []), ...segment.blobItems].map(({ name }) => name),
    )
    expect(names).toEqual([['a/', 'b'], ['c/']])
    expect((await all(container.listBlobsByHierarchy('/', { prefix: 'a/' }))).map(({ name }) => name)).toEqual([
      'a/1',
      'a/2',
    ])
  })

  test('report leases, metadata, tags and snapshots', async () => {
    const blob = container.getBlockBlobClient('seen')
    await blob.upload('one', 3, { metadata: { k: 'v' }, tags: { t: 'u' } })
    const { snapshot } = await blob.createSnapshot()
    await blob.getBlobLeaseClient().acquireLease(30)
    const listed = await all(
      container.listBlobsFlat({ includeMetadata: true, includeTags: true, includeSnapshots: true }),
    )
    expect(listed).toMatchObject([
      { name: 'seen', snapshot },
      {
        name: 'seen',
        metadata: { k: 'v' },
        tags: { t: 'u' },
        properties: { leaseState: 'leased', leaseDuration: 'fixed' },
      },
    ])
    expect(listed[0]!.properties.leaseState).toBeUndefined()
  })
})

describe('snapshots and deletion', () => {
  test('a snapshot keeps what was there, and is deleted by itself or along with the blob', async () => {
    const blob = container.getBlockBlobClient('snapped')
    await blob.upload('one', 3)
    const { snapshot } = await blob.createSnapshot()
    await blob.upload('three', 5)
    const old = blob.withSnapshot(snapshot!)
    expect((await old.downloadToBuffer()).toString()).toBe('one')
    expect((await old.getProperties()).leaseState).toBeUndefined()
    expect(await refusalOf(blob.delete())).toBe('409 SnapshotsPresent')
    await old.delete()
    await blob.createSnapshot()
    await blob.delete({ deleteSnapshots: 'only' })
    expect((await blob.getProperties()).contentLength).toBe(5)
    await blob.createSnapshot()
    await blob.delete({ deleteSnapshots: 'include' })
    expect(await blob.exists()).toBe(false)
  })

  test('with a retention policy what was deleted comes back, without its lease', async () => {
    await service.setProperties({ deleteRetentionPolicy: { enabled: true, days: 1 } })
    expect((await service.getProperties()).deleteRetentionPolicy).toMatchObject({ enabled: true, days: 1 })
    const blob = container.getBlockBlobClient('back')
    await blob.upload('one', 3)
    const { leaseId } = await blob.getBlobLeaseClient().acquireLease(-1)
    await blob.delete({ conditions: { leaseId: leaseId! } })
    expect(await all(container.listBlobsFlat({ includeDeleted: true }))).toMatchObject([
      { name: 'back', deleted: true },
    ])
    await blob.undelete()
    expect(await blob.getProperties()).toMatchObject({ contentLength: 3, leaseState: 'available' })
    await service.setProperties({ deleteRetentionPolicy: { enabled: false } })
  })
})

describe('copies', () => {
  test('come from blobs of the same account, at once', async () => {
    const source = container.getBlockBlobClient('source')
    await source.upload('copied', 6, { metadata: { from: 'source' } })
    const poller = await container.getBlobClient('copy').beginCopyFromURL(source.url)
    expect(await poller.pollUntilDone()).toMatchObject({ copyStatus: 'success' })
    const copy = container.getBlockBlobClient('copy')
    expect(await copy.getProperties()).toMatchObject({ metadata: { from: 'source' }, copyProgress: '6/6' })
    await container.getBlobClient('sync').syncCopyFromURL(source.url)
    await container.getBlockBlobClient('put').syncUploadFromURL(source.url)
    await container.getBlockBlobClient('staged').stageBlockFromURL('b25l', source.url, 1, 3)
    await container.getBlockBlobClient('staged').commitBlockList(['b25l'])
    const read = async (name: string) => (await container.getBlobClient(name).downloadToBuffer()).toString()
    expect([await read('sync'), await read('put'), await read('staged')]).toEqual(['copied', 'copied', 'opi'])
    expect(await refusalOf(copy.abortCopyFromURL('11111111-2222-4333-8444-555555555555'))).toBe(
      '409 NoPendingCopyOperation',
    )
    const missing = container.getBlobClient('none').syncCopyFromURL(`${source.url}-not`)
    expect(await refusalOf(missing)).toMatch(/^404 /)
  })

  test('leave the lease of the destination alone, and want its id', async () => {
    const [source, destination] = [container.getBlockBlobClient('s'), container.getBlockBlobClient('d')]
    await source.upload('one', 3)
    await destination.upload('two', 3)
    const { leaseId } = await destination.getBlobLeaseClient().acquireLease(-1)
    expect(await refusalOf(destination.beginCopyFromURL(source.url))).toBe('412 LeaseIdMissing')
    await (await destination.beginCopyFromURL(source.url, { conditions: { leaseId: leaseId! } })).pollUntilDone()
    expect((await destination.getProperties()).leaseState).toBe('leased')
    expect((await destination.downloadToBuffer()).toString()).toBe('one')
  })
})
