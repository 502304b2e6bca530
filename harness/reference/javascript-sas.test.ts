import {
  AccountSASPermissions,
  BlobSASPermissions,
  BlobServiceClient,
  type ContainerClient,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  newPipeline,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import {
  StorageSharedKeyCredential as FileKeyCredential,
  FileSASPermissions,
  generateFileSASQueryParameters,
  newPipeline as newFilePipeline,
  ShareFileClient,
  ShareSASPermissions,
  ShareServiceClient,
} from '@azure/storage-file-share'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../targets/emulator-account.ts'
import { refusalOf } from './testing/client-outcome.ts'
import { type EmptyServer, emptyServer } from './testing/empty-server.ts'

const ONCE = { retryOptions: { maxTries: 1 } }
const CONTAINER = 'signed'
const BLOB = 'blob'
const TOMORROW = new Date(Date.now() + 86_400_000)
const YESTERDAY = new Date(Date.now() - 86_400_000)
const credential = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
let server: EmptyServer
let owner: ContainerClient
let url: string

beforeAll(async () => {
  server = await emptyServer()
  url = server.url
  owner = new BlobServiceClient(url, newPipeline(credential, ONCE)).getContainerClient(CONTAINER)
  await owner.create()
  await owner.getBlockBlobClient(BLOB).upload('one', 3)
})
afterAll(() => server.close())

/** The container as somebody sees it who has nothing but a token. */
function container(token: string): ContainerClient {
  const service = new BlobServiceClient(`${url}${token === '' ? '' : `?${token}`}`, newPipeline(undefined, ONCE))
  return service.getContainerClient(CONTAINER)
}

function blob(token: string) {
  return container(token).getBlockBlobClient(BLOB)
}

function accountToken(permissions: string, resourceTypes = 'sco', more: object = {}): string {
  const values = { permissions: AccountSASPermissions.parse(permissions), services: 'b', resourceTypes }
  return generateAccountSASQueryParameters({ ...values, expiresOn: TOMORROW, ...more }, credential).toString()
}

function blobToken(permissions: string, more: object = {}): string {
  const values = { containerName: CONTAINER, blobName: BLOB, permissions: BlobSASPermissions.parse(permissions) }
  return generateBlobSASQueryParameters({ ...values, expiresOn: TOMORROW, ...more }, credential).toString()
}

function containerToken(permissions: string, more: object = {}): string {
  const values = { containerName: CONTAINER, permissions: ContainerSASPermissions.parse(permissions) }
  return generateBlobSASQueryParameters({ ...values, expiresOn: TOMORROW, ...more }, credential).toString()
}

/** The same token with one letter of its signature changed. */
function tampered(token: string): string {
  return token.replace(/sig=(.)/, (_, first) => `sig=${first === 'A' ? 'B' : 'A'}`)
}

describe('a token of the account', () => {
  test('leases blobs and containers with write, and breaks with delete', async () => {
    const lease = blob(accountToken('w')).getBlobLeaseClient()
    await lease.acquireLease(15)
    expect(await refusalOf(blob(accountToken('d')).getBlobLeaseClient(lease.leaseId).renewLease())).toBe(
      '403 AuthorizationPermissionMismatch',
    )
    await blob(accountToken('d')).getBlobLeaseClient().breakLease(0)
    const onContainer = container(accountToken('w')).getBlobLeaseClient()
    await onContainer.acquireLease(15)
    await container(accountToken('d')).getBlobLeaseClient().breakLease(0)
  })

  test('is for its types of resource, its services and its permissions', async () => {
    expect(await refusalOf(blob(accountToken('r')).upload('two', 3))).toBe('403 AuthorizationPermissionMismatch')
    expect(await refusalOf(blob(accountToken('w', 'c')).upload('two', 3))).toBe('403 AuthorizationResourceTypeMismatch')
    const files = accountToken('rw', 'sco', { services: 'f' })
    expect(await refusalOf(blob(files).getProperties())).toBe('403 AuthorizationServiceMismatch')
    expect(await refusalOf(container(accountToken('r')).getAccessPolicy())).toBe('403 AuthorizationFailure')
    expect((await blob(accountToken('r')).downloadToBuffer()).toString()).toBe('one')
  })

  test('is worth nothing once it has expired, before it starts, from elsewhere, by another protocol, or tampered with', async () => {
    const cases = [
      accountToken('r', 'sco', { startsOn: new Date(0), expiresOn: YESTERDAY }),
      accountToken('r', 'sco', { startsOn: new Date(Date.now() + 3_600_000) }),
      tampered(accountToken('r')),
      accountToken('r').replace('sp=r', 'sp=rw'),
    ]
    for (const token of cases) expect(await refusalOf(blob(token).getProperties())).toBe('403 AuthenticationFailed')
    const elsewhere = accountToken('r', 'sco', { ipRange: { start: '10.0.0.1', end: '10.255.255.255' } })
    expect(await refusalOf(blob(elsewhere).getProperties())).toBe('403 AuthorizationSourceIPMismatch')
    const here = accountToken('r', 'sco', { ipRange: { start: '127.0.0.0', end: '127.0.0.255' } })
    expect((await blob(here).getProperties()).contentLength).toBe(3)
    const secure = accountToken('r', 'sco', { protocol: SASProtocol.Https })
    expect(await refusalOf(blob(secure).getProperties())).toBe('403 AuthorizationProtocolMismatch')
  })

  test.each(['2015-04-05', '2018-11-09', '2020-12-06', '2025-11-05'])(
    'of version %s is understood',
    async (version) => {
      const token = accountToken('r', 'sco', { version })
      expect((await blob(token).getProperties()).contentLength).toBe(3)
    },
  )
})

describe('a token of a blob', () => {
  test('leases that blob with write, breaks it with delete, and is for no other', async () => {
    const lease = blob(blobToken('w')).getBlobLeaseClient()
    await lease.acquireLease(15)
    await lease.renewLease()
    expect(await refusalOf(blob(blobToken('r')).getBlobLeaseClient().breakLease(0))).toBe(
      '403 AuthorizationPermissionMismatch',
    )
    await blob(blobToken('d')).getBlobLeaseClient().breakLease(0)
    const other = container(blobToken('r')).getBlockBlobClient('other')
    expect(await refusalOf(other.getProperties())).toBe('403 AuthenticationFailed')
  })

  test('before 2017-07-29 delete does not break', async () => {
    const request = async (apiVersion: string) => {
      const path = `${url}/${CONTAINER}/${BLOB}?comp=lease&${blobToken('d')}`
      const headers = { 'x-ms-version': apiVersion, 'x-ms-lease-action': 'break' }
      const answer = await fetch(path, { method: 'PUT', headers })
      return { status: answer.status, body: await answer.text() }
    }
    expect(await request('2016-05-31')).toMatchObject({
      status: 403,
      body: expect.stringContaining('AuthorizationPermissionMismatch'),
    })
    // Authorised, so that it comes to the lease: there is none.
    expect((await request('2017-07-29')).body).not.toContain('Authorization')
  })

  test.each(['2015-04-05', '2018-11-09', '2020-12-06', '2025-11-05'])(
    'of version %s is understood',
    async (version) => {
      expect((await blob(blobToken('r', { version })).getProperties()).contentLength).toBe(3)
      expect(await refusalOf(blob(tampered(blobToken('r', { version }))).getProperties())).toBe(
        '403 AuthenticationFailed',
      )
    },
  )

  test('of a snapshot reads that snapshot and nothing else', async () => {
    const { snapshot } = await owner.getBlockBlobClient(BLOB).createSnapshot()
    const token = blobToken('r', { snapshotTime: snapshot })
    expect((await blob(token).withSnapshot(snapshot!).getProperties()).contentLength).toBe(3)
    expect(await refusalOf(blob(token).getProperties())).toBe('403 AuthenticationFailed')
  })

  test('may say with which headers the blob is answered', async () => {
    const token = blobToken('r', { contentType: 'text/x-overridden' })
    expect((await blob(token).getProperties()).contentType).toBe('text/x-overridden')
  })
})

describe('a token of a container', () => {
  test('leases the blobs in it, but never the container', async () => {
    await blob(containerToken('w')).getBlobLeaseClient().acquireLease(15)
    await blob(containerToken('w')).getBlobLeaseClient().breakLease(0)
    const lease = container(containerToken('wd')).getBlobLeaseClient()
    expect(await refusalOf(lease.acquireLease(15))).toBe('403 AuthorizationFailure')
    expect(await refusalOf(container(containerToken('wd')).delete())).toBe('403 AuthorizationFailure')
  })

  test('takes what it does not say from the policy that it names, as long as that is there', async () => {
    const policy = { permissions: 'r', expiresOn: TOMORROW }
    await owner.setAccessPolicy(undefined, [{ id: 'readers', accessPolicy: policy }])
    const named = { containerName: CONTAINER, identifier: 'readers' }
    const token = generateBlobSASQueryParameters(named, credential).toString()
    expect((await blob(token).getProperties()).contentLength).toBe(3)
    expect(await refusalOf(blob(token).upload('two', 3))).toBe('403 AuthorizationPermissionMismatch')
    await owner.setAccessPolicy(undefined, [{ id: 'readers', accessPolicy: { ...policy, expiresOn: YESTERDAY } }])
    expect(await refusalOf(blob(token).getProperties())).toBe('403 AuthenticationFailed')
    await owner.setAccessPolicy()
    expect(await refusalOf(blob(token).getProperties())).toBe('403 AuthenticationFailed')
  })
})

describe('nobody in particular', () => {
  test('reads what is public, and nothing else', async () => {
    expect(await refusalOf(blob('').getProperties())).toBe('401 NoAuthenticationInformation')
    await owner.setAccessPolicy('blob')
    expect((await blob('').getProperties()).contentLength).toBe(3)
    expect(await refusalOf(container('').getProperties())).toBe('401 NoAuthenticationInformation')
    await owner.setAccessPolicy('container')
    expect((await container('').getProperties()).leaseState).toBeDefined()
    expect(await refusalOf(blob('').upload('two', 3))).toBe('401 NoAuthenticationInformation')
    expect(await refusalOf(blob('').getBlobLeaseClient().acquireLease(15))).toBe('401 NoAuthenticationInformation')
    await owner.setAccessPolicy()
  })
})

test('who copies without the key needs a signature for the source too', async () => {
  const source = owner.getBlockBlobClient(BLOB).url
  const copy = container(accountToken('rwc')).getBlockBlobClient('copy')
  expect(await refusalOf(copy.syncUploadFromURL(source))).toBe('403 CannotVerifyCopySource')
  await copy.syncUploadFromURL(`${source}?${blobToken('r')}`)
  expect((await copy.downloadToBuffer()).toString()).toBe('one')
})

test('what was refused has changed nothing', async () => {
  const before = await owner.getBlockBlobClient(BLOB).getProperties()
  for (const token of ['', blobToken('r'), tampered(blobToken('w')), accountToken('r')]) {
    await blob(token)
      .upload('other', 5)
      .catch(() => {})
    await blob(token)
      .getBlobLeaseClient()
      .acquireLease(-1)
      .catch(() => {})
  }
  const after = await owner.getBlockBlobClient(BLOB).getProperties()
  expect([after.etag, after.leaseState]).toEqual([before.etag, before.leaseState])
})

test('another key signs nothing', async () => {
  const other = new StorageSharedKeyCredential(EMULATOR_ACCOUNT, Buffer.from('another').toString('base64'))
  const service = new BlobServiceClient(url, newPipeline(other, ONCE))
  expect(await refusalOf(service.getContainerClient(CONTAINER).getProperties())).toBe('403 AuthenticationFailed')
})

describe('tokens of the file service', () => {
  const fileCredential = new FileKeyCredential(EMULATOR_ACCOUNT, EMULATOR_KEY)
  let fileUrl: string
  beforeAll(async () => {
    fileUrl = server.fileUrl
    const service = new ShareServiceClient(fileUrl, newFilePipeline(fileCredential, ONCE))
    const share = service.getShareClient('signed')
    await share.create()
    await share.createFile('file', 3)
  })

  function file(token: string): ShareFileClient {
    return new ShareFileClient(`${fileUrl}/signed/file?${token}`, newFilePipeline(undefined, ONCE))
  }

  function token(values: object): string {
    const all = { shareName: 'signed', startsOn: YESTERDAY, expiresOn: TOMORROW, protocol: SASProtocol.HttpsAndHttp }
    return generateFileSASQueryParameters({ ...all, ...values } as never, fileCredential).toString()
  }

  test('a token of a file leases it with write', async () => {
    const writing = token({ filePath: 'file', permissions: FileSASPermissions.parse('rw') })
    const { leaseId } = await file(writing).getShareLeaseClient().acquireLease()
    await file(writing).getShareLeaseClient(leaseId).releaseLease()
    const reading = token({ filePath: 'file', permissions: FileSASPermissions.parse('r') })
    expect(await refusalOf(file(reading).getShareLeaseClient().acquireLease())).toBe(
      '403 AuthorizationPermissionMismatch',
    )
    expect((await file(reading).getProperties()).contentLength).toBe(3)
  })

  test('a token of a share is for the files in it', async () => {
    const whole = token({ permissions: ShareSASPermissions.parse('rl') })
    expect((await file(whole).getProperties()).leaseState).toBe('available')
    expect(await refusalOf(file(tampered(whole)).getProperties())).toBe('403 AuthenticationFailed')
    const service = new ShareServiceClient(`${fileUrl}?${whole}`, newFilePipeline(undefined, ONCE))
    expect(await refusalOf(service.getShareClient('signed').getProperties())).toBe('403 AuthorizationFailure')
  })
})
