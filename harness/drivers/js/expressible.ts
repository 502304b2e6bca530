import type { ConditionHeader, ConditionSymbol } from '../../../model/condition.ts'
import { isLeaseAction, type LeaseAction } from '../../../model/operation.ts'
import { KINDS, type ResourceKind } from '../../../model/resource.ts'
import type { OperationStep } from '../../../model/scenario.ts'
import type { Expressible } from '../driver.ts'
import { BLOB_CALLS } from './blob-calls.ts'
import { FILE_CALLS } from './file-calls.ts'
import type { Takes } from './use-call.ts'

/** Whether a step can be said in calls of the SDK as its types allow them. */
export function expressibleInJs(step: OperationStep, kind: ResourceKind): Expressible {
  if (step.action !== undefined || !areSendable(step)) return 'not at all'
  return isLeaseAction(step.do) ? leaseCall(step.do, step, kind) : useCall(step)
}

function leaseCall(action: LeaseAction, step: OperationStep, kind: ResourceKind): Expressible {
  const isFileService = KINDS[kind].service === 'file'
  if (!takesCondition(LEASE_CONDITIONS[kind], step.condition)) return 'not at all'
  const { leaseId, proposedLeaseId, duration, breakPeriod, source, sourceLeaseId, snapshots } = step
  const given = { leaseId, proposedLeaseId, duration, breakPeriod, source, sourceLeaseId, snapshots }
  const has = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (has.some((name) => !LEASE_ARGUMENTS[action].includes(name))) return 'not at all'
  switch (action) {
    case 'acquire':
      // The duration of a blob's lease cannot be left out; that of a share's or file's lease is infinite then.
      if (duration === undefined ? !isFileService : !isNumber(duration)) return 'not at all'
      return duration === undefined || proposedLeaseId === undefined ? 'otherwise' : 'exactly'
    case 'renew':
      // The lease of a file is never renewed: the SDK has the method and is to send nothing.
      return leaseId === undefined ? 'not at all' : kind === 'file' ? 'otherwise' : 'exactly'
    case 'release':
      return leaseId === undefined ? 'not at all' : 'exactly'
    case 'change':
      return leaseId === undefined || proposedLeaseId === undefined ? 'not at all' : 'exactly'
    case 'break':
      // The lease of a share or a file breaks without a period: the call has no parameter for it.
      return breakPeriod === undefined || (!isFileService && isNumber(breakPeriod)) ? 'exactly' : 'not at all'
    default:
      return action satisfies never
  }
}

const LEASE_ARGUMENTS: Readonly<Record<LeaseAction, readonly string[]>> = {
  acquire: ['duration', 'proposedLeaseId'],
  renew: ['leaseId'],
  change: ['leaseId', 'proposedLeaseId'],
  release: ['leaseId'],
  break: ['breakPeriod'],
}

const DATES: readonly ConditionHeader[] = ['if-modified-since', 'if-unmodified-since']
const ALL_CONDITIONS: readonly ConditionHeader[] = ['if-match', 'if-none-match', ...DATES, 'x-ms-if-tags']
const LEASE_CONDITIONS: Readonly<Record<ResourceKind, readonly ConditionHeader[]>> = {
  blob: ALL_CONDITIONS,
  'blob-snapshot': ALL_CONDITIONS,
  container: DATES,
  share: [],
  'share-snapshot': [],
  file: [],
}

function useCall(step: OperationStep): Expressible {
  const call: { readonly takes: Takes } | undefined =
    BLOB_CALLS[step.do as keyof typeof BLOB_CALLS] ?? FILE_CALLS[step.do as keyof typeof FILE_CALLS]
  if (call === undefined) return 'not at all'
  const { leaseId = false, conditions = [], source = false, sourceLeaseId = false, snapshots = [] } = call.takes
  const fits =
    step.proposedLeaseId === undefined &&
    step.duration === undefined &&
    step.breakPeriod === undefined &&
    (step.leaseId === undefined || leaseId) &&
    (step.sourceLeaseId === undefined || sourceLeaseId) &&
    (step.source !== undefined) === source &&
    (step.snapshots === undefined || snapshots.includes(step.snapshots)) &&
    takesCondition(conditions, step.condition)
  return fits ? 'exactly' : 'not at all'
}

function takesCondition(taken: readonly ConditionHeader[], symbol: ConditionSymbol | undefined): boolean {
  return symbol === undefined || taken.some((header) => symbol.startsWith(`${header}:`))
}

/** A text that a number of JavaScript gives back unchanged. */
function isNumber(text: string): boolean {
  return String(Number(text)) === text && Number.isFinite(Number(text))
}

/** Ids that the SDK passes on as they stand: it leaves out empty ones, trims others, and sends no header twice. */
function areSendable({ leaseId, proposedLeaseId, sourceLeaseId }: OperationStep): boolean {
  return [leaseId, proposedLeaseId, sourceLeaseId].every((symbol) => {
    if (symbol === undefined) return true
    if (!symbol.startsWith('malformed:')) return !symbol.endsWith('@twice')
    return /^malformed:[!-~](?:[ -~]*[!-~])?$/.test(symbol)
  })
}
