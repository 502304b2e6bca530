import type { Belief } from './belief.ts'
import { isLeaseAction, type OperationName } from './operation.ts'
import type { BlobType, Resource, ResourceName } from './resource.ts'
import { describeUse } from './uses.ts'
import { resourceIn } from './world.ts'

/**
 * Whether an operation is meant for what a resource is, in every world that the server may be in. No rule says what an append
 * blob answers to a page: scenarios are planned so that it is not asked, and on wall time a plan may come out otherwise, since
 * a write that was to be refused is not any more when its lease has run out.
 */
export function isFitting(belief: Belief, name: OperationName, on: ResourceName): boolean {
  if (isLeaseAction(name)) return true
  const { kind, blobType, needsSource } = describeUse(name)
  if (kind !== 'blob' || (blobType === undefined && needsSource !== true)) return true
  // What copies without saying onto what is for block blobs, and what makes one.
  const wanted = blobType ?? 'block'
  return belief.every(({ world, pending }) => {
    const made = pending.flatMap(({ operation }) => (operation.on === on ? (makes(operation.name) ?? []) : []))
    return [...typesOf(resourceIn(world, on)), ...made].every((type) => type === wanted)
  })
}

function typesOf({ existence, blobType }: Resource): readonly BlobType[] {
  return existence === 'absent' || blobType === undefined ? [] : [blobType]
}

function makes(name: OperationName): BlobType | undefined {
  return isLeaseAction(name) ? undefined : describeUse(name).makes
}
