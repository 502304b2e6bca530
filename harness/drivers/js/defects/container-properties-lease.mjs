// ContainerClient.getProperties drops the lease id that it is given: it succeeds where the service would answer 412, as
// BlobClient.getProperties shows. In @azure/storage-blob 12.12.0 to 12.34.0.
//
//   AZURE_STORAGE_CONNECTION_STRING=... node container-properties-lease.mjs
import { BlobServiceClient } from '@azure/storage-blob'

const service = BlobServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING)
const container = service.getContainerClient(`defect-${Date.now()}`)
await container.create()
const conditions = { leaseId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' }
await container.getProperties({ conditions }).then(
  () => console.log('container, with the id of no lease: it succeeds'),
  ({ statusCode, details }) => console.log(`container: ${statusCode} ${details?.errorCode}`),
)
await container.delete()
