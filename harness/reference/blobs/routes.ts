import { invalidHeader, missingHeader, type Refusal } from '../answer.ts'
import { needs, type Permission } from '../authorization/permission.ts'
import type { Call } from '../call.ts'
import { leasePermission } from '../lease-operation.ts'
import type { StorageRequest } from '../request.ts'
import { type Route, type Routes, route } from '../route.ts'
import {
  getAccountInformation,
  getServiceProperties,
  getServiceStats,
  setServiceProperties,
} from '../service-properties.ts'
import { appendBlock, appendBlockFromUrl, sealAppendBlob } from './append-blob.ts'
import { getBlockList, putBlock, putBlockFromUrl, putBlockList } from './blocks.ts'
import {
  createContainer,
  deleteContainer,
  getContainerAcl,
  getContainerMetadata,
  getContainerProperties,
  setContainerAcl,
  setContainerMetadata,
} from './containers.ts'
import { abortCopyBlob, copyBlob, copyBlobSync, putBlobFromUrl } from './copy-blob.ts'
import { putAppendBlob, putBlob, putPageBlob } from './create-blob.ts'
import { deleteBlob, undeleteBlob } from './delete-blob.ts'
import { leaseBlob, leaseContainer } from './lease.ts'
import { listBlobs } from './list-blobs.ts'
import { listContainers } from './list-containers.ts'
import { clearPage, getPageRanges, putPage, putPageFromUrl, resizePageBlob, setSequenceNumber } from './page-blob.ts'
import { getBlob, getBlobMetadata, getBlobProperties } from './read-blob.ts'
import { snapshotBlob } from './snapshot-blob.ts'
import { getBlobTags, setBlobTags } from './tags.ts'
import { setBlobTier } from './tier.ts'
import { setBlobMetadata, setBlobProperties } from './write-blob.ts'

const NEVER = ''
const READ = needs('o', 'r', 'r', 'blob')
const WRITE = needs('o', 'w')
const CREATE = needs('o', 'wc')
const APPEND = needs('o', 'wa')
const READ_CONTAINER = needs('c', 'r', NEVER, 'container')
const WRITE_CONTAINER = needs('c', 'w', NEVER)
/** Only the key of the account opens it. */
const KEY_ONLY = needs('c', NEVER, NEVER)
const SERVICE_READ = needs('s', 'r', NEVER)

/**
 * The operations of the blob service: method, what the path names, and what the query says of it. Permissions are those of
 * "Create an account SAS" and "Create a service SAS".
 */
export const BLOB_ROUTES: Routes = {
  'GET service comp=list': route(needs('s', 'l', NEVER), listContainers),
  'GET service comp=properties': route(SERVICE_READ, getServiceProperties),
  'PUT service comp=properties': route(needs('s', 'w', NEVER), setServiceProperties),
  'GET service comp=stats': route(SERVICE_READ, getServiceStats),
  'GET service restype=account comp=properties': route(needs('s', 'r', 'r'), getAccountInformation),

  'PUT container': route(needs('c', 'wc', NEVER), createContainer),
  'GET container': route(READ_CONTAINER, getContainerProperties),
  'DELETE container': route(needs('c', 'd', NEVER), deleteContainer),
  'GET container comp=metadata': route(READ_CONTAINER, getContainerMetadata),
  'PUT container comp=metadata': route(WRITE_CONTAINER, setContainerMetadata),
  'GET container comp=acl': route(KEY_ONLY, getContainerAcl),
  'PUT container comp=acl': route(KEY_ONLY, setContainerAcl),
  'PUT container comp=lease': (request) => ({ permission: leasePermission(request, 'c'), serve: leaseContainer }),
  'GET container comp=list': route(needs('c', 'l', 'l', 'container'), listBlobs),
  'GET container restype=account comp=properties': route(needs('c', 'r', 'r'), getAccountInformation),

  'GET blob': route(READ, getBlob),
  'HEAD blob': route(READ, getBlobProperties),
  'PUT blob': putRoute,
  'DELETE blob': route(needs('o', 'd'), deleteBlob),
  'GET blob comp=metadata': route(READ, getBlobMetadata),
  'PUT blob comp=metadata': route(WRITE, setBlobMetadata),
  'PUT blob comp=properties': propertiesRoute,
  'PUT blob comp=lease': (request) => ({ permission: leasePermission(request, 'o'), serve: leaseBlob }),
  'PUT blob comp=snapshot': route(CREATE, snapshotBlob),
  'PUT blob comp=undelete': route(WRITE, undeleteBlob),
  'PUT blob comp=tier': route(WRITE, setBlobTier),
  'GET blob comp=tags': route(needs('o', 't'), getBlobTags),
  'PUT blob comp=tags': route(needs('o', 't'), setBlobTags),
  'PUT blob comp=copy': route(WRITE, abortCopyBlob),
  'PUT blob comp=block': fromUrl(WRITE, putBlock, putBlockFromUrl),
  'PUT blob comp=blocklist': route(WRITE, putBlockList),
  'GET blob comp=blocklist': route(READ, getBlockList),
  'PUT blob comp=appendblock': fromUrl(APPEND, appendBlock, appendBlockFromUrl),
  'PUT blob comp=seal': route(APPEND, sealAppendBlob),
  'PUT blob comp=page': pageRoute,
  'GET blob comp=pagelist': route(READ, getPageRanges),
  'GET blob restype=account comp=properties': route(needs('o', 'r', 'r'), getAccountInformation),
}

type Serve = (call: Call) => ReturnType<Route['serve']>

/** An operation with a body, or the one that takes the bytes from another blob. */
function fromUrl(permission: Permission, withBody: Serve, fromSource: Serve): (request: StorageRequest) => Route {
  const [direct, copying] = [route(permission, withBody), route(permission, fromSource)]
  return ({ headers }) => (headers['x-ms-copy-source'] === undefined ? direct : copying)
}

/** The operations that are a plain PUT: which one it is, the headers say. A new blob can be created, an old one only written. */
function putRoute({ headers }: StorageRequest): Route | Refusal {
  const type = headers['x-ms-blob-type']
  if (headers['x-ms-copy-source'] !== undefined) {
    if (type?.toLowerCase() === 'blockblob') return route(CREATE, putBlobFromUrl)
    return route(CREATE, headers['x-ms-requires-sync']?.toLowerCase() === 'true' ? copyBlobSync : copyBlob)
  }
  switch (type?.toLowerCase()) {
    case 'blockblob':
      return route(CREATE, putBlob)
    case 'appendblob':
      return route(CREATE, putAppendBlob)
    case 'pageblob':
      return route(CREATE, putPageBlob)
    case undefined:
      return missingHeader('x-ms-blob-type')
    default:
      return invalidHeader('x-ms-blob-type', type!)
  }
}

function propertiesRoute({ headers }: StorageRequest): Route {
  if (headers['x-ms-blob-content-length'] !== undefined) return route(WRITE, resizePageBlob)
  return route(WRITE, headers['x-ms-sequence-number-action'] === undefined ? setBlobProperties : setSequenceNumber)
}

function pageRoute({ headers }: StorageRequest): Route | Refusal {
  const action = headers['x-ms-page-write']
  switch (action?.toLowerCase()) {
    case 'clear':
      return route(WRITE, clearPage)
    case 'update':
      return route(WRITE, headers['x-ms-copy-source'] === undefined ? putPage : putPageFromUrl)
    case undefined:
      return missingHeader('x-ms-page-write')
    default:
      return invalidHeader('x-ms-page-write', action!)
  }
}
