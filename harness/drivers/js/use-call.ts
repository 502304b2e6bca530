import type { Condition, ConditionHeader } from '../../../model/condition.ts'
import type { Operation, SnapshotOption } from '../../../model/operation.ts'

/** What a call of the SDK has parameters for. */
export interface Takes {
  readonly leaseId?: true
  readonly conditions?: readonly ConditionHeader[]
  readonly source?: true
  readonly sourceLeaseId?: true
  readonly snapshots?: readonly SnapshotOption[]
}

/** How the SDK is asked for one use, at a place that its clients are made for. */
export interface UseCall<Place> {
  readonly takes: Takes
  readonly call: (at: Place, asked: Operation) => Promise<unknown>
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

export function blobConditions({ leaseId, condition }: Operation): BlobConditions {
  return { ...(leaseId.given === 'none' ? {} : { leaseId: leaseId.text }), ...(condition && conditionField(condition)) }
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
