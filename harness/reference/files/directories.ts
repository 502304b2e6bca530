import { type Answer, isRefusal, type Refusal, refusal, success } from '../answer.ts'
import type { Call } from '../call.ts'
import { newTags } from '../ledger.ts'
import { metadataHeaders, NO_METADATA, readMetadata } from '../metadata.ts'
import { newEntryId } from './entry-id.ts'
import { directoryOf, keyOf, newEntryFault, pathFault } from './place.ts'
import { readSmbProperties, type SmbProperties, smbHeaders } from './smb-properties.ts'
import type { StoredDirectory, StoredShare, Tree } from './store.ts'

/** Directories cannot be leased, so the model knows nothing of them. */
export function createDirectory(call: Call): Answer {
  const found = shareOf(call)
  if (isRefusal(found)) return found
  const { request } = call
  const path = request.address.name
  const fault = pathFault(path) ?? newEntryFault(found.tree, path, 'directory')
  if (fault !== undefined) return fault
  if (found.tree.has(keyOf(path))) return refusal(409, 'ResourceAlreadyExists')
  const metadata = readMetadata(request)
  if (isRefusal(metadata)) return metadata
  const smb = readSmbProperties(request, 'directory')
  if (isRefusal(smb)) return smb
  const directory = newDirectory(path, smb, request.nowMs)
  found.tree.set(keyOf(path), { ...directory, metadata })
  return success(201, { ...describedBy(directory, found.tree), 'x-ms-request-server-encrypted': 'true' })
}

/** The directory that every share has from the start. */
export function rootDirectory(nowMs: number): StoredDirectory {
  const smb = { 'x-ms-file-attributes': 'Directory', 'x-ms-file-permission-key': '1*1' }
  return { ...newDirectory('', smb, nowMs), id: '0' }
}

function newDirectory(path: string, smb: SmbProperties, nowMs: number): StoredDirectory {
  return { type: 'directory', path, id: newEntryId(), metadata: NO_METADATA, smb, ...newTags(nowMs) }
}

export function getDirectoryProperties(call: Call): Answer {
  const tree = readTree(call)
  if (isRefusal(tree)) return tree
  const directory = directoryIn(tree, call.request.address.name)
  if (isRefusal(directory)) return directory
  const headers = { ...describedBy(directory, tree), ...metadataHeaders(directory.metadata) }
  return success(200, { ...headers, 'x-ms-server-encrypted': 'true' })
}

export function setDirectoryMetadata(call: Call): Answer {
  return changed(call, () => {
    const metadata = readMetadata(call.request)
    return isRefusal(metadata) ? metadata : { metadata }
  })
}

export function setDirectoryProperties(call: Call): Answer {
  return changed(call, (before) => {
    const smb = readSmbProperties(call.request, 'directory', before.smb)
    return isRefusal(smb) ? smb : { smb }
  })
}

function changed(call: Call, change: (before: StoredDirectory) => Partial<StoredDirectory> | Refusal): Answer {
  const share = shareOf(call)
  if (isRefusal(share)) return share
  const { address, nowMs } = call.request
  const before = directoryIn(share.tree, address.name)
  if (isRefusal(before)) return before
  const changes = change(before)
  if (isRefusal(changes)) return changes
  const after = { ...before, ...changes, ...newTags(nowMs) }
  share.tree.set(keyOf(address.name), after)
  return success(200, { ...describedBy(after, share.tree), 'x-ms-request-server-encrypted': 'true' })
}

export function deleteDirectory(call: Call): Answer {
  const share = shareOf(call)
  if (isRefusal(share)) return share
  const path = call.request.address.name
  const directory = directoryIn(share.tree, path)
  if (isRefusal(directory)) return directory
  if (path === '') return refusal(409, 'CannotDeleteFileOrDirectory')
  const below = `${keyOf(path)}/`
  for (const key of share.tree.keys()) if (key.startsWith(below)) return refusal(409, 'DirectoryNotEmpty')
  share.tree.delete(keyOf(path))
  return success(202)
}

/** The share that a request is about, as it is now. */
export function shareOf({ account: { files }, request: { address, query } }: Call): StoredShare | Refusal {
  if (query.has('sharesnapshot')) return refusal(400, 'InvalidQueryParameterValue')
  return files.shares.get(address.root) ?? refusal(404, 'ShareNotFound')
}

/** The entries that a read is about: those of the share, or of a snapshot of it. */
export function readTree({ account: { files }, request: { address, query } }: Call): Tree | Refusal {
  const share = files.shares.get(address.root)
  const snapshot = query.get('sharesnapshot')
  const tree = snapshot === undefined ? share?.tree : share?.snapshots.get(snapshot)?.tree
  return tree ?? refusal(404, 'ShareNotFound')
}

export function directoryIn(tree: Tree, path: string): StoredDirectory | Refusal {
  const entry = tree.get(keyOf(path))
  if (entry?.type === 'directory') return entry
  if (entry !== undefined) return refusal(409, 'ResourceTypeMismatch')
  return refusal(404, tree.has(keyOf(directoryOf(path))) ? 'ResourceNotFound' : 'ParentNotFound')
}

function describedBy(directory: StoredDirectory, tree: Tree): Record<string, string> {
  const { etag, lastModified, path } = directory
  return { etag, 'last-modified': lastModified, ...smbHeaders(directory, parentIdOf(tree, path)) }
}

export function parentIdOf(tree: Tree, path: string): string {
  return tree.get(keyOf(directoryOf(path)))?.id ?? '0'
}
