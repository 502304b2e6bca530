import {
  type Answer,
  done,
  invalidParameter,
  isRefusal,
  missingParameter,
  type Refusal,
  refusal,
  xmlBody,
} from '../answer.ts'
import type { Call } from '../call.ts'
import { xmlText } from '../read-xml.ts'
import { element, XML_HEAD } from '../xml.ts'
import { type BlobContent, type Block, MOST_BLOB_BYTES, sizeOf } from './content.ts'
import { onBlobFromUrl } from './copy-source.ts'
import { ENCRYPTED, md5Fault, md5Of, newBlob, store } from './create-blob.ts'
import { type BlobPlace, onBlob } from './place.ts'
import type { StoredBlob } from './store.ts'

const MOST_BLOCKS = 50_000
const MOST_STAGED = 100_000
const MOST_ID_BYTES = 64
const INVALID_LIST = refusal(400, 'InvalidBlockList')

export function putBlock(call: Call): Answer {
  return onBlob(call, 'putBlock', (place) => {
    const wrong = md5Fault(call)
    if (wrong !== undefined) return wrong
    if (call.body.length === 0)
      return refusal(400, 'InvalidHeaderValue', { HeaderName: 'content-length', HeaderValue: '0' })
    const refused = stage(call, place, call.body)
    return refused ?? done({ ...ENCRYPTED, 'content-md5': md5Of(call.body) })
  })
}

export function putBlockFromUrl(call: Call): Answer {
  return onBlobFromUrl(call, 'putBlockFromUrl', (place, bytes) => {
    const refused = stage(call, place, bytes)
    return refused ?? done({ ...ENCRYPTED, 'content-md5': md5Of(bytes) })
  })
}

/** Keeps a block until a block list takes it up; a blob that does not exist becomes one without content. */
function stage({ request }: Call, { container, name, blob }: BlobPlace, bytes: Buffer): Refusal | undefined {
  const id = request.query.get('blockid')
  if (id === undefined) return missingParameter('blockid')
  if (!isBlockId(id)) return invalidParameter('blockid', id)
  if (blob?.content !== undefined && blob.content.type !== 'block') return refusal(409, 'InvalidBlobType')
  const before = blob?.staged ?? new Map<string, Buffer>()
  const [other] = before.keys()
  if (other !== undefined && other.length !== id.length) return refusal(400, 'InvalidBlobOrBlock')
  if (before.size >= MOST_STAGED) return refusal(409, 'BlockCountExceedsLimit')
  before.set(id, bytes)
  if (blob === undefined) container!.blobs.set(name, { ...UNCOMMITTED, staged: before, createdMs: request.nowMs })
  return undefined
}

const UNCOMMITTED: Omit<StoredBlob, 'staged' | 'createdMs'> = {
  content: undefined,
  headers: {},
  metadata: new Map(),
  tags: new Map(),
  tier: undefined,
  copy: undefined,
}

function isBlockId(id: string): boolean {
  const bytes = Buffer.from(id, 'base64')
  return bytes.length > 0 && bytes.length <= MOST_ID_BYTES && bytes.toString('base64') === id
}

export function putBlockList(call: Call): Answer {
  return onBlob(call, 'putBlockList', (place) => {
    const given = newBlob(call.request, false)
    if (isRefusal(given)) return given
    const wrong = md5Fault(call)
    if (wrong !== undefined) return wrong
    if ((place.blob?.content?.type ?? 'block') !== 'block') return refusal(409, 'InvalidBlobType')
    const blocks = readBlockList(call.body, place.blob)
    if (isRefusal(blocks)) return blocks
    const content: BlobContent = { type: 'block', chunks: blocks.map(({ bytes }) => bytes), blocks }
    if (sizeOf(content) > MOST_BLOB_BYTES) return refusal(413, 'RequestBodyTooLarge')
    store(place, given, content, call)
    return done({ ...ENCRYPTED, 'content-md5': md5Of(call.body) })
  })
}

/** Reads a block list, which is the order of the elements, and finds each block. */
function readBlockList(body: Buffer, blob: StoredBlob | undefined): readonly Block[] | Refusal {
  const text = xmlText(body)
  if (text === undefined || !/<BlockList\b/.test(text)) return refusal(400, 'InvalidXmlDocument')
  const staged = blob?.staged ?? new Map<string, Buffer>()
  const committed = new Map<string, Buffer>()
  if (blob?.content?.type === 'block') for (const { id, bytes } of blob.content.blocks) committed.set(id, bytes)
  const blocks: Block[] = []
  for (const [, list, id] of text.matchAll(/<(Committed|Uncommitted|Latest)>\s*([^<\s]*)\s*<\//g)) {
    const bytes =
      (list === 'Committed' ? undefined : staged.get(id!)) ?? (list === 'Uncommitted' ? undefined : committed.get(id!))
    if (bytes === undefined) return INVALID_LIST
    blocks.push({ id: id!, bytes })
    if (blocks.length > MOST_BLOCKS) return refusal(409, 'BlockCountExceedsLimit')
  }
  return blocks
}

export function getBlockList(call: Call): Answer {
  const type = call.request.query.get('blocklisttype')?.toLowerCase() ?? 'committed'
  if (!['committed', 'uncommitted', 'all'].includes(type)) return invalidParameter('blocklisttype', type)
  return onBlob(call, 'getBlockList', ({ blob }) => {
    const content = blob!.content
    if (content !== undefined && content.type !== 'block') return refusal(409, 'InvalidBlobType')
    const committed = type === 'uncommitted' ? [] : (content?.blocks ?? [])
    const staged = type === 'committed' ? [] : [...blob!.staged].map(([id, bytes]) => ({ id, bytes }))
    const lists = listElement('CommittedBlocks', committed) + listElement('UncommittedBlocks', staged)
    const size = content === undefined ? 0 : sizeOf(content)
    return xmlBody(200, `${XML_HEAD}<BlockList>${lists}</BlockList>`, { 'x-ms-blob-content-length': String(size) })
  })
}

function listElement(name: string, blocks: readonly Block[]): string {
  const inner = blocks.map(({ id, bytes }) => `<Block>${element('Name', id)}${element('Size', bytes.length)}</Block>`)
  return `<${name}>${inner.join('')}</${name}>`
}
