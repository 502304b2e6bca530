/** For tests: a program that takes a lease, and gives its id back in capital letters, as the service permits. It exits with its argument. */
import { randomUUID } from 'node:crypto'
import { BlobServiceClient } from '@azure/storage-blob'

const service = BlobServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING)
const container = service.getContainerClient(`box-${randomUUID()}`)
await container.create()
const blob = container.getBlockBlobClient('blob')
await blob.upload('text', 4)
const { leaseId } = await blob.getBlobLeaseClient('abcdefab-0000-4000-8000-00000000000a').acquireLease(15)
const answer = await blob
  .getBlobLeaseClient(leaseId.toUpperCase())
  .releaseLease()
  .catch((error) => error)
console.log(answer.statusCode === undefined ? 'released' : `refused with ${answer.statusCode}`)
process.exit(Number(process.argv[2] ?? 0))
