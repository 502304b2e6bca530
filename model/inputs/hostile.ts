import { PLAINLY_MALFORMED } from '../cell.ts'
import { classOf, LEASE_ACTIONS } from '../operation.ts'
import { idNames, type Place } from '../place.ts'
import type { OperationStep } from '../scenario.ts'
import { subjectOf } from '../world.ts'
import { durationsOf, step, subjectIn, typicalUses, usesOf, withIds } from './step.ts'
import { idsAt } from './usual.ts'

/** The malformed id of the fine cells. */
export const MALFORMED = `malformed:${PLAINLY_MALFORMED}`
const INVALID_DURATIONS = { fixed: ['0', '14', '61', '-2', '15.5'], infinite: ['0', '15', '60', '61', '-2'] }
const INVALID_PERIODS = ['61', '-1']

/**
 * Requests that are to be refused for their headers alone, whatever the state: missing, malformed, out of range; and where
 * it is tried hard everything else that a header can be.
 */
export function hostileInputsAt(place: Place): readonly OperationStep[] {
  return isTriedHard(place) ? [...faulty(place), ...oddRequests(place)] : faulty(place)
}

function faulty(place: Place): readonly OperationStep[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { leaseIds, proposals } = idsAt(place)
  const faultyIds = [undefined, MALFORMED]
  return [
    ...[undefined, ...INVALID_DURATIONS[durationsOf(kind)]].map((duration) =>
      step({ do: 'acquire', on, proposedLeaseId: 'A', duration }),
    ),
    ...[durationsOf(kind) === 'fixed' ? '15' : '-1', undefined, '14'].map((duration) =>
      step({ do: 'acquire', on, proposedLeaseId: MALFORMED, duration }),
    ),
    ...faultyIds.flatMap((leaseId) => [step({ do: 'renew', on, leaseId }), step({ do: 'release', on, leaseId })]),
    ...faultyIds.flatMap((leaseId) =>
      [...proposals, MALFORMED].map((proposedLeaseId) => step({ do: 'change', on, leaseId, proposedLeaseId })),
    ),
    ...leaseIds.flatMap((leaseId) =>
      faultyIds.map((proposedLeaseId) => step({ do: 'change', on, leaseId, proposedLeaseId })),
    ),
    ...[undefined, ...leaseIds].flatMap((leaseId) =>
      INVALID_PERIODS.map((breakPeriod) => step({ do: 'break', on, leaseId, breakPeriod })),
    ),
    ...[undefined, '0', '60', '61'].map((breakPeriod) => step({ do: 'break', on, leaseId: MALFORMED, breakPeriod })),
    ...typicalUses(kind)
      .flatMap((use) => withIds(use, on, [MALFORMED]))
      .filter(({ leaseId }) => leaseId !== undefined),
  ]
}

/** Whether every odd request is sent here: headers are read before states, so the rest of the states gain little. */
function isTriedHard(place: Place): boolean {
  const { lease } = subjectIn(place)
  return place.thorough || lease.state === 'available' || (lease.state === 'leased' && lease.term !== 'infinite')
}

const ODD_DURATIONS = ['', 'abc', '99999999999', '+20', '15\n15', '1e2', '20abc']
const ODD_PERIODS = ['', 'abc', '99999999999', '+5', '5\n5', '2.5']
const ODD_IDS = ['malformed:', 'malformed:"', 'malformed:0fe5cade-0000-4000-8000', 'A@twice', 'A@B', 'A@P']

/** Hostile requests: headers that are empty, doubled, quoted, of the wrong type, or on the wrong action; unknown actions. */
function oddRequests(place: Place): readonly OperationStep[] {
  const { name: on, kind } = subjectOf(place.setting)
  const { held = 'A' } = idNames(place)
  const duration = durationsOf(kind) === 'fixed' ? '15' : '-1'
  const ids = ODD_IDS.map((id) => id.replace(/^A(?=@)/, held))
  const [write] = usesOf(kind, (use) => classOf(use) === 'write')
  const [lease] = usesOf(kind, (use) => classOf(use) === 'lease')
  return [
    ...ODD_DURATIONS.map((odd) => step({ do: 'acquire', on, proposedLeaseId: 'A', duration: odd })),
    ...ODD_PERIODS.map((odd) => step({ do: 'break', on, breakPeriod: odd })),
    ...ids.flatMap((id) => [
      step({ do: 'acquire', on, proposedLeaseId: id, duration }),
      step({ do: 'renew', on, leaseId: id }),
      step({ do: 'change', on, leaseId: id, proposedLeaseId: 'D' }),
      step({ do: 'change', on, leaseId: held, proposedLeaseId: id }),
      step({ do: 'release', on, leaseId: id }),
      step({ do: 'break', on, leaseId: id, breakPeriod: '0' }),
      ...(write === undefined ? [] : [step({ do: write, on, leaseId: id })]),
    ]),
    ...strayRequests(place, duration),
    ...(lease === undefined ? [] : [undefined, '', 'steal', 'acquire\nacquire']).map((action) => ({
      ...step({ do: lease!, on, leaseId: held, duration }),
      ...(action === undefined ? {} : { action }),
    })),
  ]
}

/** Headers on actions that they do not belong to, well-formed and not. */
function strayRequests(place: Place, duration: string): readonly OperationStep[] {
  const { name: on } = subjectOf(place.setting)
  const { held = 'A' } = idNames(place)
  const plain: Readonly<Record<(typeof LEASE_ACTIONS)[number], OperationStep>> = {
    acquire: step({ do: 'acquire', on, proposedLeaseId: held, duration }),
    renew: step({ do: 'renew', on, leaseId: held }),
    change: step({ do: 'change', on, leaseId: held, proposedLeaseId: 'D' }),
    release: step({ do: 'release', on, leaseId: held }),
    break: step({ do: 'break', on, breakPeriod: '0' }),
  }
  const strays: readonly Partial<OperationStep>[] = [
    { leaseId: held },
    { leaseId: MALFORMED },
    { proposedLeaseId: 'D' },
    { proposedLeaseId: MALFORMED },
    { duration: '15' },
    { duration: '7' },
    { breakPeriod: '10' },
    { breakPeriod: '-1' },
  ]
  return LEASE_ACTIONS.flatMap((action) =>
    strays
      .filter((stray) =>
        Object.keys(stray).every((key) => !(key in plain[action]) && !(action === 'break' && key === 'leaseId')),
      )
      .map((stray) => ({ ...plain[action], ...stray })),
  )
}
