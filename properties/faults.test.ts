import { expect, test } from 'vitest'
import { agedTo } from '../model/lease.ts'
import { explore, type Visit } from '../model/machine.ts'
import { RESOURCE_KINDS, type Resource, type ResourceKind } from '../model/resource.ts'
import { type CompiledRules, compile } from '../model/respond.ts'
import { RULES } from '../model/rules/index.ts'
import { operationOf, type Scenario } from '../model/scenario.ts'
import { serve } from '../model/server.ts'
import { resourceIn, type World } from '../model/world.ts'
import { faultsOf } from './faults.ts'
import { simulate } from './simulation.ts'
import { tour } from './tour.ts'

const rules = compile(RULES)

/** Whether any request can show a fault: the edited rule gives another answer, or leads to another lease of something that is there. */
function changesAnything(served: CompiledRules, visits: readonly Visit[]): boolean {
  return visits.some(({ from, input }) => {
    const operation = operationOf(input, from.memory, from.path.length)
    const [right, faulty] = [rules, served].map((each) => {
      const { state, answer } = serve(each, from.server, operation, from.nowMs)
      return JSON.stringify([answer, state.world.map((resource) => shown(resource, state.world, from.nowMs))])
    })
    return right !== faulty
  })
}

/** What of a resource can ever be seen. */
function shown({ existence, lease, parent }: Resource, world: World, nowMs: number) {
  const hidden = parent !== undefined && resourceIn(world, parent).existence === 'absent'
  if (existence === 'absent' || hidden) return 'absent'
  const aged = agedTo(lease, nowMs)
  if (aged.state === 'broken' || aged.state === 'expired') return { ...aged, ranOut: undefined }
  return aged.state === 'available' ? 'available' : aged
}

/** The scenarios of the tour that meet each rule, shortest first. */
function scenariosByRule(kind: ResourceKind, visits: Iterable<Visit>): Map<string, readonly Scenario[]> {
  const found = new Map<string, Scenario[]>([...visits].flatMap((visit) => visit.rules.map((rule) => [rule, []])))
  for (const { scenario } of tour(rules, explore(rules, kind))) {
    for (const rule of new Set(simulate(rules, rules, scenario).verdicts.flatMap((verdict) => verdict.rules ?? [])))
      found.get(rule)?.push(scenario)
  }
  for (const scenarios of found.values()) scenarios.sort((a, b) => a.steps.length - b.steps.length)
  return found
}

test.each(RESOURCE_KINDS)('the tour catches every faulty server that differs in one rule: %s', (kind) => {
  const visits = [...explore(rules, kind).visits.values()]
  const scenarios = scenariosByRule(kind, visits)
  const missed: string[] = []
  let caught = 0
  for (const fault of faultsOf(RULES).filter(({ rule }) => rule.startsWith(`${kind}.`))) {
    const served = compile(fault.rules)
    const shows = (scenario: Scenario) =>
      simulate(rules, served, scenario).verdicts.some(({ divergences }) => divergences.length > 0)
    if (scenarios.get(fault.rule)?.some(shows)) caught++
    else if (
      changesAnything(
        served,
        visits.filter((visit) => visit.rules.includes(fault.rule)),
      )
    )
      missed.push(`${fault.rule} | ${fault.operator}`)
  }
  expect(missed).toEqual([])
  expect(caught).toBeGreaterThan(2000)
})
