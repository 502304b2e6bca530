import { RESOURCE_KINDS, type ResourceKind } from '../../model/resource.ts'
import { casebook } from './casebook.ts'
import type { LeaseShort } from './moment.ts'

/** One way in which a lease goes from one state to another, or stays as a successful lease operation leaves it. */
export interface StateChange {
  readonly kind: ResourceKind
  readonly from: LeaseShort
  readonly to: LeaseShort
  /** A lease action, the class of a use, or `time`. */
  readonly by: string
}

const STATES: ReadonlySet<LeaseShort> = new Set(['available', 'leased', 'breaking', 'broken', 'expired'])
const ACTIONS: ReadonlySet<string> = new Set(['acquire', 'renew', 'change', 'release', 'break'])

/** Every change of state that the cases of a version show, and what brings it about, each once. */
export function stateChanges(): readonly StateChange[] {
  const { cases } = casebook()
  return RESOURCE_KINDS.flatMap((kind) => {
    const found = new Map<string, StateChange>()
    const keep = (change: StateChange) => found.set(`${change.from} ${change.to} ${change.by}`, change)
    for (const { kind: of, status, leaseBefore, leaseAfter, of: by, before } of cases) {
      if (of !== kind) continue
      if (STATES.has(leaseBefore) && before.endsWith(' left')) {
        keep({ kind, from: leaseBefore, to: leaseBefore === 'leased' ? 'expired' : 'broken', by: 'time' })
      }
      const isAction = ACTIONS.has(by)
      if (status >= 300 || !STATES.has(leaseBefore) || !STATES.has(leaseAfter)) continue
      if (leaseBefore !== leaseAfter || isAction) keep({ kind, from: leaseBefore, to: leaseAfter, by })
    }
    return [...found.values()]
  })
}
