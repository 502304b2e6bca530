import { invalidHeader, missingHeader, type Refusal } from '../answer.ts'
import { needs } from '../authorization/permission.ts'
import { leasePermission } from '../lease-operation.ts'
import type { StorageRequest } from '../request.ts'
import { type Route, type Routes, route } from '../route.ts'
import { getServiceProperties, setServiceProperties } from '../service-properties.ts'
import { abortCopyFile, copyFile } from './copy-file.ts'
import { createFile } from './create-file.ts'
import {
  createDirectory,
  deleteDirectory,
  getDirectoryProperties,
  setDirectoryMetadata,
  setDirectoryProperties,
} from './directories.ts'
import { closeHandles, listHandles } from './handles.ts'
import { leaseFile, leaseShare } from './lease.ts'
import { listDirectory } from './list-directory.ts'
import { listShares } from './list-shares.ts'
import { createPermission, getPermission } from './permissions.ts'
import { getFile, getFileMetadata, getFileProperties, listRanges } from './read-file.ts'
import { renameDirectory, renameFile } from './rename.ts'
import { deleteShare, snapshotShare } from './share-snapshots.ts'
import {
  createShare,
  getShareAcl,
  getShareMetadata,
  getShareProperties,
  getShareStats,
  setShareAcl,
  setShareMetadata,
  setShareProperties,
} from './shares.ts'
import { clearRange, deleteFile, putRange, putRangeFromUrl, setFileMetadata, setFileProperties } from './write-file.ts'

const NEVER = ''
const READ = needs('o', 'r')
const WRITE = needs('o', 'w')
const CREATE = needs('o', 'wc')
const READ_SHARE = needs('c', 'r', NEVER)
const WRITE_SHARE = needs('c', 'w', NEVER)
const CREATE_SHARE = needs('c', 'wc', NEVER)
/** Only the key of the account opens it. */
const KEY_ONLY = needs('c', NEVER, NEVER)

/**
 * The operations of the file service: method, what the path names, and what the query says of it. Permissions are those of
 * "Create an account SAS" and "Create a service SAS".
 */
export const FILE_ROUTES: Routes = {
  'GET service comp=list': route(needs('s', 'l', NEVER), listShares),
  'GET service comp=properties': route(needs('s', 'r', NEVER), getServiceProperties),
  'PUT service comp=properties': route(needs('s', 'w', NEVER), setServiceProperties),

  'PUT share': route(CREATE_SHARE, createShare),
  'GET share': route(READ_SHARE, getShareProperties),
  'DELETE share': route(needs('c', 'd', NEVER), deleteShare),
  'GET share comp=metadata': route(READ_SHARE, getShareMetadata),
  'PUT share comp=metadata': route(WRITE_SHARE, setShareMetadata),
  'PUT share comp=properties': route(WRITE_SHARE, setShareProperties),
  'GET share comp=acl': route(KEY_ONLY, getShareAcl),
  'PUT share comp=acl': route(KEY_ONLY, setShareAcl),
  'GET share comp=stats': route(READ_SHARE, getShareStats),
  'PUT share comp=snapshot': route(CREATE_SHARE, snapshotShare),
  'PUT share comp=lease': (request) => ({ permission: leasePermission(request, 'c'), serve: leaseShare }),
  'PUT share comp=filepermission': route(needs('c', 'w', NEVER), createPermission),
  'GET share comp=filepermission': route(READ_SHARE, getPermission),

  'PUT directory': route(CREATE, createDirectory),
  'GET directory': route(READ, getDirectoryProperties),
  'DELETE directory': route(needs('o', 'd'), deleteDirectory),
  'GET directory comp=metadata': route(READ, getDirectoryProperties),
  'PUT directory comp=metadata': route(WRITE, setDirectoryMetadata),
  'PUT directory comp=properties': route(WRITE, setDirectoryProperties),
  'GET directory comp=list': route(needs('c', 'l', 'l'), listDirectory),
  'PUT directory comp=rename': route(WRITE, renameDirectory),
  'GET directory comp=listhandles': route(needs('o', 'l'), listHandles),
  'PUT directory comp=forceclosehandles': route(WRITE, closeHandles),

  'PUT file': ({ headers }) => route(CREATE, headers['x-ms-copy-source'] === undefined ? createFile : copyFile),
  'GET file': route(READ, getFile),
  'HEAD file': route(READ, getFileProperties),
  'DELETE file': route(needs('o', 'd'), deleteFile),
  'GET file comp=metadata': route(READ, getFileMetadata),
  'PUT file comp=metadata': route(WRITE, setFileMetadata),
  'PUT file comp=properties': route(WRITE, setFileProperties),
  'PUT file comp=range': rangeRoute,
  'GET file comp=rangelist': route(READ, listRanges),
  'PUT file comp=copy': route(WRITE, abortCopyFile),
  'PUT file comp=rename': route(WRITE, renameFile),
  'PUT file comp=lease': (request) => ({ permission: leasePermission(request, 'o'), serve: leaseFile }),
  'GET file comp=listhandles': route(needs('o', 'l'), listHandles),
  'PUT file comp=forceclosehandles': route(WRITE, closeHandles),
}

function rangeRoute({ headers }: StorageRequest): Route | Refusal {
  const action = headers['x-ms-write']
  switch (action?.toLowerCase()) {
    case 'clear':
      return route(WRITE, clearRange)
    case 'update':
      return route(WRITE, headers['x-ms-copy-source'] === undefined ? putRange : putRangeFromUrl)
    case undefined:
      return missingHeader('x-ms-write')
    default:
      return invalidHeader('x-ms-write', action!)
  }
}
