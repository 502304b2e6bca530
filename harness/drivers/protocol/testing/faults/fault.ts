import type { ResourceKind } from '../../../../../model/resource.ts'
import type { Told } from '../../../../../reports/driver-protocol.ts'
import type { ClientCall } from '../../../clients/client-library.ts'
import {
  type Ending,
  isSuccess,
  type PlainAnswer,
  type PlainClient,
  type PlainLease,
  type PlainRequest,
} from '../plain-client.ts'

/** One thing that a client library does wrong, as libraries do. */
export interface Fault {
  /** What it does, said of the client. */
  readonly name: string
  /** The kind of resource whose tour is to show it. */
  readonly kind: ResourceKind
  /** What shows it: the tour, or requests and answers that get lost. Default: the tour. */
  readonly shownBy?: 'losses'
  /** The rule that says that just this is wrong. */
  readonly breaks: string
  /** Puts the fault into a client. */
  readonly spoil: (client: PlainClient) => PlainClient
}

type Calls = readonly string[]

function on(calls: Calls, { call }: ClientCall): boolean {
  return calls.length === 0 || calls.includes(call)
}

/** Spoils requests of some calls, or of all; undefined sends none. */
export function asking(
  calls: Calls,
  edit: (request: PlainRequest, call: ClientCall, lease: PlainLease | undefined) => PlainRequest | undefined,
): Fault['spoil'] {
  return (client) => ({
    ...client,
    ask: (call, lease) => {
      const request = client.ask(call, lease)
      return request === undefined || !on(calls, call) ? request : edit(request, call, lease)
    },
  })
}

/** Spoils how requests of some calls are sent. */
export function delivering(calls: Calls, deliver: PlainClient['deliver']): Fault['spoil'] {
  return (client) => ({
    ...client,
    deliver: (request, send, call) => (on(calls, call) ? deliver : client.deliver)(request, send, call),
  })
}

/** Spoils what the caller is given. */
export function telling(
  calls: Calls,
  edit: (ending: Ending, answer: PlainAnswer, call: ClientCall, lease: PlainLease | undefined) => Ending,
): Fault['spoil'] {
  return (client) => ({
    ...client,
    tell: (answer, call, lease) => {
      const ending = client.tell(answer, call, lease)
      return answer === undefined || !on(calls, call) ? ending : edit(ending, answer, call, lease)
    },
  })
}

/** Spoils what the lease client remembers after an answer that says success, or after one that says refusal. */
export function keeping(
  calls: Calls,
  after: 'success' | 'refusal',
  edit: (kept: PlainLease, before: PlainLease, call: ClientCall) => PlainLease,
): Fault['spoil'] {
  return (client) => ({
    ...client,
    keep: (before, answer, call) => {
      const kept = client.keep(before, answer, call)
      const applies = answer !== undefined && on(calls, call) && isSuccess(answer) === (after === 'success')
      return applies ? edit(kept, before, call) : kept
    },
  })
}

/** A request with headers set to other values, or removed. */
export function withHeaders(request: PlainRequest, values: Readonly<Record<string, string | undefined>>): PlainRequest {
  const all = Object.entries({ ...request.headers, ...values })
  return {
    ...request,
    headers: Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  }
}

/** A result with fields set to other values, or removed; what is no result stays as it is. */
export function withResult(ending: Ending, values: Partial<Record<Told, string | undefined>>): Ending {
  if (ending.returned === undefined) return ending
  const all = Object.entries({ ...ending.returned, ...values }).filter(([, value]) => value !== undefined)
  return { returned: Object.fromEntries(all) }
}

/** An error with fields set to other values, or removed; what is no error of the service stays as it is. */
export function withError(
  { raised, ...ending }: Ending,
  values: Partial<Record<'error' | 'status' | 'code', unknown>>,
): Ending {
  if (raised?.because !== 'service') return raised === undefined ? ending : { raised }
  const all = Object.entries({ ...raised, ...values }).filter(([, value]) => value !== undefined)
  return { raised: Object.fromEntries(all) as unknown as NonNullable<Ending['raised']> }
}
