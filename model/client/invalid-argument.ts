import type { LeaseIdArgument } from '../lease-id.ts'
import { isLeaseAction, type NumberArgument, type Operation } from '../operation.ts'
import { BREAK_PERIOD_SECONDS, DURATION_SECONDS, type ResourceKind } from '../resource.ts'

/**
 * Whether the reference pages call something that was asked for invalid, whatever the state of the resource: a client may say so
 * itself instead of asking the service. What was left out is not invalid: a library that needs it does not let it be left out.
 * Sources: Lease Blob, Lease Container, Lease Share, Lease File.
 */
export function isInvalid(asked: Operation, kind: ResourceKind): boolean {
  const { name, leaseId, proposedLeaseId, sourceLeaseId, duration, breakPeriod } = asked
  // A snapshot of a blob cannot be leased.
  if (kind === 'blob-snapshot' && isLeaseAction(name)) return true
  return (
    [leaseId, proposedLeaseId, sourceLeaseId].some(isNoGuid) ||
    (duration !== undefined && !isDuration(duration, kind)) ||
    (breakPeriod !== undefined && !isBreakPeriod(breakPeriod, kind))
  )
}

function isNoGuid({ given }: LeaseIdArgument): boolean {
  return given === 'empty' || given === 'malformed'
}

/** The lease of a file has no end. */
function isDuration({ value }: NumberArgument, kind: ResourceKind): boolean {
  const { shortest, longest, infinite } = DURATION_SECONDS
  if (value === undefined) return false
  return value === infinite || (kind !== 'file' && value >= shortest && value <= longest)
}

/** Lease File knows no break period. */
function isBreakPeriod({ value }: NumberArgument, kind: ResourceKind): boolean {
  const { shortest, longest } = BREAK_PERIOD_SECONDS
  return kind !== 'file' && value !== undefined && value >= shortest && value <= longest
}
