import { conditionOf } from '../../../model/condition.ts'
import { type Operation, operation } from '../../../model/operation.ts'
import type { ServiceVersion } from '../../../model/service-version.ts'
import type { ScriptStep } from './session-script.ts'

/** What the steps of a script leave open until they are sent. */
export interface Openings {
  readonly version: ServiceVersion
  /** The text of a lease id. */
  readonly textOf: (name: string) => string
  /** The ETag that the resource was last seen to have. */
  readonly etag: string | undefined
}

/** The request that a step asks for. */
export function operationFor(
  { name, on, recorded, source, condition, snapshots }: ScriptStep,
  open: Openings,
): Operation {
  const { id, dst_id, prop, src_id, dur, bp } = recorded ?? {}
  const text = (named: string | undefined) => (named === undefined ? undefined : open.textOf(named))
  const headers = {
    leaseId: text(dst_id ?? id),
    proposedLeaseId: text(prop),
    sourceLeaseId: text(src_id),
    duration: dur,
    breakPeriod: bp,
    source,
    condition: condition && conditionOf(condition, open.etag),
    snapshots,
  }
  return operation(name, on, headers, open.version)
}
