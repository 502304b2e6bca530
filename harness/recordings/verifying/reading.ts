import { CONDITION_HEADERS, UNTOLD } from '../../../model/condition.ts'
import type { Operation } from '../../../model/operation.ts'
import type { Answer, Unrecorded } from '../../../model/trace.ts'
import { answerOf } from '../../drivers/answer.ts'
import type { TappedRequest } from '../../drivers/tap/tapped.ts'
import { addressed, wireOperation } from '../../drivers/tap/wire-operation.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { endpointOf } from './endpoint.ts'
import { type Hindrance, hindranceTo, isBesideLeases, type RecordingFacts } from './hindrance.ts'
import { listedResources } from './listed-resources.ts'
import { type Chain, chainOf, type Met, type Storage, sourceChain } from './met.ts'
import { isReplaced } from './sanitized.ts'

/** A request of which everything is known that the judge has to know. */
export interface ReadRequest {
  readonly operation: Operation
  readonly answer: Answer
  readonly unrecorded: readonly Unrecorded[]
}

/** What a recorded exchange says about leases; `onLease` marks requests for the lease itself. */
export type Reading =
  /** Nothing: it is about something that cannot be leased. */
  | { readonly is: 'beside' }
  /** Nobody can tell; `lost` are resources of which nothing is known any more after it. */
  | NotJudgeable
  /** A request, and the resources that it is about. A listing is read as one request for each resource that it lists. */
  | {
      readonly is: 'judgeable'
      readonly onLease: boolean
      readonly requests: readonly ReadRequest[]
      readonly met: readonly Met[]
    }

interface NotJudgeable {
  readonly is: 'not judgeable'
  readonly onLease: boolean
  readonly why: Hindrance
  readonly met: readonly Met[]
  readonly lost: readonly Met[]
}

/** Reads what a recorded exchange asked and was answered. */
export function readExchange(exchange: RecordedExchange, facts: RecordingFacts): Reading {
  const url = URL.parse(exchange.url)
  if (url === null) return { is: 'beside' }
  const query = url.searchParams
  const onLease = query.get('comp') === 'lease'
  const endpoint = endpointOf(url, exchange.responseHeaders)
  switch (endpoint.is) {
    case 'elsewhere':
      return { is: 'beside' }
    case 'hierarchical':
      return notJudgeable('hierarchical namespace', onLease || query.get('action') === 'lease')
    case 'secondary':
      return notJudgeable('secondary endpoint', onLease)
    case 'storage':
      return readStored(exchange, requestOf(exchange, url), endpoint, facts)
    default:
      return endpoint satisfies never
  }
}

function notJudgeable(name: Hindrance['name'], onLease: boolean): NotJudgeable {
  return { is: 'not judgeable', onLease, why: { name }, met: [], lost: [] }
}

/** What HTTP says of a request, as the tap sees it; where its version was not recorded, the answer's. */
function requestOf({ method, requestHeaders = {}, responseHeaders }: RecordedExchange, url: URL): TappedRequest {
  const query = url.searchParams
  const asked = requestHeaders['x-ms-version'] ?? query.get('api-version') ?? undefined
  const version = asked === undefined || isReplaced(asked) ? responseHeaders['x-ms-version'] : asked
  const headers = { ...requestHeaders, ...(version === undefined ? {} : { 'x-ms-version': version }) }
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname
  return { method, path, query, headers }
}

const NOT_LEASABLE: ReadonlySet<string> = new Set(['directory', 'service', 'account'])

