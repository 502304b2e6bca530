import { operation } from '../../model/operation.ts'
import type { ResourceKind, ResourceName } from '../../model/resource.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import type { Use } from '../../model/uses.ts'
import type { ResourceSetting, SettingCondition } from '../../model/world.ts'
import { TargetError, UnpreparedError } from '../errors.ts'
import { answerOf } from './answer.ts'
import type { Names, Prepared } from './driver.ts'
import { isBusy } from './pace.ts'
import { baseAndTime, realNameIn, snapshotOf } from './real-name.ts'
import type { ReceivedAnswer } from './sending.ts'
import { type WireRequest, wireRequest } from './wire.ts'

/** The services in which a world is made. */
export interface Workshop {
  /** Scheme, host and port of the service that a kind of resource belongs to. */
  originOf(kind: ResourceKind): string
  /** Sends a request there, once; the answer comes with its body, if one came at all. */
  send(request: WireRequest, kind: ResourceKind): Promise<ReceivedAnswer | undefined>
}

/** What brings a resource into the condition that a world finds it in; a snapshot is taken of its base. */
interface Making {
  readonly kind: ResourceKind
  readonly use: Use
}

/**
 * Creates what a world calls present, in order. The names of snapshots are known only then, since the server names them.
 * @throws TargetError if the server refuses: then nothing can be learned from it.
 */
export async function prepareWorld(
  world: readonly ResourceSetting[],
  names: Names,
  version: ServiceVersion,
  workshop: Workshop,
): Promise<Prepared> {
  const completed = new Map(names)
  const etags = new Map<ResourceName, string>()
  let requests = 0
  for (const { name, kind, condition } of world) {
    if (condition === 'absent') continue
    const making = makingOf(kind, condition)
    const real = realNameIn(names, name)
    const target = making.kind === kind ? real : baseAndTime(real)[0]
    const request = wireRequest(operation(making.use, name, {}, version), making.kind, target)
    const answer = await workshop.send(request, making.kind)
    requests++
    const origin = workshop.originOf(kind)
    if (answer === undefined || answer.status >= 300) throw refusal(answer, kind, origin)
    // Whether a snapshot has the ETag that was told when it was taken is only documented.
    if (making.kind !== kind) completed.set(name, snapshotOf(target, snapshotTime(answer, origin)))
    else if (typeof answer.headers.etag === 'string') etags.set(name, answer.headers.etag)
  }
  return { requests, names: completed, etags }
}

/** What makes a resource as a world wants it. */
export function makingOf(kind: ResourceKind, condition: Exclude<SettingCondition, 'absent'>): Making {
  switch (kind) {
    case 'blob':
      return { kind, use: BLOBS[condition] }
    case 'container':
      return { kind, use: 'createContainer' }
    case 'share':
      return { kind, use: 'createShare' }
    case 'file':
      return { kind, use: 'createFile' }
    case 'blob-snapshot':
      return { kind: 'blob', use: 'snapshotBlob' }
    case 'share-snapshot':
      return { kind: 'share', use: 'snapshotShare' }
    default:
      return kind satisfies never
  }
}

const BLOBS: Readonly<Record<Exclude<SettingCondition, 'absent'>, Use>> = {
  present: 'putBlob',
  append: 'putAppendBlob',
  page: 'putPageBlob',
  uncommitted: 'putBlock',
}

function snapshotTime({ headers }: ReceivedAnswer, origin: string): string {
  const time = headers['x-ms-snapshot']
  if (typeof time === 'string') return time
  throw new TargetError(`${origin} took a snapshot and did not say which: x-ms-snapshot is missing in its answer`)
}

function refusal(answer: ReceivedAnswer | undefined, kind: ResourceKind, origin: string): TargetError {
  if (answer === undefined)
    return new UnpreparedError(`${origin} took the request to create a ${kind} and never answered`)
  const { code = 'no error code' } = answerOf(answer.status, answer.headers, answer.body)
  const advice =
    answer.status === 401 || answer.status === 403
      ? '; check the account and the credential (leasecheck doctor tells what it permits)'
      : /^\s*<(!doctype html|html)/i.test(answer.body)
        ? '; what answers there is a web page, not a storage server: check the URL'
        : ''
  const message = `${origin} refused to create a ${kind}: status ${answer.status}, ${code}${advice}`
  return isBusy(answer.status) ? new UnpreparedError(message) : new TargetError(message)
}
