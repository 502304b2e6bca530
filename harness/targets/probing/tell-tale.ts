import type { OperationName } from '../../../model/operation.ts'
import type { ReceivedAnswer } from '../../drivers/sending.ts'

/** What a target answered where an operation had to succeed, and to plain looks at the resource before and afterwards. */
export interface Heard {
  readonly name: OperationName
  /** The statuses with which it succeeds. */
  readonly expected: readonly number[]
  readonly answer: ReceivedAnswer
  /** Undefined where no answer came. */
  readonly before: ReceivedAnswer | undefined
  readonly after: ReceivedAnswer | undefined
}

/**
 * The root element of what an operation answers; `nothing` where it answers with headers only. Sources: the REST pages.
 * Metadata of blobs and files is not here: who answers with the content too says the same of leases.
 */
const BODIES: Readonly<Partial<Record<OperationName, string>>> = {
  getBlobTags: 'Tags',
  getBlockList: 'BlockList',
  getPageRanges: 'PageList',
  listBlobs: 'EnumerationResults',
  getContainerProperties: 'nothing',
  getContainerMetadata: 'nothing',
  getContainerAcl: 'SignedIdentifiers',
  listContainers: 'EnumerationResults',
  getShareProperties: 'nothing',
  getShareMetadata: 'nothing',
  getShareAcl: 'SignedIdentifiers',
  getShareStats: 'ShareStats',
  listShares: 'EnumerationResults',
  listRanges: 'Ranges',
  getShareSnapshotProperties: 'nothing',
}

/** What a client cannot do without, so that an answer that lacks it is none to the operation. */
const INDISPENSABLE: Readonly<Partial<Record<OperationName, string>>> = {
  snapshotBlob: 'x-ms-snapshot',
  snapshotShare: 'x-ms-snapshot',
}

/** Operations that put something else in the place of the content, or make it longer or shorter. */
const CHANGES_CONTENT: ReadonlySet<OperationName> = new Set<OperationName>([
  'putBlob',
  'putAppendBlob',
  'putPageBlob',
  'putBlockList',
  'putBlobFromUrl',
  'copyBlobSync',
  'copyBlob',
  'appendBlock',
  'appendBlockFromUrl',
  'createFile',
  'copyFile',
  'renameFile',
  'deleteBlob',
  'deleteFile',
  'resizePageBlob',
])

/**
 * What shows that a success is another operation's: whoever ignores the query of a PUT makes a container or writes a blob, and
 * whoever ignores that of a GET reads it.
 */
export function strayedTo(heard: Heard): string | undefined {
  const { name, answer, after } = heard
  const { status, headers } = answer
  const body = BODIES[name]
  if (body !== undefined && status === 200 && !holds(answer.body, body))
    return body === 'nothing' ? '200 with content' : `200 without ${body}`
  const missing = INDISPENSABLE[name]
  if (missing !== undefined && headers[missing] === undefined) return `${status} without ${missing}`
  if (name === 'acquire' && headers['x-ms-lease-id'] === undefined && after?.headers['x-ms-lease-state'] !== 'leased')
    return `${status} without a lease`
  return overwritten(heard) ? `${status}, and the content was overwritten` : undefined
}

function holds(text: string, root: string): boolean {
  return root === 'nothing' ? text.trim() === '' : new RegExp(`<(\\w+:)?${root}[\\s/>]`).test(text)
}

/** Whether looks find other content than there was: of another type, or of another length. */
function overwritten({ name, before, after }: Heard): boolean {
  if (before?.status !== 200 || after?.status !== 200 || CHANGES_CONTENT.has(name)) return false
  // What is staged is no content yet, and it is as long as what is there.
  const telling = name === 'putBlock' ? [...OF_CONTENT, 'etag'] : OF_CONTENT
  return telling.some((header) => before.headers[header] !== after.headers[header])
}

const OF_CONTENT = ['x-ms-blob-type', 'content-length']
