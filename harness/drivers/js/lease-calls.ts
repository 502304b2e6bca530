import type { BlobLeaseClient } from '@azure/storage-blob'
import type { ShareLeaseClient } from '@azure/storage-file-share'
import type { ConditionHeader } from '../../../model/condition.ts'
import { LEASE_ACTIONS, type LeaseAction } from '../../../model/operation.ts'
import { KINDS, RESOURCE_KINDS, type ResourceKind } from '../../../model/resource.ts'
import type { CallArguments, CallDescription, CallTable } from '../../../reports/driver-protocol.ts'
import { callKey } from '../clients/call-table.ts'
import { blobConditions } from './use-call.ts'

/** What the lease clients of both packages have in common. */
export interface LeaseClient {
  readonly leaseId: string
  acquireLease(duration: number | undefined, options: object): Promise<unknown>
  renewLease(options: object): Promise<unknown>
  changeLease(proposedLeaseId: string, options: object): Promise<unknown>
  releaseLease(options: object): Promise<unknown>
}

/** Asks a lease client for a lease action. The lease id is not among the arguments: the client remembers its own. */
export function leaseCall(
  client: LeaseClient,
  action: LeaseAction,
  asked: CallArguments,
  kind: ResourceKind,
): Promise<unknown> {
  const isFileService = KINDS[kind].service === 'file'
  const { leaseId: _ownId, ...conditions } = blobConditions(asked)
  const options = isFileService ? {} : { conditions }
  switch (action) {
    case 'acquire':
      return client.acquireLease(asked.duration, options)
    case 'renew':
      return client.renewLease(options)
    case 'change':
      return client.changeLease(asked.proposedLeaseId!, options)
    case 'release':
      return client.releaseLease(options)
    case 'break':
      if (isFileService) return (client as ShareLeaseClient).breakLease()
      // The types ask for a period; JavaScript may leave it out, and the service gives that a meaning of its own.
      return (client as BlobLeaseClient).breakLease(asked.breakPeriod as number, options)
    default:
      return action satisfies never
  }
}

const DATES: ConditionHeader[] = ['if-modified-since', 'if-unmodified-since']
const ALL_CONDITIONS: ConditionHeader[] = ['if-match', 'if-none-match', ...DATES, 'x-ms-if-tags']
const CONDITIONS: Readonly<Record<ResourceKind, ConditionHeader[]>> = {
  blob: ALL_CONDITIONS,
  'blob-snapshot': ALL_CONDITIONS,
  container: DATES,
  share: [],
  'share-snapshot': [],
  file: [],
}

/** What the lease clients can be asked for, for every kind that one can be made for. */
export const LEASE_CALLS: CallTable = Object.fromEntries(
  RESOURCE_KINDS.flatMap((kind) =>
    LEASE_ACTIONS.map((action) => [callKey(action, kind), { ...takenBy(action, kind), conditions: CONDITIONS[kind] }]),
  ),
)

function takenBy(action: LeaseAction, kind: ResourceKind): CallDescription {
  const isFileService = KINDS[kind].service === 'file'
  switch (action) {
    case 'acquire':
      // The duration of a blob's lease cannot be left out; that of a share's or file's lease is infinite then.
      return {
        proposedLeaseId: 'optional',
        duration: isFileService ? 'optional' : 'required',
        fills: ['proposedLeaseId', 'duration'],
      }
    case 'renew':
      // The lease of a file is never renewed: the SDK has the method and is to send nothing.
      return { leaseId: 'required', ...(kind === 'file' ? { sends: 'nothing' } : {}) }
    case 'release':
      return { leaseId: 'required' }
    case 'change':
      return { leaseId: 'required', proposedLeaseId: 'required' }
    case 'break':
      // The lease of a share or a file breaks without a period: the call has no parameter for it.
      return isFileService ? {} : { breakPeriod: 'optional' }
    default:
      return action satisfies never
  }
}
