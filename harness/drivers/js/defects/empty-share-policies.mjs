// ShareClient.getAccessPolicy throws a TypeError for a share that has no access policies, as every new share is.
// In @azure/storage-file-share 12.33.0, and not yet in 12.31.0.
//
//   AZURE_STORAGE_CONNECTION_STRING=... node empty-share-policies.mjs
import { ShareServiceClient } from '@azure/storage-file-share'

const service = ShareServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING)
const share = service.getShareClient(`defect-${Date.now()}`)
await share.create()
await share.getAccessPolicy().then(
  ({ signedIdentifiers }) => console.log(`policies: ${signedIdentifiers.length}`),
  (error) => console.log(`policies: ${error.name}`),
)
await share.delete()
