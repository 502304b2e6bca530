import { type Answer, done } from '../answer.ts'
import type { Call } from '../call.ts'
import { leaseOperation } from '../lease-operation.ts'
import { onFile, onShare } from './place.ts'

/** Leases a share or a snapshot of it. */
export function leaseShare(call: Call): Answer {
  return onShare(call, leaseOperation(call.request, 'leaseShare'), () => done())
}

export function leaseFile(call: Call): Answer {
  return onFile(call, leaseOperation(call.request, 'leaseFile'), () => done())
}
