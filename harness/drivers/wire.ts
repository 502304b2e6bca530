import type { LeaseIdArgument } from '../../model/lease-id.ts'
import { classOf, isLeaseAction, type Operation, type OperationName } from '../../model/operation.ts'
import type { ResourceKind } from '../../model/resource.ts'
import { TWICE } from '../../model/scenario.ts'
import type { Use } from '../../model/uses.ts'
import { baseAndTime, containerAndBlob, pathOf, type RealName } from './real-name.ts'
import { BLOB_SHAPES, BLOB_SNAPSHOT_SHAPES } from './wire/blob.ts'
import { CONTAINER_SHAPES } from './wire/container.ts'
import { FILE_SHAPES } from './wire/file.ts'
import { LEASE_SHAPE_OF } from './wire/lease-action.ts'
import { type Parameter, queriesWith, type WireShape } from './wire/shape.ts'
import { SHARE_SHAPES, SHARE_SNAPSHOT_SHAPES } from './wire/share.ts'

/** Everything of a request but the account's path, the credentials and the time. */
export interface WireRequest
  extends Pick<WireShape, 'method' | 'query' | 'canonicalQuery' | 'headers' | 'body' | 'source'> {
  /** Below the account, with its leading slash, percent-encoded. */
  readonly path: string
}

const USE_SHAPES: Readonly<Record<Use, WireShape>> = {
  ...BLOB_SHAPES,
  ...BLOB_SNAPSHOT_SHAPES,
  ...CONTAINER_SHAPES,
  ...SHARE_SHAPES,
  ...SHARE_SNAPSHOT_SHAPES,
  ...FILE_SHAPES,
}

/** What the request for an operation looks like. */
export function shapeOf(name: OperationName, kind: ResourceKind): WireShape {
  return isLeaseAction(name) ? LEASE_SHAPE_OF[kind] : USE_SHAPES[name]
}

/**
 * The request for an operation of the model; its header texts go out as they stand.
 * @param sourceUrl what a copy reads or a rename moves, signed where `shapeOf` says so.
 */
export function wireRequest(
  operation: Operation,
  kind: ResourceKind,
  realName: RealName,
  sourceUrl?: string,
): WireRequest {
  const shape = shapeOf(operation.name, kind)
  const { method, body } = shape
  const headers = headersOf(operation, shape, sourceUrl)
  const { path, parameter } = addressOf(operation.name, kind, realName)
  const { query, canonicalQuery } = parameter === undefined ? shape : queriesWith(shape, parameter)
  return { method, path, query, canonicalQuery, headers, body, source: shape.source }
}

function headersOf(operation: Operation, { headers, later, source }: WireShape, sourceUrl?: string): string[] {
  const { name, version, action, breakPeriod, condition, duration, proposedLeaseId, snapshots } = operation
  const sent = [...headers]
  if (later !== undefined && version >= later.from) sent.push(...later.headers)
  if (source !== undefined && sourceUrl !== undefined) sent.push(source.header, sourceUrl)
  const wanted = action ?? (isLeaseAction(name) ? name : undefined)
  if (wanted !== undefined) add(sent, 'x-ms-lease-action', wanted)
  if (breakPeriod !== undefined) add(sent, 'x-ms-lease-break-period', breakPeriod.text)
  if (duration !== undefined) add(sent, 'x-ms-lease-duration', duration.text)
  addLeaseIds(sent, operation)
  addLeaseId(sent, 'x-ms-proposed-lease-id', proposedLeaseId)
  if (condition !== undefined) sent.push(condition.header, condition.value)
  if (snapshots !== undefined) sent.push('x-ms-delete-snapshots', snapshots)
  return sent
}

/** A rename touches two resources, so its headers say whose id is whose. Source: Rename File. */
function addLeaseIds(sent: string[], { name, leaseId, sourceLeaseId }: Operation): void {
  const ofItself = classOf(name) === 'rename' ? 'x-ms-destination-lease-id' : 'x-ms-lease-id'
  addLeaseId(sent, ofItself, leaseId)
  addLeaseId(sent, 'x-ms-source-lease-id', sourceLeaseId)
}

function addLeaseId(sent: string[], header: string, argument: LeaseIdArgument): void {
  if (argument.given !== 'none') add(sent, header, argument.text)
}

/** Adds a header, or two of the same name. */
function add(sent: string[], header: string, text: string): void {
  if (!text.includes(TWICE)) sent.push(header, text)
  else for (const each of text.split(TWICE)) sent.push(header, each)
}

interface Address {
  readonly path: string
  /** What the query has besides what every request of its kind has. */
  readonly parameter?: Parameter
}

/** Listings go no further than the resource's own name, since a listing may change what it reads. */
function addressOf(name: OperationName, kind: ResourceKind, realName: RealName): Address {
  switch (kind) {
    case 'blob': {
      if (name !== 'listBlobs') return { path: pathOf(realName) }
      const [container, blob] = containerAndBlob(realName)
      return { path: pathOf(container), parameter: ['prefix', blob] }
    }
    case 'container':
    case 'share':
      if (classOf(name) !== 'list') return { path: pathOf(realName) }
      return { path: '/', parameter: ['prefix', realName] }
    case 'file':
      return { path: pathOf(realName) }
    case 'blob-snapshot':
    case 'share-snapshot': {
      const [base, time] = baseAndTime(realName)
      return { path: pathOf(base), parameter: [kind === 'share-snapshot' ? 'sharesnapshot' : 'snapshot', time] }
    }
    default:
      return kind satisfies never
  }
}
