import type { ConditionHeader, ConditionSymbol } from '../../../model/condition.ts'
import { classOf, isLeaseAction, type OperationName, type SnapshotOption } from '../../../model/operation.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { ServiceVersion } from '../../../model/service-version.ts'
import { describeUse } from '../../../model/uses.ts'
import type { ResourceSetting } from '../../../model/world.ts'
import { operationNameOf } from '../importing/condensed/recorded-operation.ts'
import type { RecordedSession, RecordedStep } from '../importing/condensed/recorded-session.ts'
import { SessionWorld } from './session-world.ts'

/** One request of a script. Lease ids go by their names in the recording. */
export interface ScriptStep {
  /** What was recorded; undefined for what has to be done besides, such as to make what a copy reads. */
  readonly recorded: RecordedStep | undefined
  /** Its number in the recording, from 1. */
  readonly number: number
  readonly name: OperationName
  readonly on: ResourceName
  readonly source?: ResourceName
  readonly condition?: ConditionSymbol
  readonly snapshots?: SnapshotOption
}

/** A recorded step that cannot be sent again, and why. */
export interface SetAside {
  readonly number: number
  readonly step: RecordedStep
  readonly reason: string
}

/** What has to be there and be sent to do again what a session did. */
export interface SessionScript {
  readonly world: readonly ResourceSetting[]
  readonly steps: readonly ScriptStep[]
  readonly aside: readonly SetAside[]
}

/** Makes a script of a session. What cannot be done again is set aside, with everything that depends on it. */
export function scriptOf({ steps: recorded, versions }: Pick<RecordedSession, 'steps' | 'versions'>): SessionScript {
  const world = new SessionWorld(recorded)
  const steps: ScriptStep[] = []
  const aside: SetAside[] = []
  for (const [index, step] of recorded.entries()) {
    const number = index + 1
    const reason = world.meet(step) ?? hindrance(step, versions)
    if (reason !== undefined) {
      aside.push({ number, step, reason })
      world.skip(step)
      continue
    }
    const name = operationNameOf(step)!
    const source = needsSource(name) ? world.sourceFor(step) : undefined
    if (source?.making !== undefined) steps.push({ recorded: undefined, number, name: source.making, on: source.name })
    steps.push({
      recorded: step,
      number,
      name,
      on: step.r,
      ...(source === undefined ? {} : { source: source.name }),
      ...conditionIn(step),
      ...(deletesSnapshots(step, name, world) ? { snapshots: 'include' as const } : {}),
    })
    world.take(step, name)
  }
  return { world: world.settings(), steps, aside }
}

/** Why a step cannot be sent again whatever its resource holds. */
function hindrance(step: RecordedStep, versions: readonly ServiceVersion[]): string | undefined {
  if (operationNameOf(step) === undefined) return `the model does not know the operation ${step.op}`
  if (isStripped(step, versions)) return 'a lease id or a duration that it must have had was not recorded'
  return Object.keys(step.cond ?? {}).length > 1 ? 'it has more than one condition' : undefined
}

/** Codes that are told only of a lease id that was sent. */
const NEEDS_ID = /^(?:LeaseIdMismatchWith|LeaseNotPresentWith(?:Blob|Container|File)Operation|LeaseLost)/

/** The first version in which an acquisition needs a duration. */
const DURATION_FROM: ServiceVersion = '2012-02-12'

/** Whether the answer shows that the request had a header that the recording has not: without it, it would have been faulty. */
function isStripped(step: RecordedStep, versions: readonly ServiceVersion[]): boolean {
  const { op, st, code = '', id, dur, prop, src_id, dst_id } = step
  const hasId = id !== undefined || src_id !== undefined || dst_id !== undefined
  if (NEEDS_ID.test(code) && !hasId) return true
  if (st === 400) return false
  if (op === 'lease:acquire') return dur === undefined && versions.every((version) => version >= DURATION_FROM)
  if (op === 'lease:change') return !hasId || prop === undefined
  return (op === 'lease:renew' || op === 'lease:release') && !hasId
}

function needsSource(name: OperationName): boolean {
  return !isLeaseAction(name) && describeUse(name).needsSource === true
}

/** The value of a condition was seldom recorded, but the answer shows whether it held. */
function conditionIn({ cond, code, st }: RecordedStep): { readonly condition?: ConditionSymbol } {
  const [entry] = Object.entries(cond ?? {}) as [ConditionHeader, string][]
  if (entry === undefined) return {}
  const [header, value] = entry
  if (value === '*') return { condition: `${header}:*` as ConditionSymbol }
  const held = code !== 'ConditionNotMet' && st !== 304
  return { condition: held ? HELD[header] : FAILED[header] }
}

const HELD: Readonly<Record<ConditionHeader, ConditionSymbol>> = {
  'if-match': 'if-match:current',
  'if-none-match': 'if-none-match:other',
  'if-modified-since': 'if-modified-since:past',
  'if-unmodified-since': 'if-unmodified-since:future',
  'x-ms-if-tags': 'x-ms-if-tags:met',
}
const FAILED: Readonly<Record<ConditionHeader, ConditionSymbol>> = {
  'if-match': 'if-match:other',
  'if-none-match': 'if-none-match:current',
  'if-modified-since': 'if-modified-since:future',
  'if-unmodified-since': 'if-unmodified-since:past',
  'x-ms-if-tags': 'x-ms-if-tags:unmet',
}

/** `x-ms-delete-snapshots` was not recorded; without it nothing that has snapshots is deleted. */
function deletesSnapshots({ r, st, code }: RecordedStep, name: OperationName, world: SessionWorld): boolean {
  const askedFor = st < 300 || code === 'DeleteShareWhenSnapshotLeased'
  return classOf(name) === 'delete' && askedFor && world.hasSnapshots(r)
}
