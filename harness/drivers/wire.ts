import type { Operation, OperationName, ResourceKind } from '../../model/index.ts'
import { canonicalQuery } from './shared-key.ts'

/** What a kind of request looks like on the wire, apart from names, ids and times. */
export interface WireShape {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** With its question mark. */
  readonly query: string
  /** The query as a Shared Key signature covers it. */
  readonly canonicalQuery: string
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer | undefined
}

/** Everything but the account's path, the credentials and the time. */
export interface WireRequest extends WireShape {
  /** Below the account, with its leading slash, percent-encoded. */
  readonly path: string
}

type Parameters = readonly (readonly [name: string, value: string])[]

function shape(
  method: WireShape['method'],
  parameters: Parameters,
  headers: readonly string[] = [],
  body?: string,
): WireShape {
  return {
    method,
    query: queryOf(parameters),
    canonicalQuery: canonicalQuery(parameters),
    headers,
    body: body === undefined ? undefined : Buffer.from(body),
  }
}

function queryOf(parameters: Parameters): string {
  return parameters.map(([name, value], i) => `${i === 0 ? '?' : '&'}${name}=${encodeURIComponent(value)}`).join('')
}

const CONTAINER = ['restype', 'container'] as const
const comp = (value: string) => ['comp', value] as const
const lease = (action: string) => shape('PUT', [comp('lease')], ['x-ms-lease-action', action])

/** Each operation's request. Sources: the REST pages named by the operation's title. */
const SHAPES: Readonly<Record<OperationName, WireShape>> = {
  acquire: lease('acquire'),
  renew: lease('renew'),
  change: lease('change'),
  release: lease('release'),
  break: lease('break'),
  getBlob: shape('GET', []),
  getBlobProperties: shape('HEAD', []),
  getBlobMetadata: shape('GET', [comp('metadata')]),
  listBlobs: shape('GET', [CONTAINER, comp('list')]),
  setBlobMetadata: shape('PUT', [comp('metadata')], ['x-ms-meta-leasecheck', 'set']),
  setBlobProperties: shape('PUT', [comp('properties')], ['x-ms-blob-content-type', 'text/plain']),
  putBlob: shape('PUT', [], ['content-type', 'text/plain', 'x-ms-blob-type', 'BlockBlob'], 'leasecheck'),
  deleteBlob: shape('DELETE', []),
  getContainerProperties: shape('GET', [CONTAINER]),
  getContainerMetadata: shape('GET', [CONTAINER, comp('metadata')]),
  getContainerAcl: shape('GET', [CONTAINER, comp('acl')]),
  setContainerMetadata: shape('PUT', [CONTAINER, comp('metadata')], ['x-ms-meta-leasecheck', 'set']),
  setContainerAcl: shape(
    'PUT',
    [CONTAINER, comp('acl')],
    ['content-type', 'application/xml'],
    '<?xml version="1.0" encoding="utf-8"?><SignedIdentifiers />',
  ),
  deleteContainer: shape('DELETE', [CONTAINER]),
}

/** The lease actions of a container: the same requests as a blob's, addressed to a container. */
const CONTAINER_LEASE_SHAPES = new Map(
  (['acquire', 'renew', 'change', 'release', 'break'] as const).map((action) => [
    action as OperationName,
    shape('PUT', [CONTAINER, comp('lease')], ['x-ms-lease-action', action]),
  ]),
)

const CREATE_CONTAINER = shape('PUT', [CONTAINER])

/** The request for an operation of the model; its header texts go out as they stand. */
export function wireRequest(operation: Operation, kind: ResourceKind, realName: string): WireRequest {
  const { method, query, canonicalQuery, headers, body } = shapeOf(operation.name, kind)
  const sent = [...headers]
  const { breakPeriod, duration, leaseId, proposedLeaseId } = operation
  if (breakPeriod !== undefined) sent.push('x-ms-lease-break-period', breakPeriod.text)
  if (duration !== undefined) sent.push('x-ms-lease-duration', duration.text)
  if (leaseId.given !== 'none') sent.push('x-ms-lease-id', leaseId.text)
  if (proposedLeaseId.given !== 'none') sent.push('x-ms-proposed-lease-id', proposedLeaseId.text)
  if (operation.name === 'listBlobs') return listing(realName, sent)
  return { method, path: pathOf(realName), query, canonicalQuery, headers: sent, body }
}

/** The request that creates a resource before a scenario begins. */
export function creatingRequest(kind: ResourceKind, realName: string): WireRequest {
  return { ...(kind === 'container' ? CREATE_CONTAINER : SHAPES.putBlob), path: pathOf(realName) }
}

function shapeOf(name: OperationName, kind: ResourceKind): WireShape {
  return (kind === 'container' ? CONTAINER_LEASE_SHAPES.get(name) : undefined) ?? SHAPES[name]
}

/** Lists only inside the blob's own container and near its name, since a listing may change what it reads. */
function listing(realName: string, headers: readonly string[]): WireRequest {
  const [container, blob] = containerAndBlob(realName)
  const parameters: Parameters = [CONTAINER, comp('list'), ['prefix', blob]]
  return { ...shape('GET', parameters, headers), path: pathOf(container) }
}

/** Splits `container/blob`; a blob's name may hold slashes, a container's may not. */
export function containerAndBlob(realName: string): readonly [container: string, blob: string] {
  const slash = realName.indexOf('/')
  return [realName.slice(0, slash), realName.slice(slash + 1)]
}

const PLAIN_NAME = /^[\w\-./$]*$/

function pathOf(realName: string): string {
  return PLAIN_NAME.test(realName) ? `/${realName}` : `/${realName.split('/').map(encodeURIComponent).join('/')}`
}
