import type { Condition } from '../../../model/condition.ts'
import type { CallArguments, CallDescription } from '../../../reports/driver-protocol.ts'

/** How the SDK is asked for one use, at a place that its clients are made for. */
export interface UseCall<Place> {
  readonly takes: CallDescription
  readonly call: (at: Place, asked: CallArguments) => Promise<unknown>
}

/** Conditions as the blob package has them: every header that a request may carry is a field. */
export interface BlobConditions {
  leaseId?: string
  ifMatch?: string
  ifNoneMatch?: string
  ifModifiedSince?: Date
  ifUnmodifiedSince?: Date
  tagConditions?: string
}

export function blobConditions({ leaseId, condition }: CallArguments): BlobConditions {
  return { ...(leaseId === undefined ? {} : { leaseId }), ...(condition && conditionField(condition)) }
}

function conditionField({ header, value }: Condition): BlobConditions {
  switch (header) {
    case 'if-match':
      return { ifMatch: value }
    case 'if-none-match':
      return { ifNoneMatch: value }
    case 'if-modified-since':
      return { ifModifiedSince: new Date(value) }
    case 'if-unmodified-since':
      return { ifUnmodifiedSince: new Date(value) }
    case 'x-ms-if-tags':
      return { tagConditions: value }
    default:
      return header satisfies never
  }
}
