import { randomUUID } from 'node:crypto'
import { Agent, request as send } from 'undici'
import type { ClientCall, ClientLibrary, Connection } from '../../clients/client-library.ts'
import { canonicalQuery, type Signer, sharedKeySigner } from '../../shared-key.ts'
import { isLeaseCall, PLAIN_CALLS } from './plain-calls.ts'
import {
  PLAIN_VERSION,
  type PlainAnswer,
  type PlainClient,
  type PlainLease,
  type PlainRequest,
  RIGHT_CLIENT,
  type Send,
} from './plain-client.ts'

interface Place {
  readonly url: string
  readonly sign: Signer | undefined
}

/** A plain client as a library that a driver can call. Its requests go out for real, through the tap. */
export function plainLibrary(client: PlainClient = RIGHT_CLIENT): ClientLibrary {
  const agent = new Agent({ pipelining: 1 })
  const places = new Map<number, Place>()
  const leases = new Map<number, PlainLease>()
  let handles = 0

  async function exchange(call: ClientCall, lease: PlainLease | undefined): Promise<PlainAnswer | undefined> {
    const request = client.ask(call, lease)
    if (request === undefined) return undefined
    const place = places.get(call.port)!
    const sending: Send = (each) => sent(agent, place, each).catch(() => undefined)
    return client.deliver(request, sending, call)
  }

  return {
    name: 'plain',
    versions: 'a client without a library',
    apiVersion: PLAIN_VERSION,
    calls: PLAIN_CALLS,
    numbers: 'any',
    documented: {
      errors: [{ names: ['StorageError'] }],
      leaseClient: ['etag', 'last-modified'],
      tries: { none: 1, default: 3 },
    },
    nextHandle: () => handles++,
    async connect({ port, url, account, credential }: Connection) {
      places.set(port, { url, sign: credential.by === 'key' ? sharedKeySigner(account, credential.key) : undefined })
    },
    async perform(call) {
      if (!isLeaseCall(call.call)) return client.tell(await exchange(call, undefined), call, undefined)
      const { handle, id } = call.lease!
      const before = leases.get(handle) ?? { id: id ?? randomUUID() }
      const answer = await exchange(call, before)
      const after = client.keep(before, answer, call)
      leases.set(handle, after)
      return { ...client.tell(answer, call, before), lease: { before: shown(before), after: shown(after) } }
    },
    forget(gone) {
      for (const handle of gone) leases.delete(handle)
    },
    close: () => agent.close(),
  }
}

async function sent(agent: Agent, { url, sign }: Place, request: PlainRequest): Promise<PlainAnswer> {
  const { method, path, query, body } = request
  const base = new URL(url)
  const fullPath = base.pathname + path
  const headers = { ...request.headers, 'x-ms-date': new Date().toUTCString(), 'x-ms-version': PLAIN_VERSION }
  const pairs = Object.entries(query)
  const authorization = sign?.({
    method,
    path: fullPath,
    query: canonicalQuery(pairs),
    contentLength: body?.length ?? 0,
    headers: Object.entries(headers).flat(),
  })
  const text = new URLSearchParams(pairs).toString()
  const answer = await send(`${base.origin}${fullPath}${text === '' ? '' : `?${text}`}`, {
    method: method as 'GET',
    headers: authorization === undefined ? headers : { ...headers, authorization },
    body: body ?? null,
    dispatcher: agent,
  })
  const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const)
  return { status: answer.statusCode, headers: Object.fromEntries(received), body: await answer.body.text() }
}

/** What a lease client shows of itself: what it knows. */
function shown({ id, etag, lastModified }: PlainLease) {
  return { id, ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) }
}
