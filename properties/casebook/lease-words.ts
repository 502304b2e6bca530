import { deadlineOf } from '../../model/lease.ts'
import { type LeaseId, leaseIdArgument } from '../../model/lease-id.ts'
import type { Resource } from '../../model/resource.ts'
import { nameOfId } from '../../model/scenario.ts'
import type { Instant } from '../../model/time.ts'

/** A resource with its lease as it stands at an instant, e.g. `leased for 15 s as A, 14 s left`. */
export function leaseInWords({ existence, lease }: Resource, nowMs: Instant): string {
  if (existence === 'absent') return 'not there'
  const uncommitted = existence === 'uncommitted' ? 'uncommitted, ' : ''
  const deadline = deadlineOf(lease)
  const left = deadline === undefined ? '' : `, ${secondsText(deadline.earliestMs - nowMs)} left`
  switch (lease.state) {
    case 'available':
      return `${uncommitted}available`
    case 'leased': {
      const term = lease.term === 'infinite' ? 'for ever' : `for ${lease.term} s`
      return `${uncommitted}leased ${term} as ${idInWords(lease.id)}${left}`
    }
    case 'breaking':
    case 'broken':
    case 'expired':
      return `${uncommitted}${lease.state}${left}`
    default:
      return lease satisfies never
  }
}

/** A lease id by its name in scenarios. Ids that the server made up and ids never used before have no name. */
export function idInWords(id: LeaseId): string {
  return nameOfId(id) ?? (id.startsWith('0fe5cade') ? 'a new id' : 'an id of the service')
}

/** The value of an answer's header for readers, who know ids by their names. */
export function headerInWords(value: string): string {
  return leaseIdArgument(value).given === 'guid' ? idInWords(value) : value
}

function secondsText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${(ms / 1000).toFixed(3)} s`
}
