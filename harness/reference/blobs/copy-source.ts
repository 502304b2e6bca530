import { isMet } from '../../../model/condition.ts'
import type { OperationName } from '../../../model/operation.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { World } from '../../../model/world.ts'
import { type Answer, type Effect, invalidHeader, isRefusal, type Refusal, refusal } from '../answer.ts'
import { mayReadSource } from '../authorization/authorize.ts'
import type { Call } from '../call.ts'
import { readCondition } from '../conditions.ts'
import { isMd5 } from '../content-headers.ts'
import { parseRange } from '../range.ts'
import { pathBelowAccount } from '../source-path.ts'
import { bytesOf, sizeOf } from './content.ts'
import { md5Of } from './create-blob.ts'
import { type BlobPlace, onBlob, placeOfBlob } from './place.ts'

/** What `x-ms-copy-source` names: a blob of this account, or a snapshot of one. */
export interface CopySource {
  readonly url: string
  readonly place: BlobPlace
  /** What the model needs to know of it. */
  readonly beside: { readonly world: World; readonly source: ResourceName }
}

/** Finds the source of a copy. Whatever the host is called, it is this server: there is no other that it could read. */
function sourceOf(call: Call): CopySource | Refusal {
  const text = call.request.headers['x-ms-copy-source'] ?? ''
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return invalidHeader('x-ms-copy-source', text)
  const path = pathBelowAccount(url, call.account.credential.account)
  if (path === undefined) return refusal(404, 'CannotVerifyCopySource')
  const slash = path.indexOf('/')
  const [root, name] = slash < 0 ? ['$root', path] : [path.slice(0, slash), path.slice(slash + 1)]
  const query = new Map(url.searchParams)
  const { nowMs, from } = call.request
  const source = { service: 'blob', query, address: { root, name }, nowMs, from } as const
  if (!mayReadSource(call.caller, source, call.account)) return refusal(403, 'CannotVerifyCopySource')
  const place = placeOfBlob(call, root, name, query.get('snapshot'))
  return { url: text, place, beside: { world: [...place.parents, place.resource], source: place.resource.name } }
}

/** What stands against copying from a source, if anything. */
export function sourceFault(call: Call, { place }: CopySource): Refusal | undefined {
  if (place.blob?.content === undefined) return refusal(404, 'CannotVerifyCopySource')
  const condition = readCondition(call.request, place.resource, place.blob.tags, 'x-ms-source-')
  if (isRefusal(condition)) return condition
  return condition === undefined || isMet(condition, place.resource) === true
    ? undefined
    : refusal(412, 'SourceConditionNotMet')
}

/** Carries out an operation on a blob that reads another blob. */
export function onBlobWithSource(
  call: Call,
  name: OperationName,
  effect: (place: BlobPlace, source: CopySource) => Effect,
): Answer {
  const source = sourceOf(call)
  return isRefusal(source) ? source : onBlob(call, name, (place) => effect(place, source), source.beside)
}

/** Carries out an operation "From URL": one that takes the bytes of another blob where others have a body. */
export function onBlobFromUrl(
  call: Call,
  name: OperationName,
  effect: (place: BlobPlace, bytes: Buffer, source: CopySource) => Effect,
): Answer {
  return onBlobWithSource(call, name, (place, source) => {
    const bytes = sourceBytes(call, source)
    return isRefusal(bytes) ? bytes : effect(place, bytes, source)
  })
}

/** The bytes that an operation "From URL" takes from its source. */
function sourceBytes(call: Call, source: CopySource): Buffer | Refusal {
  const fault = sourceFault(call, source)
  if (fault !== undefined) return fault
  const content = source.place.blob!.content!
  const { headers } = call.request
  const text = headers['x-ms-source-range']
  const range = text === undefined ? undefined : parseRange(text, sizeOf(content))
  if (text !== undefined && range === undefined) return invalidHeader('x-ms-source-range', text)
  if (range !== undefined && range.start >= sizeOf(content)) return refusal(416, 'InvalidRange')
  const bytes = bytesOf(content, range && { ...range, end: Math.min(range.end, sizeOf(content) - 1) })
  const md5 = headers['x-ms-source-content-md5']
  if (md5 === undefined) return bytes
  if (!isMd5(md5)) return refusal(400, 'InvalidMd5')
  return md5 === md5Of(bytes) ? bytes : refusal(400, 'Md5Mismatch')
}
