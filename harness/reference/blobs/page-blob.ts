import {
  type Answer,
  done,
  type Effect,
  invalidHeader,
  invalidParameter,
  isRefusal,
  missingHeader,
  type Refusal,
  refusal,
  xmlBody,
} from '../answer.ts'
import type { Call } from '../call.ts'
import { lengthOf, parseRange, rangeText, rangeToWrite } from '../range.ts'
import type { StorageRequest } from '../request.ts'
import { type ByteRange, clear, PAGE_BYTES, resize, type SparseBytes, write, writtenRanges } from '../sparse-bytes.ts'
import { numberHeader } from '../whole-number.ts'
import { XML_HEAD } from '../xml.ts'
import type { BlobContent } from './content.ts'
import { onBlobFromUrl } from './copy-source.ts'
import { ENCRYPTED, md5Fault, md5Of, pageBlobSize } from './create-blob.ts'
import { type BlobPlace, onBlob } from './place.ts'
import { propertiesSet } from './write-blob.ts'

type PageContent = Extract<BlobContent, { type: 'page' }>

export function putPage(call: Call): Answer {
  return onBlob(call, 'putPage', (place) => md5Fault(call) ?? written(call, place, call.body))
}

export function putPageFromUrl(call: Call): Answer {
  return onBlobFromUrl(call, 'putPageFromUrl', (place, bytes) => written(call, place, bytes))
}

export function clearPage(call: Call): Answer {
  return onBlob(call, 'clearPage', (place) => {
    const content = pageContent(place)
    if (isRefusal(content)) return content
    const range = pageRange(call.request, content)
    if (isRefusal(range)) return range
    clear(content.pages, range)
    return done({ 'x-ms-blob-sequence-number': String(content.sequenceNumber) })
  })
}

function written(call: Call, place: BlobPlace, bytes: Buffer): Effect {
  const content = pageContent(place)
  if (isRefusal(content)) return content
  const range = pageRange(call.request, content)
  if (isRefusal(range)) return range
  if (lengthOf(range) !== bytes.length) return invalidHeader('content-length', String(bytes.length))
  write(content.pages, range.start, bytes)
  return done({
    ...ENCRYPTED,
    'content-md5': md5Of(bytes),
    'x-ms-blob-sequence-number': String(content.sequenceNumber),
  })
}

function pageContent({ blob }: BlobPlace): PageContent | Refusal {
  return blob?.content?.type === 'page' ? blob.content : refusal(409, 'InvalidBlobType')
}

/** The pages that a request writes or clears, whole ones and inside the blob, if the sequence number is what it asks for. */
function pageRange(request: StorageRequest, { pages, sequenceNumber }: PageContent): ByteRange | Refusal {
  const range = rangeToWrite(request)
  if (isRefusal(range)) return range
  if (range.start % PAGE_BYTES !== 0 || (range.end + 1) % PAGE_BYTES !== 0 || range.end >= pages.sizeBytes) {
    return refusal(416, 'InvalidPageRange')
  }
  return sequenceFault(request, sequenceNumber) ?? range
}

const SEQUENCE_CONDITIONS: readonly (readonly [header: string, holds: (is: number, wanted: number) => boolean])[] = [
  ['x-ms-if-sequence-number-le', (is, wanted) => is <= wanted],
  ['x-ms-if-sequence-number-lt', (is, wanted) => is < wanted],
  ['x-ms-if-sequence-number-eq', (is, wanted) => is === wanted],
]

function sequenceFault(request: StorageRequest, sequenceNumber: number): Refusal | undefined {
  for (const [header, holds] of SEQUENCE_CONDITIONS) {
    const wanted = numberHeader(request, header)
    if (isRefusal(wanted)) return wanted
    if (wanted !== undefined && !holds(sequenceNumber, wanted)) return refusal(412, 'SequenceNumberConditionNotMet')
  }
  return undefined
}

export function getPageRanges(call: Call): Answer {
  const before = call.request.query.get('prevsnapshot')
  if (before !== undefined) return invalidParameter('prevsnapshot', before)
  return onBlob(call, 'getPageRanges', ({ blob }) => {
    const content = blob!.content
    if (content?.type !== 'page') return refusal(409, 'InvalidBlobType')
    const { pages } = content
    const text = rangeText(call.request)
    const within = text === undefined ? undefined : parseRange(text, pages.sizeBytes)
    return xmlBody(200, pageList(pages, within), { 'x-ms-blob-content-length': String(pages.sizeBytes) })
  })
}

function pageList(pages: SparseBytes, within: ByteRange | undefined): string {
  const ranges = writtenRanges(pages, within ?? { start: 0, end: pages.sizeBytes - 1 })
  const all = ranges.map(({ start, end }) => `<PageRange><Start>${start}</Start><End>${end}</End></PageRange>`)
  return `${XML_HEAD}<PageList>${all.join('')}</PageList>`
}

export function resizePageBlob(call: Call): Answer {
  return onBlob(call, 'resizePageBlob', (place) => {
    const content = pageContent(place)
    if (isRefusal(content)) return content
    const sizeBytes = pageBlobSize(call.request)
    if (typeof sizeBytes !== 'number') return sizeBytes ?? missingHeader('x-ms-blob-content-length')
    const refused = propertiesSet(call, place)
    if (refused !== undefined) return refused
    resize(content.pages, sizeBytes)
    return done({ 'x-ms-blob-sequence-number': String(content.sequenceNumber) })
  })
}

export function setSequenceNumber(call: Call): Answer {
  return onBlob(call, 'setSequenceNumber', (place) => {
    const content = pageContent(place)
    if (isRefusal(content)) return content
    const sequenceNumber = nextSequenceNumber(call.request, content.sequenceNumber)
    if (typeof sequenceNumber !== 'number') return sequenceNumber
    const refused = propertiesSet(call, place, { ...content, sequenceNumber })
    return refused ?? done({ 'x-ms-blob-sequence-number': String(sequenceNumber) })
  })
}

function nextSequenceNumber(request: StorageRequest, before: number): number | Refusal {
  const action = request.headers['x-ms-sequence-number-action'] ?? ''
  const given = numberHeader(request, 'x-ms-blob-sequence-number')
  if (isRefusal(given)) return given
  switch (action.toLowerCase()) {
    case 'increment':
      return given === undefined ? before + 1 : invalidHeader('x-ms-blob-sequence-number', String(given))
    case 'max':
      return given === undefined ? missingHeader('x-ms-blob-sequence-number') : Math.max(before, given)
    case 'update':
      return given ?? missingHeader('x-ms-blob-sequence-number')
    default:
      return invalidHeader('x-ms-sequence-number-action', action)
  }
}
