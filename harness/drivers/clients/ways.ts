import type { ResourceKind } from '../../../model/resource.ts'
import { isWait, type OperationStep, type Scenario } from '../../../model/scenario.ts'
import type { CallTable } from '../../../reports/driver-protocol.ts'
import { callKey } from './call-table.ts'

/** How else a driver can be asked for a step; none if there is one way only. */
export type Ways = (step: OperationStep, kind: ResourceKind) => readonly string[]

export function waysIn(calls: CallTable): Ways {
  return ({ do: name, leaseId }, kind) => {
    const { ways = [] } = calls[callKey(name, kind)] ?? {}
    return leaseId === undefined ? ways.filter((way) => way !== LEASE_CLIENT) : ways
  }
}

/** The way that hands a lease over as the lease client that holds it, so there has to be one. */
const LEASE_CLIENT = 'lease-client'

/** Hands the ways of each call out in turn, the usual one first, so that every way is tried alike. */
export function takingTurns(ways: Ways): (scenario: Scenario) => Scenario {
  const turns = new Map<string, number>()
  const told = (step: OperationStep, kind: ResourceKind): OperationStep => {
    const others = ways(step, kind)
    if (others.length === 0) return step
    const key = `${kind} ${step.do} ${others.length}`
    const turn = turns.get(key) ?? 0
    turns.set(key, (turn + 1) % (others.length + 1))
    return turn === 0 ? step : { ...step, way: others[turn - 1]! }
  }
  return (scenario) => {
    const kinds = new Map(scenario.world.map(({ name, kind }) => [name, kind]))
    return { ...scenario, steps: scenario.steps.map((step) => (isWait(step) ? step : told(step, kinds.get(step.on)!))) }
  }
}
