import { deadlineAt, idNames, isPlain, type Place } from '../place.ts'
import type { OperationStep } from '../scenario.ts'
import { subjectOf } from '../world.ts'
import { durationsOf, step, typicalUses, withIds } from './step.ts'

const VALID_DURATIONS = { fixed: ['15', '60', '-1'], infinite: ['-1'] }
/** Between the shortest and the longest. */
const ANY_DURATION = '30'

/**
 * The well-formed inputs of the fine cells: each relation of ids that exists in a place, each duration, each break period. In
 * plain states every id comes with every duration and every period, in the others each of them once.
 */
export function usualInputsAt(place: Place): readonly OperationStep[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { leaseIds, proposals } = idsAt(place)
  const isFixed = durationsOf(kind) === 'fixed'
  const durations = [...VALID_DURATIONS[durationsOf(kind)], ...(isFixed && place.thorough ? [ANY_DURATION] : [])]
  const periods = periodsAt(place)
  const all = place.thorough || isPlain(place)
  return [
    ...proposals.flatMap((proposedLeaseId, at) =>
      (all || at === 0 ? durations : [durations[at % durations.length]]).map((duration) =>
        step({ do: 'acquire', on, proposedLeaseId, duration }),
      ),
    ),
    ...leaseIds.flatMap((leaseId) => [step({ do: 'renew', on, leaseId }), step({ do: 'release', on, leaseId })]),
    ...leaseIds.flatMap((leaseId) =>
      proposals.flatMap((proposedLeaseId) =>
        proposedLeaseId === undefined ? [] : [step({ do: 'change', on, leaseId, proposedLeaseId })],
      ),
    ),
    ...[undefined, ...leaseIds].flatMap((leaseId, at) =>
      (all || at === 0 ? periods : [periods[at % periods.length]]).map((breakPeriod) =>
        step({ do: 'break', on, leaseId, breakPeriod }),
      ),
    ),
    ...typicalUses(kind).flatMap((use) => withIds(use, on, [undefined, ...leaseIds])),
  ]
}

/** The symbols for every relation that an id can have to the resource in a place; simple names first, they make the paths. */
export function idsAt(place: Place) {
  const { held, former } = idNames(place)
  const known = held === undefined ? [] : [held, `${held}@upper`, `${held}@N`]
  const past = former === undefined ? [] : [former]
  const next = held === 'A' ? 'B' : 'A'
  const unused = next === former ? 'fresh' : next
  return {
    leaseIds: [...known, ...past, unused],
    proposals: [unused, undefined, ...known, ...past, 'fresh@N'],
  }
}

export function periodsAt(place: Place): readonly (string | undefined)[] {
  const deadline = deadlineAt(place, subjectOf(place.setting).name)
  const left = deadline === undefined ? undefined : (deadline - place.nowMs) / 1000
  const equal = left !== undefined && Number.isInteger(left) ? [String(left)] : []
  const shorter = left === undefined || left > 2 ? ['2'] : []
  return [undefined, '0', ...shorter, ...equal, '60']
}
