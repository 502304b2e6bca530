import { leaseIdArgument } from '../../../model/lease-id.ts'
import type { Operation } from '../../../model/operation.ts'
import type { Exchange } from '../../../model/trace.ts'

/** What the lease clients of both packages have in common. */
export interface LeaseClient {
  readonly leaseId: string
  acquireLease(duration: number | undefined, options: object): Promise<unknown>
  renewLease(options: object): Promise<unknown>
  changeLease(proposedLeaseId: string, options: object): Promise<unknown>
  releaseLease(options: object): Promise<unknown>
}

/** Makes a lease client of a resource: with an id, or with one of its own making. */
export type MakeLeaseClient = (leaseId: string | undefined) => LeaseClient

/** A lease client in use. */
export interface LeaseHandle {
  readonly client: LeaseClient
  /** The id that it has to remember by the answers so far: for that id it is used without asking it. */
  id: string
}

/**
 * The lease clients of one resource in one scenario. They remember an id of their own from call to call, so a step goes through
 * the client that should remember the id that it asks for; where none should, an application would make one, and so do we.
 */
export class LeaseHandles {
  readonly #make: MakeLeaseClient
  /** The newest first. */
  #handles: readonly LeaseHandle[] = []

  constructor(make: MakeLeaseClient) {
    this.#make = make
  }

  handleFor(asked: Operation): LeaseHandle {
    const id = asked.name === 'acquire' ? asked.proposedLeaseId : asked.leaseId
    // A break needs no id, so any client will do.
    if (id.given === 'none') return (asked.name === 'break' ? this.#handles[0] : undefined) ?? this.#add(undefined)
    const isPlain = id.given === 'guid' && id.canonical
    const known = isPlain ? this.#handles.find((each) => each.id === id.id) : undefined
    return known ?? this.#add(id.text)
  }

  #add(id: string | undefined): LeaseHandle {
    const client = this.#make(id)
    const handle = { client, id: idValue(client.leaseId) }
    this.#handles = [handle, ...this.#handles]
    return handle
  }
}

/** Notes the id that a handle has to remember after an answer. */
export function noteAnswer(handle: LeaseHandle, exchange: Exchange | undefined): void {
  const { answer, operation } = exchange ?? {}
  if (answer === undefined || answer.status >= 300) return
  const id = answer.headers['x-ms-lease-id']
  if (id !== undefined && (operation?.name === 'acquire' || operation?.name === 'change')) handle.id = idValue(id)
}

function idValue(text: string): string {
  const read = leaseIdArgument(text)
  return read.given === 'guid' ? read.id : text
}
