import { CONDITION_HEADERS, type Condition } from '../../../model/condition.ts'
import {
  LEASE_ACTIONS,
  type Operation,
  type OperationHeaders,
  type OperationName,
  operation,
  SNAPSHOT_OPTIONS,
} from '../../../model/operation.ts'
import type { ResourceKind, ResourceName, Service } from '../../../model/resource.ts'
import type { Use } from '../../../model/uses.ts'
import type { Names } from '../driver.ts'
import { snapshotOf } from '../real-name.ts'
import { routeOf } from './routes.ts'
import type { TappedRequest } from './tapped.ts'

/** What a request is read with. */
export interface Reading {
  readonly service: Service
  /** The path of the account: `/devstoreaccount1`, or nothing where the host names the account. */
  readonly basePath: string
  /** The real names of the scenario's resources. */
  readonly names: Names
}

/** A request as the model sees it, told from nothing but the request; undefined if it is about nothing that the model knows. */
export function wireOperation(request: TappedRequest, reading: Reading): Operation | undefined {
  const found = addressed(request, reading)
  if (found === undefined) return undefined
  const { kind, realName } = found
  const asked = kind === 'account' ? listOf(reading.service, request) : askedOf(kind, request)
  if (asked === undefined) return undefined
  const { name, action } = asked
  const on = resourceNamed(LISTS.has(name) ? listed(realName, request) : realName, reading.names)
  if (on === undefined) return undefined
  return operation(name, on, { ...headersOf(name, request, reading), action }, request.headers['x-ms-version'])
}

const LISTS: ReadonlySet<OperationName> = new Set(['listBlobs', 'listContainers', 'listShares'])

interface Asked {
  readonly name: OperationName
  /** The text of `x-ms-lease-action`, where it names none of the five. */
  readonly action?: string | undefined
}

function listOf(service: Service, { method, query }: TappedRequest): Asked | undefined {
  if (method !== 'GET' || query.get('comp') !== 'list') return undefined
  return { name: service === 'blob' ? 'listContainers' : 'listShares' }
}

/** A lease request is named by its action; one without a known action is a use of its own. */
function askedOf(kind: ResourceKind, request: TappedRequest): Asked | undefined {
  const { method, query, headers } = request
  if (method === 'PUT' && query.get('comp') === 'lease') {
    const action = headers['x-ms-lease-action']
    const known = LEASE_ACTIONS.find((each) => each === action)
    if (known !== undefined) return { name: known }
    const name = LEASE_USES[kind]
    return name && { name, action }
  }
  const name = routeOf(kind, request)?.use
  return name && { name }
}

const LEASE_USES: Readonly<Partial<Record<ResourceKind, Use>>> = {
  blob: 'leaseBlob',
  container: 'leaseContainer',
  share: 'leaseShare',
  file: 'leaseFile',
}

/** A listing is about the one resource whose whole name is its prefix. */
function listed(realName: string, { query }: TappedRequest): string {
  const prefix = query.get('prefix') ?? ''
  return realName === '' ? prefix : `${realName}/${prefix}`
}

/** What a request is about, told from its path and its query. */
export interface Addressed {
  readonly kind: ResourceKind | 'account'
  /** The real name; empty for the account itself. */
  readonly realName: string
}

/** The resource that a request names, whether anybody knows it or not; undefined if it is outside the account. */
export function addressed(
  { path, query }: Pick<TappedRequest, 'path' | 'query'>,
  { service, basePath }: Omit<Reading, 'names'>,
): Addressed | undefined {
  if (!path.startsWith(`${basePath}/`) && path !== basePath) return undefined
  const name = path
    .slice(basePath.length + 1)
    .split('/')
    .map(decodeURIComponent)
    .join('/')
  if (name === '') return { kind: 'account', realName: '' }
  const isLeaf = name.includes('/')
  const snapshot = query.get(service === 'blob' ? 'snapshot' : 'sharesnapshot')
  const realName = snapshot === null ? name : snapshotOf(name, snapshot)
  if (service === 'blob')
    return { kind: isLeaf ? (snapshot === null ? 'blob' : 'blob-snapshot') : 'container', realName }
  return { kind: isLeaf ? 'file' : snapshot === null ? 'share' : 'share-snapshot', realName }
}

function resourceNamed(realName: string, names: Names): ResourceName | undefined {
  for (const [name, real] of names) if (real === realName) return name
  return undefined
}

function headersOf(name: OperationName, { headers }: TappedRequest, reading: Reading): OperationHeaders {
  const renames = name === 'renameFile'
  const source = headers[renames ? 'x-ms-file-rename-source' : 'x-ms-copy-source']
  return {
    leaseId: headers[renames ? 'x-ms-destination-lease-id' : 'x-ms-lease-id'],
    proposedLeaseId: headers['x-ms-proposed-lease-id'],
    duration: headers['x-ms-lease-duration'],
    breakPeriod: headers['x-ms-lease-break-period'],
    condition: conditionIn(headers),
    source: source === undefined ? undefined : sourceNamed(source, reading),
    sourceLeaseId: headers['x-ms-source-lease-id'],
    snapshots: SNAPSHOT_OPTIONS.find((each) => each === headers['x-ms-delete-snapshots']),
  }
}

function conditionIn(headers: TappedRequest['headers']): Condition | undefined {
  const header = CONDITION_HEADERS.find((each) => headers[each] !== undefined)
  return header === undefined ? undefined : { header, value: headers[header]! }
}

function sourceNamed(url: string, reading: Reading): ResourceName | undefined {
  const parsed = URL.parse(url)
  if (parsed === null) return undefined
  const request = { method: 'GET', path: parsed.pathname, query: parsed.searchParams, headers: {} }
  const found = addressed(request, reading)
  return found && resourceNamed(found.realName, reading.names)
}
