import { type Answer, done } from '../answer.ts'
import type { Call } from '../call.ts'
import { leaseOperation } from '../lease-operation.ts'
import { onBlob, onContainer } from './place.ts'

export function leaseBlob(call: Call): Answer {
  return onBlob(call, leaseOperation(call.request, 'leaseBlob'), () => done())
}

export function leaseContainer(call: Call): Answer {
  return onContainer(call, leaseOperation(call.request, 'leaseContainer'), () => done())
}
