import { isLeaseAction, LEASE_ACTIONS, type OperationName } from '../../../../model/operation.ts'
import type { CallDescription, CallTable } from '../../../../reports/driver-protocol.ts'
import { callKey } from '../../clients/call-table.ts'

const DATES: NonNullable<CallDescription['conditions']> = ['if-modified-since', 'if-unmodified-since']
const ALL: NonNullable<CallDescription['conditions']> = ['if-match', 'if-none-match', ...DATES]
const LEASED: CallDescription = { leaseId: 'optional' }
const GUARDED: CallDescription = { ...LEASED, conditions: ALL }

const USE_CALLS = {
  getBlob: GUARDED,
  getBlobProperties: GUARDED,
  setBlobMetadata: GUARDED,
  putBlob: GUARDED,
  snapshotBlob: GUARDED,
  copyBlob: { ...GUARDED, source: 'required' },
  deleteBlob: { ...GUARDED, snapshots: ['include'] },
  getBlobSnapshotProperties: GUARDED,
  getContainerProperties: LEASED,
  createContainer: {},
  setContainerMetadata: { ...LEASED, conditions: ['if-modified-since'] },
  deleteContainer: { ...LEASED, conditions: DATES },
  getShareProperties: LEASED,
  setShareMetadata: LEASED,
  getFileProperties: LEASED,
  setFileMetadata: LEASED,
  renameFile: { ...LEASED, source: 'required', sourceLeaseId: 'optional' },
} as const satisfies Partial<Record<OperationName, CallDescription>>

const LEASED_KINDS = ['blob', 'container', 'share', 'file'] as const
const LEASE_CALLS = LEASED_KINDS.flatMap((kind) =>
  LEASE_ACTIONS.map((action) => [callKey(action, kind), leaseCall(kind, action)] as const),
)

function leaseCall(kind: (typeof LEASED_KINDS)[number], action: (typeof LEASE_ACTIONS)[number]): CallDescription {
  const conditions = kind === 'blob' ? ALL : kind === 'container' ? DATES : []
  const isFile = kind === 'file'
  switch (action) {
    case 'acquire':
      return { duration: 'required', proposedLeaseId: 'optional', fills: ['proposedLeaseId'], conditions }
    case 'renew':
      return { leaseId: 'required', conditions, ...(isFile ? { sends: 'nothing' } : {}) }
    case 'release':
      return { leaseId: 'required', conditions }
    case 'change':
      return { leaseId: 'required', proposedLeaseId: 'required', conditions }
    case 'break':
      return { ...(isFile ? {} : { breakPeriod: 'optional' }), conditions }
    default:
      return action satisfies never
  }
}

/** What the plain client can be asked for: the leases of every kind, and a few uses of each class that concerns leases. */
export const PLAIN_CALLS: CallTable = { ...Object.fromEntries(LEASE_CALLS), ...USE_CALLS }

/** Whether a call goes through a lease client. */
export function isLeaseCall(call: string): boolean {
  return isLeaseAction(call as OperationName)
}
