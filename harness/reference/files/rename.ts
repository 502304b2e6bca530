import {
  type Answer,
  done,
  invalidHeader,
  isRefusal,
  missingHeader,
  type Refusal,
  refusal,
  success,
} from '../answer.ts'
import type { Call } from '../call.ts'
import { newTags } from '../ledger.ts'
import { readMetadata } from '../metadata.ts'
import { sourceFileOf } from './copy-file.ts'
import { directoryIn, parentIdOf, shareOf } from './directories.ts'
import { fileResourceName, keyOf, newEntryFault, onFile, pathFault } from './place.ts'
import { readSmbProperties, smbHeaders } from './smb-properties.ts'
import type { StoredShare } from './store.ts'

const SOURCE = 'x-ms-file-rename-source'

/** Rename File. It takes its lease along; the file that it replaces loses its own. The model sees to both. */
export function renameFile(call: Call): Answer {
  const { request } = call
  if (request.headers[SOURCE] === undefined) return missingHeader(SOURCE)
  const source = sourceFileOf(call, request.headers[SOURCE])
  if (isRefusal(source)) return source
  if (source.root !== request.address.root) return invalidHeader(SOURCE, request.headers[SOURCE])
  return onFile(
    call,
    'renameFile',
    ({ share, path, file }) => {
      if (source.file === undefined) return refusal(404, 'ResourceNotFound')
      const isSame = keyOf(source.path) === keyOf(path)
      const fault = newEntryFault(share!.tree, path, 'file') ?? replacingFault(call, !isSame && file !== undefined)
      if (fault !== undefined) return fault
      const metadata = readMetadata(request)
      if (isRefusal(metadata)) return metadata
      const smb = readSmbProperties(request, 'file', source.file.smb)
      if (isRefusal(smb)) return smb
      const own = { path, smb, metadata: metadata.size === 0 ? source.file.metadata : metadata }
      const moved = { ...source.file, ...own }
      share!.tree.delete(keyOf(source.path))
      share!.tree.set(keyOf(path), moved)
      return done(smbHeaders(moved, parentIdOf(share!.tree, path)))
    },
    source.resource,
  )
}

/** Rename Directory, with everything in it. The model does not know directories; what is in them keeps what it has. */
export function renameDirectory(call: Call): Answer {
  const { request } = call
  const share = shareOf(call)
  if (isRefusal(share)) return share
  const source = sourceFileOf(call, request.headers[SOURCE])
  if (isRefusal(source)) return source
  if (source.root !== share.name) return invalidHeader(SOURCE, source.url)
  const directory = directoryIn(share.tree, source.path)
  if (isRefusal(directory)) return directory
  const path = request.address.name
  const isInside = source.path === '' || `${keyOf(path)}/`.startsWith(`${keyOf(source.path)}/`)
  const fault = pathFault(path) ?? newEntryFault(share.tree, path, 'directory')
  if (fault !== undefined) return fault
  if (path === '' || isInside) return invalidHeader(SOURCE, source.url)
  if (share.tree.has(keyOf(path))) return refusal(409, 'ResourceAlreadyExists')
  const smb = readSmbProperties(request, 'directory', directory.smb)
  if (isRefusal(smb)) return smb
  moveAll(call, share, directory.path, path)
  const moved = { ...directory, path, smb, ...newTags(request.nowMs) }
  share.tree.set(keyOf(path), moved)
  const tags = { etag: moved.etag, 'last-modified': moved.lastModified }
  return success(200, { ...tags, ...smbHeaders(moved, parentIdOf(share.tree, path)) })
}

function moveAll({ account: { files } }: Call, share: StoredShare, from: string, to: string): void {
  for (const [key, entry] of [...share.tree]) {
    if (key !== keyOf(from) && !key.startsWith(`${keyOf(from)}/`)) continue
    const path = to + entry.path.slice(from.length)
    share.tree.delete(key)
    share.tree.set(keyOf(path), { ...entry, path })
    if (entry.type === 'directory') continue
    const name = fileResourceName(share.name, path)
    files.ledger.rename(fileResourceName(share.name, entry.path), { name, parent: share.name })
  }
}

/** A file that is there is replaced only if the request says so. */
function replacingFault({ request: { headers } }: Call, isReplacing: boolean): Refusal | undefined {
  const replaces = headers['x-ms-file-rename-replace-if-exists']?.toLowerCase() === 'true'
  return isReplacing && !replaces ? refusal(409, 'ResourceAlreadyExists') : undefined
}
