import { XMLParser } from 'fast-xml-parser'
import type { Service } from '../../../model/resource.ts'
import type { Answer } from '../../../model/trace.ts'

/** What a listing says of one resource. */
export interface Listed {
  readonly name: string
  readonly answer: Answer
}

/** Where each listing has its elements. Sources: List Blobs, List Containers, List Shares. */
const ELEMENTS = { blobs: ['Blobs', 'Blob'], blob: ['Containers', 'Container'], file: ['Shares', 'Share'] } as const

/** Lease elements of a listed resource, and the headers that say the same of a single one. Source: List Blobs. */
const LISTED = [
  ['LeaseState', 'x-ms-lease-state'],
  ['LeaseStatus', 'x-ms-lease-status'],
  ['LeaseDuration', 'x-ms-lease-duration'],
] as const

const xml = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === 'Blob' || name === 'Container' || name === 'Share',
})

interface Element {
  readonly Name?: unknown
  readonly Snapshot?: unknown
  readonly Deleted?: unknown
  readonly IsCurrentVersion?: unknown
  readonly VersionId?: unknown
  readonly Properties?: Readonly<Record<string, unknown>> | ''
}

/** The resources that a listing shows as they are now: no snapshots, no old versions, nothing deleted. */
export function listedResources(body: string, of: Service | 'blobs'): readonly Listed[] {
  if (!body.includes('<EnumerationResults')) return []
  const [all, each] = ELEMENTS[of]
  let parsed: {
    readonly EnumerationResults?: Readonly<Record<string, Readonly<Record<string, readonly Element[]>> | ''>>
  }
  try {
    parsed = xml.parse(body)
  } catch {
    return []
  }
  const found = parsed.EnumerationResults?.[all]
  return (found ? (found[each] ?? []) : []).flatMap((element) => {
    if (typeof element.Name !== 'string' || !isCurrent(element)) return []
    const properties = element.Properties || {}
    const headers = LISTED.flatMap(([name, header]) =>
      typeof properties[name] === 'string' && properties[name] !== '' ? [[header, properties[name]] as const] : [],
    )
    return [{ name: element.Name, answer: { status: 200, headers: Object.fromEntries(headers) } }]
  })
}

function isCurrent({ Snapshot, Deleted, VersionId, IsCurrentVersion }: Element): boolean {
  return Snapshot === undefined && Deleted !== 'true' && (VersionId === undefined || IsCurrentVersion === 'true')
}
