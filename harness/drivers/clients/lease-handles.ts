import { leaseIdArgument } from '../../../model/lease-id.ts'
import type { Operation } from '../../../model/operation.ts'
import type { Exchange } from '../../../model/trace.ts'

/** A lease client in use. */
export interface LeaseHandle {
  readonly number: number
  /** The text that it was made with; undefined if it made an id of its own. */
  readonly madeWith: string | undefined
  /** The id that it has to remember by the answers so far: for that id it is used without asking it. */
  id: string | undefined
}

/**
 * The lease clients of one resource in one scenario. They remember an id of their own from call to call, so a step goes through
 * the client that should remember the id that it asks for; where none should, an application would make one, and so do we.
 */
export class LeaseHandles {
  readonly #next: () => number
  /** The newest first. */
  #handles: readonly LeaseHandle[] = []

  constructor(next: () => number) {
    this.#next = next
  }

  get numbers(): readonly number[] {
    return this.#handles.map(({ number }) => number)
  }

  handleFor(asked: Operation): LeaseHandle {
    const id = asked.name === 'acquire' ? asked.proposedLeaseId : asked.leaseId
    // A break needs no id, so any client will do.
    if (id.given === 'none') return (asked.name === 'break' ? this.#handles[0] : undefined) ?? this.#add(undefined)
    const isPlain = id.given === 'guid' && id.canonical
    const known = isPlain ? this.#handles.find((each) => each.id === id.id) : undefined
    return known ?? this.#add(id.text)
  }

  #add(madeWith: string | undefined): LeaseHandle {
    const handle = { number: this.#next(), madeWith, id: plainId(madeWith) }
    this.#handles = [handle, ...this.#handles]
    return handle
  }
}

/**
 * Notes the id that a handle has to remember after a call.
 * @param own the id that the client showed before the call: the one that it made itself, if it was made without
 */
export function noteAnswer(handle: LeaseHandle, own: string | undefined, exchange: Exchange | undefined): void {
  if (handle.madeWith === undefined) handle.id ??= plainId(own)
  const { answer, operation } = exchange ?? {}
  if (answer === undefined || answer.status >= 300) return
  const id = answer.headers['x-ms-lease-id']
  if (id === undefined || (operation?.name !== 'acquire' && operation?.name !== 'change')) return
  const proposed = operation.proposedLeaseId
  // Some clients remember the id that was answered, others the one that they proposed, in its own spelling.
  handle.id = proposed.given === 'none' || (proposed.given === 'guid' && proposed.canonical) ? plainId(id) : undefined
}

/** The id that a client will send as it is usually written; one that it was given in another spelling it sends in that. */
function plainId(text: string | undefined): string | undefined {
  const read = leaseIdArgument(text)
  return read.given === 'guid' && read.canonical ? read.id : undefined
}
