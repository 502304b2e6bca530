import { NEVER_LEASED } from '../../../model/lease.ts'
import type { Resource } from '../../../model/resource.ts'
import { type Answer, done, invalidHeader, isRefusal, type Refusal, refusal } from '../answer.ts'
import { mayReadSource } from '../authorization/authorize.ts'
import { newCopyId } from '../blobs/create-blob.ts'
import type { Call } from '../call.ts'
import { readMetadata } from '../metadata.ts'
import { pathBelowAccount } from '../source-path.ts'
import { copyOf } from '../sparse-bytes.ts'
import { newEntryId } from './entry-id.ts'
import { filePlace, fileResourceName, keyOf, newEntryFault, onFile } from './place.ts'
import { readSmbProperties } from './smb-properties.ts'
import type { StoredFile } from './store.ts'

/** A file of this account, or of a snapshot, that is copied or moved. */
export interface SourceFile {
  readonly url: string
  readonly root: string
  readonly path: string
  /** Undefined if it does not exist. */
  readonly file: StoredFile | undefined
  readonly resource: Resource
}

/** Finds what a URL names. Whatever the host is called, it is this server: there is no other that it could read. */
export function sourceFileOf(call: Call, text: string | undefined): SourceFile | Refusal {
  const url = URL.parse(text ?? '')
  if (url === null || !/^https?:$/.test(url.protocol)) return invalidHeader('x-ms-copy-source', text ?? '')
  const below = pathBelowAccount(url, call.account.credential.account)
  const slash = below?.indexOf('/') ?? -1
  if (below === undefined || slash < 0) return refusal(404, 'CannotVerifyCopySource')
  const [root, path] = [below.slice(0, slash), below.slice(slash + 1)]
  const query = new Map(url.searchParams)
  const { nowMs, from } = call.request
  const source = { service: 'file', query, address: { root, name: path }, nowMs, from } as const
  if (!mayReadSource(call.caller, source, call.account)) return refusal(403, 'CannotVerifyCopySource')
  const snapshot = query.get('sharesnapshot')
  if (snapshot !== undefined) return inSnapshot(call, url.href, root, path, snapshot)
  const { file, resource } = filePlace(call, root, path)
  return { url: url.href, root, path, file, resource }
}

function inSnapshot({ account }: Call, url: string, root: string, path: string, snapshot: string): SourceFile {
  const entry = account.files.shares.get(root)?.snapshots.get(snapshot)?.tree.get(keyOf(path))
  const file = entry?.type === 'file' ? entry : undefined
  const name = `${fileResourceName(root, path)}?snapshot=${snapshot}`
  const existence = file === undefined ? 'absent' : 'present'
  return { url, root, path, file, resource: { name, kind: 'file', existence, lease: NEVER_LEASED, ...file?.frozen } }
}

/** Copy File: the service does it later, we do it at once, so it is complete when it is answered. */
export function copyFile(call: Call): Answer {
  const source = sourceFileOf(call, call.request.headers['x-ms-copy-source'])
  if (isRefusal(source)) return source
  return onFile(
    call,
    'copyFile',
    ({ share, path, file }) => {
      const from = source.file
      if (from === undefined) return refusal(404, 'CannotVerifyCopySource')
      const fault = newEntryFault(share!.tree, path, 'file')
      if (fault !== undefined) return fault
      const metadata = readMetadata(call.request)
      if (isRefusal(metadata)) return metadata
      const smb = readSmbProperties(call.request, 'file', from.smb)
      if (isRefusal(smb)) return smb
      const { nowMs } = call.request
      const copy = { id: newCopyId(), source: source.url, completedMs: nowMs, sizeBytes: from.bytes.sizeBytes }
      const own = { path, id: file?.id ?? newEntryId(), metadata: metadata.size === 0 ? from.metadata : metadata }
      const copied = { ...own, smb, headers: from.headers, bytes: copyOf(from.bytes), copy }
      share!.tree.set(keyOf(path), { type: 'file', ...copied })
      return done({ 'x-ms-copy-id': copy.id, 'x-ms-copy-status': 'success' })
    },
    source.resource,
  )
}

/** Every copy is complete at once, so there is never one to abort: if the model lets it pass, that is what is wrong. */
export function abortCopyFile(call: Call): Answer {
  return onFile(call, 'abortCopyFile', () => refusal(409, 'NoPendingCopyOperation'))
}