function readStored(
  exchange: RecordedExchange,
  request: TappedRequest,
  endpoint: Storage,
  facts: RecordingFacts,
): Reading {
  const { query, headers } = request
  const isDirectory = NOT_LEASABLE.has(query.get('restype') ?? '')
  // A directory may take the place of a file that is leased.
  if (isDirectory && query.get('comp') !== 'rename') return { is: 'beside' }
  const found = addressed(request, endpoint)
  const chain = found && chainOf(found, endpoint)
  if (query.get('comp') === 'list') return readListing(exchange, request, endpoint, chain, facts)
  if (chain === undefined) return { is: 'beside' }
  const onLease = query.get('comp') === 'lease'
  const source = headers['x-ms-copy-source'] ?? headers['x-ms-file-rename-source']
  const sources = source === undefined ? [] : sourceChain(source, chain[0], endpoint)
  const met = [...chain, ...sources]
  const answer = answerRead(exchange)
  const stop = (why: Hindrance): NotJudgeable => {
    const lost = mayHaveChanged(exchange) ? [chain[0], ...sources.slice(0, 1)] : []
    return { is: 'not judgeable', onLease, why, met, lost }
  }
  const hindrance = hindranceTo(exchange, request, chain[0].kind, facts)
  if (hindrance !== undefined) return stop(hindrance)
  if (isBesideLeases(answer.status, answer.code, onLease)) {
    return stop({ name: 'refused for another reason', ...(answer.code === undefined ? {} : { detail: answer.code }) })
  }
  const names = new Map(met.map(({ name, realName }) => [name, realName]))
  const operation = isDirectory ? undefined : wireOperation(request, { ...endpoint, names })
  if (operation === undefined) return stop({ name: 'operation not known', detail: describe(request) })
  const condition = conditionIn(exchange)
  if (condition === 'several') return stop({ name: 'several conditions' })
  const asked = {
    ...operation,
    ...(condition === 'untold' ? { condition: { ...operation.condition!, value: UNTOLD } } : {}),
    ...(source === undefined ? {} : { source: sources[0]!.name }),
  }
  const requests = [{ operation: asked, answer, unrecorded: unrecordedIn(exchange, answer) }]
  return { is: 'judgeable', onLease, requests, met }
}

/** A listing shows the leases of many resources; those of the recording that it lists are read one by one. */
function readListing(
  exchange: RecordedExchange,
  request: TappedRequest,
  endpoint: Storage,
  chain: Chain | undefined,
  facts: RecordingFacts,
): Reading {
  const kind = chain === undefined ? endpoint.service : chain[0].kind
  if (kind !== 'blob' && kind !== 'file' && kind !== 'container') return { is: 'beside' }
  if (facts.hierarchical || exchange.status !== 200) return { is: 'beside' }
  const listed = listedResources(exchange.responseBody, chain === undefined ? endpoint.service : 'blobs')
  const requests: ReadRequest[] = []
  const met: Met[] = []
  for (const { name, answer } of listed) {
    const real = chain === undefined ? name : `${chain[0].realName}/${name}`
    const each = chainOf(
      { kind: chain === undefined ? (endpoint.service === 'blob' ? 'container' : 'share') : 'blob', realName: real },
      endpoint,
    )!
    const asked = { ...request, query: new URLSearchParams({ comp: 'list', prefix: name }) }
    const operation = wireOperation(asked, { ...endpoint, names: new Map([[each[0].name, each[0].realName]]) })
    if (operation === undefined) continue
    requests.push({ operation, answer, unrecorded: [] })
    met.push(...each)
  }
  return { is: 'judgeable', onLease: false, requests, met }
}

function describe({ method, query }: TappedRequest): string {
  if (NOT_LEASABLE.has(query.get('restype') ?? '')) return 'a rename of a directory'
  const comp = query.get('comp')
  return comp === null ? method : `${method} comp=${comp}`
}

/** Part of the content is as much of a success as the whole. */
const PARTIAL = 206

function answerRead({ status, responseHeaders, responseBody }: RecordedExchange): Answer {
  return answerOf(status === PARTIAL ? 200 : status, responseHeaders, responseBody)
}

/** The condition of a request is in the operation, unless its value was not recorded, or there are several. */
function conditionIn({ requestHeaders = {}, leftOut }: RecordedExchange): 'plain' | 'untold' | 'several' {
  const sent = CONDITION_HEADERS.filter((name) => requestHeaders[name] !== undefined)
  if (sent.length > 1) return 'several'
  const [name] = sent
  if (name === undefined) return 'plain'
  return leftOut?.includes('condition') || isReplaced(requestHeaders[name]) ? 'untold' : 'plain'
}

/** What is not judged: what the recording leaves out, and a code of which there is no trace. */
function unrecordedIn(
  { leftOut = [], responseHeaders }: RecordedExchange,
  { status, code }: Answer,
): readonly Unrecorded[] {
  return [
    ...(leftOut.includes('code') || (status >= 300 && code === undefined) ? ['code' as const] : []),
    ...(leftOut.includes('etags') || isReplaced(responseHeaders.etag) ? ['etag' as const] : []),
    ...(leftOut.includes('etags') || isReplaced(responseHeaders['last-modified']) ? ['last-modified' as const] : []),
    ...(isReplaced(responseHeaders['x-ms-lease-id']) ? ['x-ms-lease-id' as const] : []),
  ]
}

/** Whether something may have been done by a request that nobody can tell. */
function mayHaveChanged({ method, status }: RecordedExchange): boolean {
  return method !== 'GET' && method !== 'HEAD' && (status < 300 || status >= 500)
}
