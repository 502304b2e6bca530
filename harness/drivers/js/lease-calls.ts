import type { BlobLeaseClient } from '@azure/storage-blob'
import type { ShareLeaseClient } from '@azure/storage-file-share'
import type { LeaseAction, Operation } from '../../../model/operation.ts'
import { KINDS, type ResourceKind } from '../../../model/resource.ts'
import type { LeaseClient } from './lease-handles.ts'
import { blobConditions } from './use-call.ts'

/** Asks a lease client for a lease action. The ids are not among the arguments: the client remembers its own. */
export function leaseCall(client: LeaseClient, asked: Operation, kind: ResourceKind): Promise<unknown> {
  const action = asked.name as LeaseAction
  const isFileService = KINDS[kind].service === 'file'
  const { leaseId: _ownId, ...conditions } = blobConditions(asked)
  const options = isFileService ? {} : { conditions }
  switch (action) {
    case 'acquire':
      return client.acquireLease(numberIn(asked.duration?.text), options)
    case 'renew':
      return client.renewLease(options)
    case 'change':
      return client.changeLease((asked.proposedLeaseId as { text: string }).text, options)
    case 'release':
      return client.releaseLease(options)
    case 'break':
      if (isFileService) return (client as ShareLeaseClient).breakLease()
      // The types ask for a period; JavaScript may leave it out, and the service gives that a meaning of its own.
      return (client as BlobLeaseClient).breakLease(numberIn(asked.breakPeriod?.text) as number, options)
    default:
      return action satisfies never
  }
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}
