import { conditionalInputsAt } from './inputs/conditional.ts'
import { hostileInputsAt } from './inputs/hostile.ts'
import { oddlyPlacedInputsAt, onHolderAt, rareInputsAt } from './inputs/rare.ts'
import { subjectIn } from './inputs/step.ts'
import { periodsAt, usualInputsAt } from './inputs/usual.ts'
import { classOf, isLeaseAction, type OperationName } from './operation.ts'
import { deadlineAt, idNames, isOdd, isPlain, keyOf, type Place } from './place.ts'
import type { ResourceKind } from './resource.ts'
import type { OperationStep, Step } from './scenario.ts'
import { describeUse, USES, type Use } from './uses.ts'
import { subjectOf } from './world.ts'

export { usualInputsAt } from './inputs/usual.ts'

/** Every input in a place: the peaceful ones, and in plain states the hostile ones. */
export function inputsAt(place: Place): readonly OperationStep[] {
  const isHostileHere = !isOdd(place) && (place.thorough || isPlain(place))
  return isHostileHere ? [...peacefulInputsAt(place), ...hostileInputsAt(place)] : peacefulInputsAt(place)
}

/**
 * The well-formed inputs: what is usual; where the state is a plain one also uses that do not stand for their class,
 * conditions, and what happens to the resource that holds this one.
 */
export function peacefulInputsAt(place: Place): readonly OperationStep[] {
  if (isOdd(place)) return oddlyPlacedInputsAt(place)
  const usual = usualInputsAt(place)
  if (!isPlain(place)) return usual
  return [...usual, ...rareInputsAt(place), ...onHolderAt(place), ...conditionalInputsAt(place)]
}

/** What the inputs of a place depend on: places that agree in this have the same inputs in the same cells. */
export function inputsKeyOf(place: Place): string {
  const { held, former } = idNames(place)
  const { lease } = subjectIn(place)
  const isRemembered = lease.state !== 'available' && place.memory.held === lease.id
  return [keyOf(place), held, former, isRemembered, ...periodsAt(place)].join(' | ')
}

/** The waits that lead to another state: into the lease, to its last second, past its end. */
export function waitsFrom(place: Place): readonly Step[] {
  const { name: on } = subjectOf(place.setting)
  if (deadlineAt(place, on) === undefined) return []
  const past: Step = { wait: 'until deadline', on, ms: 1000 }
  if (isOdd(place)) return [past]
  return [{ wait: 'for', on, ms: 5400 }, { wait: 'until deadline', on, ms: -1 }, past]
}

/** The plainest look at the resource that scenarios in a world are about. */
export function observing({ setting }: Pick<Place, 'setting'>): OperationStep {
  const { name: on, kind } = subjectOf(setting)
  return { do: PLAINEST_LOOK[kind], on }
}

const PLAINEST_LOOK: Readonly<Record<ResourceKind, Use>> = {
  blob: 'getBlobProperties',
  'blob-snapshot': 'getBlobSnapshotProperties',
  container: 'getContainerProperties',
  share: 'getShareProperties',
  'share-snapshot': 'getShareSnapshotProperties',
  file: 'getFileProperties',
}

/** The operations that a tour may use in the stead of another: those that stand for the same class as well. */
export function operationsLike(name: OperationName): readonly OperationName[] {
  if (isLeaseAction(name) || describeUse(name).typical !== true) return [name]
  return (Object.keys(USES) as Use[]).filter(
    (use) => USES[use].kind === USES[name].kind && classOf(use) === classOf(name) && describeUse(use).typical === true,
  )
}
