import { valuesFor } from '../features.ts'
import { classOf } from '../operation.ts'
import type { Place } from '../place.ts'
import type { Resource, ResourceKind } from '../resource.ts'
import type { OperationStep } from '../scenario.ts'
import { describeUse, USES, type Use } from '../uses.ts'
import { resourceIn, subjectOf } from '../world.ts'

const ALL_USES = Object.keys(USES) as readonly Use[]

/** The resource that the scenario is about, as it stands. */
export function subjectIn({ server, setting }: Place): Resource {
  return resourceIn(server.world, subjectOf(setting).name)
}

/** The uses of a kind that fit. */
export function usesOf(kind: ResourceKind, fits: (use: Use) => boolean): readonly Use[] {
  return ALL_USES.filter((use) => USES[use].kind === kind && fits(use))
}

/** The uses that stand for their class. */
export function typicalUses(kind: ResourceKind): readonly Use[] {
  return usesOf(kind, (use) => describeUse(use).typical === true)
}

/** A use with each of these ids, or once if it takes none. */
export function withIds(use: Use, on: string, leaseIds: readonly (string | undefined)[]): readonly OperationStep[] {
  const takesId = classOf(use) !== 'list' && classOf(use) !== 'make'
  return takesId ? leaseIds.map((leaseId) => step({ do: use, on, leaseId })) : [step({ do: use, on })]
}

/** Whether a kind knows leases that end by themselves. */
export function durationsOf(kind: ResourceKind): 'fixed' | 'infinite' {
  return valuesFor(kind, 'term').includes('fixed') ? 'fixed' : 'infinite'
}

/** A step without the headers that are not sent. */
export function step({ do: name, on, leaseId, proposedLeaseId, duration, breakPeriod }: SomeHeaders): OperationStep {
  return {
    do: name,
    on,
    ...(leaseId === undefined ? undefined : { leaseId }),
    ...(proposedLeaseId === undefined ? undefined : { proposedLeaseId }),
    ...(duration === undefined ? undefined : { duration }),
    ...(breakPeriod === undefined ? undefined : { breakPeriod }),
  }
}

type SomeHeaders = { readonly [K in keyof OperationStep]: OperationStep[K] | undefined } & Pick<
  OperationStep,
  'do' | 'on'
>
