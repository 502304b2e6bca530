import type { LeaseState } from '../../lease.ts'

/** For tests: the steps of a replay token that bring a lease with the id A into each state. */
export const LEASES: Readonly<Record<LeaseState, string>> = {
  available: '',
  leased: '/acquire,proposed=A,duration=-1',
  breaking: '/acquire,proposed=A,duration=-1/break,period=60',
  broken: '/acquire,proposed=A,duration=-1/break',
  expired: '/acquire,proposed=A,duration=15/wait,deadline+1000ms',
}

/** For tests: a lease of a file has no end, and breaks at once. */
export const FILE_STATES = ['available', 'leased', 'broken'] as const satisfies readonly LeaseState[]
export type FileState = (typeof FILE_STATES)[number]
