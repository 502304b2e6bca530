import { type Refusal, refusal } from './answer.ts'
import type { StorageRequest } from './request.ts'

/** Names as they were sent, and values. */
export type Metadata = ReadonlyMap<string, string>

export const NO_METADATA: Metadata = new Map()

const PREFIX = 'x-ms-meta-'
const MOST_BYTES = 8 * 1024
/** Names are identifiers of C#, of which we take those in ASCII. Source: "Naming and referencing containers, blobs, and metadata". */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Reads the metadata that a request carries. */
export function readMetadata({ rawHeaders }: StorageRequest): Metadata | Refusal {
  let found: Map<string, string> | undefined
  let bytes = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const header = rawHeaders[i]!
    if (header.length < PREFIX.length || header.slice(0, PREFIX.length).toLowerCase() !== PREFIX) continue
    const name = header.slice(PREFIX.length)
    if (name === '') return refusal(400, 'EmptyMetadataKey')
    if (!NAME.test(name)) return refusal(400, 'InvalidMetadata')
    bytes += name.length + rawHeaders[i + 1]!.length
    found ??= new Map()
    found.set(name, rawHeaders[i + 1]!)
  }
  return bytes > MOST_BYTES ? refusal(400, 'MetadataTooLarge') : (found ?? NO_METADATA)
}

export function metadataHeaders(metadata: Metadata): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of metadata) headers[`${PREFIX}${name}`] = value
  return headers
}
