import { CONDITION_SYMBOLS, type ConditionSymbol } from '../condition.ts'
import { classOf, type OperationName } from '../operation.ts'
import { idNames, type Place } from '../place.ts'
import { KINDS, type ResourceKind } from '../resource.ts'
import type { OperationStep } from '../scenario.ts'
import { describeUse } from '../uses.ts'
import { subjectOf } from '../world.ts'
import { durationsOf, step, subjectIn, usesOf, withIds } from './step.ts'

/**
 * Conditions that hold and that do not, on requests that the lease lets pass and on those that it does not: where there is no
 * lease, one that runs, and one that has ended.
 */
export function conditionalInputsAt(place: Place): readonly OperationStep[] {
  const { lease } = subjectIn(place)
  const isRunning = lease.state === 'leased' && lease.term !== 'infinite'
  if (!place.thorough && !isRunning && lease.state !== 'available' && lease.state !== 'expired' && knowsExpiry(place))
    return []
  const { name: on, kind } = subjectOf(place.setting)
  const { held = 'A' } = idNames(place)
  const other = held === 'B' ? 'C' : 'B'
  const one = (of: string) => usesOf(kind, (use) => classOf(use) === of && describeUse(use).typical === true).slice(-1)
  const requests: OperationStep[] = [
    step({ do: 'acquire', on, proposedLeaseId: held, duration: durationsOf(kind) === 'fixed' ? '15' : '-1' }),
    step({ do: 'acquire', on, proposedLeaseId: other, duration: '-1' }),
    ...[held, other].map((leaseId) => step({ do: 'renew', on, leaseId })),
    step({ do: 'change', on, leaseId: held, proposedLeaseId: 'D' }),
    step({ do: 'release', on, leaseId: held }),
    step({ do: 'break', on, breakPeriod: '0' }),
    ...['observe', 'read', 'write', 'create', 'delete']
      .flatMap(one)
      .flatMap((use) => withIds(use, on, [undefined, held])),
  ]
  return requests.flatMap((request) => conditionsFor(kind, request.do).map((condition) => ({ ...request, condition })))
}

/** A kind whose leases run for ever has no other state to try. */
function knowsExpiry({ setting }: Place): boolean {
  return durationsOf(subjectOf(setting).kind) === 'fixed'
}

/** A condition of each kind, held and not; where a header is not documented for a kind of resource, once each. */
function conditionsFor(kind: ResourceKind, name: OperationName): readonly ConditionSymbol[] {
  if (KINDS[kind].service === 'file') return ['if-match:other', 'if-modified-since:future']
  const isDated = (symbol: ConditionSymbol) => symbol.includes('since')
  if (kind === 'container') return [...CONDITION_SYMBOLS.filter(isDated), 'if-match:other', 'if-none-match:current']
  // A condition that holds changes nothing, so it is tried where it costs no scenario of its own, and on acquire.
  const unmet = CONDITION_SYMBOLS.filter((symbol) => !MET.has(symbol))
  if (classOf(name) === 'write') return CONDITION_SYMBOLS
  return name === 'acquire' || READS.has(classOf(name)) ? ['if-match:current', ...unmet] : unmet
}

const READS: ReadonlySet<string> = new Set(['observe', 'read'])

const MET: ReadonlySet<ConditionSymbol> = new Set([
  'if-match:current',
  'if-match:*',
  'if-none-match:other',
  'if-modified-since:past',
  'if-unmodified-since:future',
  'x-ms-if-tags:met',
])
