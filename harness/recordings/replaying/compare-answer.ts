import type { Answer } from '../../../model/trace.ts'
import type { LeaseNames } from '../importing/condensed/lease-names.ts'
import { plainStatus } from './judged-recording.ts'
import type { ScriptStep } from './session-script.ts'

/** A recorded lease time was rounded from an instant that nobody knows. */
const TIME_TOLERANCE_SECONDS = 1

/** The fields of an answer that are not as they were recorded. What was not recorded is not compared. */
export function comparedAnswer(
  { recorded, name }: ScriptStep,
  answer: Answer | undefined,
  leases: LeaseNames,
): readonly string[] {
  if (answer === undefined) return ['answer']
  if (recorded === undefined) return answer.status < 300 ? [] : ['status']
  const { st, code, rid, time, state, status, duration, prop } = recorded
  if (plainStatus(st) !== answer.status) return ['status']
  const { headers } = answer
  const compared: readonly (readonly [field: string, same: boolean])[] = [
    // An answer to HEAD has its code in a header or nowhere, and there was none in the early versions.
    ['code', code === undefined || code === answer.code],
    ['x-ms-lease-id', isSameId(rid, headers['x-ms-lease-id'], leases, rid === prop || name === 'renew')],
    ['x-ms-lease-time', isSameTime(time, headers['x-ms-lease-time'])],
    ['x-ms-lease-state', state === headers['x-ms-lease-state']],
    ['x-ms-lease-status', status === headers['x-ms-lease-status']],
    ['x-ms-lease-duration', duration === headers['x-ms-lease-duration']],
  ]
  return compared.flatMap(([field, same]) => (same ? [] : [field]))
}

function isSameId(
  recorded: string | undefined,
  answered: string | undefined,
  leases: LeaseNames,
  wasSent: boolean,
): boolean {
  if (recorded === undefined || answered === undefined) return recorded === answered
  return leases.isAnswered(recorded, answered, wasSent)
}

function isSameTime(recorded: string | undefined, answered: string | undefined): boolean {
  if (recorded === undefined || answered === undefined) return recorded === answered
  return Math.abs(Number(recorded) - Number(answered)) <= TIME_TOLERANCE_SECONDS
}
