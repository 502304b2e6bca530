import type { LeaseIdArgument } from '../lease-id.ts'
import type { Operation } from '../operation.ts'
import type { SentField } from './client-rule.ts'

/** What an operation has in a field, as a text to compare; undefined where it is not sent. Ids in the form they are compared in. */
export function sentValue(field: Exclude<SentField, 'requests'>, operation: Operation): string | undefined {
  switch (field) {
    case 'operation':
      return operation.name
    case 'resource':
      return operation.on
    case 'x-ms-lease-id':
      return idValue(operation.leaseId)
    case 'x-ms-proposed-lease-id':
      return idValue(operation.proposedLeaseId)
    case 'x-ms-lease-duration':
      return operation.duration?.text
    case 'x-ms-lease-break-period':
      return operation.breakPeriod?.text
    case 'condition':
      return operation.condition && `${operation.condition.header}: ${operation.condition.value}`
    case 'source':
      return operation.source
    case 'x-ms-source-lease-id':
      return idValue(operation.sourceLeaseId)
    case 'x-ms-delete-snapshots':
      return operation.snapshots
    default:
      return field satisfies never
  }
}

function idValue(argument: LeaseIdArgument): string | undefined {
  if (argument.given === 'none') return undefined
  return argument.given === 'guid' ? argument.id : argument.text
}
