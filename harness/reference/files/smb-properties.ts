import type { Instant } from '../../../model/time.ts'
import { invalidHeader, type Refusal } from '../answer.ts'
import type { StorageRequest } from '../request.ts'
import type { EntryProperties } from './store.ts'

/** Attributes, permission and times of an entry, by the names of their headers. */
export type SmbProperties = EntryProperties['smb']

const ATTRIBUTES = 'x-ms-file-attributes'
const PERMISSION_KEY = 'x-ms-file-permission-key'
const CREATION_TIME = 'x-ms-file-creation-time'
const WRITE_TIME = 'x-ms-file-last-write-time'
const CHANGE_TIME = 'x-ms-file-change-time'
const ATTRIBUTE_NAMES = [
  'none',
  'readonly',
  'hidden',
  'system',
  'directory',
  'archive',
  'temporary',
  'offline',
  'notcontentindexed',
  'noscrubdata',
]
/** The one permission that everything has that was given none of its own. */
const DEFAULT_PERMISSION_KEY = '1*1'
/** Texts that say "as it is" or "at this instant" in place of a value. */
const KEPT = 'preserve'
const NOW = 'now'

/** Reads what a request says of them; what it does not say stays as it was before, or begins as it does for everything new. */
export function readSmbProperties(
  { headers, nowMs }: StorageRequest,
  type: 'directory' | 'file',
  before?: SmbProperties,
): SmbProperties | Refusal {
  const found: Record<string, string> = { ...(before ?? initial(type, nowMs)), [CHANGE_TIME]: smbTime(nowMs) }
  const attributes = headers[ATTRIBUTES]
  if (attributes !== undefined && attributes.toLowerCase() !== KEPT) {
    const names = attributes.split('|').map((name) => name.trim().toLowerCase())
    if (!names.every((name) => ATTRIBUTE_NAMES.includes(name))) return invalidHeader(ATTRIBUTES, attributes)
    found[ATTRIBUTES] = names.includes('none') ? (type === 'directory' ? 'Directory' : 'None') : attributes
  }
  for (const name of [CREATION_TIME, WRITE_TIME, CHANGE_TIME]) {
    const text = headers[name]
    if (text === undefined || text.toLowerCase() === KEPT) continue
    const ms = text.toLowerCase() === NOW ? nowMs : Date.parse(text)
    if (Number.isNaN(ms)) return invalidHeader(name, text)
    found[name] = text.toLowerCase() === NOW ? smbTime(nowMs) : text
  }
  found[PERMISSION_KEY] = headers[PERMISSION_KEY] ?? found[PERMISSION_KEY]!
  return found
}

/** The same after the content was written. */
export function writtenAt(smb: SmbProperties, nowMs: Instant): SmbProperties {
  return { ...smb, [WRITE_TIME]: smbTime(nowMs), [CHANGE_TIME]: smbTime(nowMs) }
}

/** The headers that show an entry. */
export function smbHeaders({ smb, id, path }: EntryProperties, parentId: string): Record<string, string> {
  return { ...smb, 'x-ms-file-id': id, ...(path === '' ? {} : { 'x-ms-file-parent-id': parentId }) }
}

function initial(type: 'directory' | 'file', nowMs: Instant): SmbProperties {
  const now = smbTime(nowMs)
  return {
    [ATTRIBUTES]: type === 'directory' ? 'Directory' : 'Archive',
    [PERMISSION_KEY]: DEFAULT_PERMISSION_KEY,
    [CREATION_TIME]: now,
    [WRITE_TIME]: now,
    [CHANGE_TIME]: now,
  }
}

/** An instant as SMB times are written: to 100 ns. */
function smbTime(nowMs: Instant): string {
  return `${new Date(nowMs).toISOString().slice(0, -1)}0000Z`
}
