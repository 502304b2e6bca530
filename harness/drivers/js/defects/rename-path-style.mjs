// ShareFileClient.rename leaves the account out of an address that has it in its path, as that of an emulator does: the
// request goes to a share with the account's name. In @azure/storage-file-share 12.12.0 to 12.33.0.
//
//   AZURE_STORAGE_CONNECTION_STRING=... node rename-path-style.mjs      with a FileEndpoint such as http://127.0.0.1:10003/NAME
import { ShareServiceClient } from '@azure/storage-file-share'

const service = ShareServiceClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING)
const share = service.getShareClient(`defect-${Date.now()}`)
await share.create()
const file = share.rootDirectoryClient.getFileClient('before')
await file.create(1)
const { destinationFileClient } = await file.rename('after')
const path = (url) => new URL(url).pathname
console.log(`asked for ${path(destinationFileClient.url)} instead of ${path(file.url).replace('before', 'after')}`)
await share.delete()
