import { certain } from '../model/belief.ts'
import { type CompiledRules, compile, replacing } from '../model/compiled-rules.ts'
import { advance } from '../model/judge.ts'
import { agedTo } from '../model/lease.ts'
import { explore, type Visit } from '../model/machine.ts'
import type { Resource, ResourceKind } from '../model/resource.ts'
import { RULES } from '../model/rules/index.ts'
import { operationOf, type Scenario } from '../model/scenario.ts'
import { serve } from '../model/server.ts'
import { at, type Instant } from '../model/time.ts'
import { resourceIn, type World } from '../model/world.ts'
import { type Fault, faultsOf } from './faults.ts'
import { simulate } from './simulation.ts'
import { tour } from './tour.ts'

const rules = compile(RULES)

/** What became of the faulty servers of a kind: how many the tour caught, and which it missed although a request can show them. */
export interface Hunt {
  readonly caught: number
  readonly missed: readonly string[]
}

/** Takes the tour of a kind on its faulty servers, every `step`th of them. */
export function hunt(kind: ResourceKind, step = 1): Hunt {
  const visits = [...explore(rules, kind).visits.values()]
  const scenarios = scenariosByRule(kind, visits)
  const faults = faultsOf(RULES.filter((rule) => rule.kind === kind)).filter((_, place) => place % step === 0)
  const missed: string[] = []
  let caught = 0
  for (const fault of faults) {
    const served = replacing(rules, fault.edited)
    if (scenarios.get(fault.edited.id)?.some((scenario) => isShownBy(served, scenario))) caught++
    else if (canBeShown(served, fault, visits)) missed.push(`${fault.edited.id} | ${fault.operator}`)
  }
  return { caught, missed }
}

/** The scenarios of the tour that meet each rule, shortest first. */
function scenariosByRule(kind: ResourceKind, visits: readonly Visit[]): Map<string, readonly Scenario[]> {
  const found = new Map<string, Scenario[]>(visits.flatMap((visit) => visit.rules.map((rule) => [rule, []])))
  for (const { scenario } of tour(rules, explore(rules, kind))) {
    for (const rule of new Set(simulate(rules, rules, scenario).verdicts.flatMap((verdict) => verdict.rules ?? [])))
      found.get(rule)?.push(scenario)
  }
  for (const scenarios of found.values()) scenarios.sort((a, b) => a.steps.length - b.steps.length)
  return found
}

function isShownBy(served: CompiledRules, scenario: Scenario): boolean {
  return orFallsOver(() => simulate(rules, served, scenario).verdicts.some(({ divergences }) => divergences.length > 0))
}

/**
 * Whether any request can show a fault: the answer to it is not permitted, or leads to a lease that no permitted outcome leads
 * to, of something that is there.
 */
function canBeShown(served: CompiledRules, { edited }: Fault, visits: readonly Visit[]): boolean {
  return visits.some(({ from, input, rules: applied }) => {
    if (!applied.includes(edited.id)) return false
    const operation = operationOf(input, from.memory, from.path.length, from.version)
    return orFallsOver(() => {
      const { answer, state } = serve(served, from.server, operation, from.nowMs)
      const before = { clock: { kind: 'virtual', drift: 0 }, belief: certain(from.server.world), ended: false } as const
      const exchanges = [{ operation, window: at(from.nowMs), answer }]
      const { next, verdict } = advance(rules, before, { call: input, exchanges })
      if (verdict.divergences.length > 0) return true
      const seen = shown(state.world, from.nowMs)
      return next.belief.every(({ world }) => shown(world, from.nowMs) !== seen)
    })
  })
}

/** A server that comes to a state for which there is no rule has no answer: whoever asks it sees that. */
function orFallsOver(shows: () => boolean): boolean {
  try {
    return shows()
  } catch {
    return true
  }
}

/** What of a world can ever be seen. */
function shown(world: World, nowMs: Instant): string {
  return JSON.stringify(world.map((resource) => shownOf(resource, world, nowMs)))
}

function shownOf({ kind, existence, lease, parent }: Resource, world: World, nowMs: Instant) {
  const isHidden = parent !== undefined && resourceIn(world, parent).existence === 'absent'
  if (existence !== 'present' || isHidden) return 'not there'
  // Nothing tells of a lease on what cannot be leased.
  if (kind === 'blob-snapshot') return 'there'
  const aged = agedTo(lease, nowMs)
  if (aged.state === 'broken' || aged.state === 'expired') return { ...aged, ranOut: undefined }
  return aged.state === 'available' ? 'available' : aged
}
