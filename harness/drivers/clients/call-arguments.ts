import type { LeaseIdArgument } from '../../../model/lease-id.ts'
import type { NumberArgument, Operation } from '../../../model/operation.ts'
import type { ResourceKind } from '../../../model/resource.ts'
import type { CallArguments } from '../../../reports/driver-protocol.ts'
import type { Names } from '../driver.ts'
import { realNameIn } from '../real-name.ts'
import { placeOf } from './place.ts'

/** What a call is given. */
export function argumentsOf(
  asked: Operation,
  kind: ResourceKind,
  names: Names,
  sourceUrl: string | undefined,
): CallArguments {
  const { condition, snapshots, source } = asked
  return {
    ...text('leaseId', asked.leaseId),
    ...text('proposedLeaseId', asked.proposedLeaseId),
    ...whole('duration', asked.duration),
    ...whole('breakPeriod', asked.breakPeriod),
    ...(condition === undefined ? {} : { condition }),
    ...(snapshots === undefined ? {} : { snapshots }),
    ...(sourceUrl === undefined
      ? {}
      : { source: { url: sourceUrl, place: placeOf(kind, realNameIn(names, source ?? asked.on)) } }),
    ...text('sourceLeaseId', asked.sourceLeaseId),
  }
}

function text(name: 'leaseId' | 'proposedLeaseId' | 'sourceLeaseId', argument: LeaseIdArgument): CallArguments {
  return argument.given === 'none' ? {} : { [name]: argument.text }
}

function whole(name: 'duration' | 'breakPeriod', argument: NumberArgument | undefined): CallArguments {
  return argument === undefined ? {} : { [name]: Number(argument.text) }
}
