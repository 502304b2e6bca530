/**
 * Leases as users of the JavaScript SDK take them: a small test suite that asks wherever AZURE_STORAGE_CONNECTION_STRING leads.
 *
 * Run it with: leasecheck proxy TARGET -- node leases.mjs
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BlobLeaseClient, BlobServiceClient } from '@azure/storage-blob'
import { ShareServiceClient } from '@azure/storage-file-share'

const { AZURE_STORAGE_CONNECTION_STRING: connectionString, LEASECHECK_FILE_ENDPOINT: fileEndpoint } = process.env

/** Expects that a call is refused with an error code. */
const refused = (code, call) => assert.rejects(call, (error) => error.code === code || assert.fail(String(error)))

/** A holder keeps a blob for itself, hands it on, and lets it go. */
async function blobLease(container) {
  const blob = container.getBlockBlobClient('report.txt')
  await blob.upload('first', 5)
  const lease = blob.getBlobLeaseClient()
  await lease.acquireLease(15)
  assert.equal((await blob.getProperties()).leaseState, 'leased')
  await refused('LeaseIdMissing', () => blob.upload('second', 6))
  await blob.upload('second', 6, { conditions: { leaseId: lease.leaseId } })
  await lease.renewLease()
  await lease.changeLease(randomUUID())
  const stranger = new BlobLeaseClient(blob, randomUUID())
  await refused('LeaseIdMismatchWithLeaseOperation', () => stranger.renewLease())
  await lease.releaseLease()
  assert.equal((await blob.getProperties()).leaseState, 'available')
}

/** Whoever needs the blob breaks the lease, and waits until it is over. */
async function brokenBlobLease(container) {
  const blob = container.getBlockBlobClient('broken.txt')
  await blob.upload('text', 4)
  const lease = blob.getBlobLeaseClient()
  await lease.acquireLease(-1)
  await lease.breakLease(1)
  await sleep(1500)
  assert.equal((await blob.getProperties()).leaseState, 'broken')
  await refused('LeaseIsBrokenAndCannotBeRenewed', () => lease.renewLease())
  await blob.delete()
}

/** Blobs beside each other: their requests overlap, and have nothing to do with each other. */
async function manyBlobs(container) {
  const names = Array.from({ length: 8 }, (_, number) => `many/${number}.txt`)
  await Promise.all(
    names.map(async (name) => {
      const blob = container.getBlockBlobClient(name)
      await blob.upload(name, name.length)
      const lease = blob.getBlobLeaseClient()
      await lease.acquireLease(60)
      await refused('LeaseIdMissing', () => blob.delete())
      await lease.releaseLease()
    }),
  )
  const listed = []
  for await (const { name } of container.listBlobsFlat({ prefix: 'many/' })) listed.push(name)
  assert.deepEqual(listed, names)
}

/** A leased container is not deleted without its lease; what is in it is free. */
async function containerLease(container) {
  const lease = container.getBlobLeaseClient()
  await lease.acquireLease(60)
  await refused('LeaseIdMissing', () => container.delete())
  await container.getBlockBlobClient('free.txt').upload('text', 4)
  await lease.renewLease()
  await lease.releaseLease()
}

/** A share is leased like a container. (It is not renewed: up to 12.33.0 the SDK takes shares for files, and files have no renewal.) */
async function shareLease(share) {
  const lease = share.getShareLeaseClient()
  await lease.acquireLease(30)
  await refused('LeaseIdMissing', () => share.delete())
  await lease.changeLease(randomUUID())
  await lease.releaseLease()
}

/** The lease of a file has no end of its own. */
async function fileLease(share) {
  const file = share.rootDirectoryClient.getFileClient('notes.txt')
  await file.create(5)
  await file.uploadRange('first', 0, 5)
  const lease = file.getShareLeaseClient()
  await lease.acquireLease()
  await refused('LeaseIdMissing', () => file.delete())
  await lease.changeLease(randomUUID())
  await lease.breakLease()
  await file.delete()
}

const blobTests = [blobLease, brokenBlobLease, manyBlobs, containerLease]
const shareTests = fileEndpoint ? [shareLease, fileLease] : []
const blobs = BlobServiceClient.fromConnectionString(connectionString)
for (const test of blobTests) {
  const container = blobs.getContainerClient(`sample-${randomUUID()}`)
  await container.create()
  await test(container)
  await container.delete()
}
for (const test of shareTests) {
  const share = ShareServiceClient.fromConnectionString(connectionString).getShareClient(`sample-${randomUUID()}`)
  await share.create()
  await test(share)
  await share.delete()
}
console.log(`${blobTests.length + shareTests.length} tests passed`)
