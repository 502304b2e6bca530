// ShareLeaseClient.renewLease throws a RangeError for shares and sends nothing, and ends in a TypeError for files, which have
// no renewal: its check for files is the wrong way round. In @azure/storage-file-share 12.26.0 to 12.33.0.
//
//   AZURE_STORAGE_CONNECTION_STRING=... node share-lease-renewal.mjs
import { ShareServiceClient } from '@azure/storage-file-share'

const service = ShareServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING)
const share = service.getShareClient(`defect-${Date.now()}`)
await share.create()
const file = share.rootDirectoryClient.getFileClient('file')
await file.create(1)
for (const [name, client] of Object.entries({ share, file })) {
  const lease = client.getShareLeaseClient()
  await lease.acquireLease(-1)
  await lease.renewLease().then(
    () => console.log(`${name}: renewed`),
    (error) => console.log(`${name}: ${error.name}`),
  )
  await lease.releaseLease()
}
await share.delete()
