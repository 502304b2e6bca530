import fc from 'fast-check'
import { isClientRuleFor } from '../../../model/client/client-rules.ts'
import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { type Divergence, implementationRule } from '../../../model/judge.ts'
import type { Machine } from '../../../model/machine.ts'
import { classOf } from '../../../model/operation.ts'
import { isWait, type Scenario, type Step } from '../../../model/scenario.ts'
import type { Play } from '../../../properties/play.ts'
import { simulate } from '../../../properties/simulation.ts'
import { isSame } from '../../../reports/baseline.ts'
import type { Signature } from '../../../reports/results.ts'

/** Plays a scenario on the target. */
export type PlayOnTarget = (scenario: Scenario) => Promise<Play>

/** At most so many plays go into one shrink. */
const MAX_PLAYS = 200
/** How many of the machine's shortest ways to the diverging rule are tried before cutting. */
const MODEL_CANDIDATES = 4

/**
 * The shortest scenario that still shows a divergence, and its play. First on the model: the machine knows the shortest ways
 * to the rule, and one of them usually shows it. Then on the target: steps are cut away as long as the divergence stays,
 * skipping what by the model does not reach the rule any more.
 */
export async function shrunk(
  rules: CompiledRules,
  machines: readonly Machine[],
  signature: Signature,
  found: Play,
  play: PlayOnTarget,
): Promise<Play> {
  let best = cutBehind(found, signature)
  let plays = 0
  const shows = async (scenario: Scenario): Promise<boolean> => {
    if (plays >= MAX_PLAYS || !reaches(rules, scenario, signature)) return false
    plays++
    const played = await play(scenario)
    if (placeOf(played, signature) < 0) return false
    const candidate = cutBehind(played, signature)
    if (size(candidate.scenario) <= size(best.scenario)) best = candidate
    return true
  }
  for (const candidate of candidates(machines, signature)) {
    if (size(candidate) <= size(best.scenario) && (await shows(candidate))) break
  }
  const { world, steps } = best.scenario
  const property = fc.asyncProperty(
    fc.subarray([...steps], { minLength: 1 }),
    async (kept) => !(await shows({ world, steps: kept })),
  )
  await fc.check(property, { examples: [[[...steps]]], numRuns: 1, seed: 1 })
  return best
}

/** Whether by the model the last step still meets the rule that the divergence is about. */
function reaches(rules: CompiledRules, scenario: Scenario, { rule }: Signature): boolean {
  const last = scenario.steps.at(-1)
  if (last !== undefined && isAbout(rule, scenario.world, last)) return true
  return simulate(rules, rules, scenario).verdicts.at(-1)?.rules?.includes(rule) === true
}

/** The machine's ways to a rule, shortest first. */
function candidates(machines: readonly Machine[], { rule }: Signature): readonly Scenario[] {
  return machines
    .flatMap((machine) => [...machine.visits.values()])
    .filter(({ rules, from, input }) => rules.includes(rule) || isAbout(rule, from.setting, input))
    .map(({ from, input }): Scenario => ({ world: from.setting, steps: [...from.path, input] }))
    .sort((a, b) => size(a) - size(b))
    .slice(0, MODEL_CANDIDATES)
}

/** Whether a rule is about the client's part of a step, or about its operation being known; the model meets no such rule. */
function isAbout(rule: string, world: Scenario['world'], step: Step): boolean {
  if (isWait(step)) return false
  return world.some(
    ({ name, kind }) =>
      name === step.on && (isClientRuleFor(rule, kind, classOf(step.do)) || rule === implementationRule(kind, step.do)),
  )
}

/** The play without what came after the divergence. */
export function cutBehind(play: Play, signature: Signature): Play {
  const place = placeOf(play, signature)
  return {
    ...play,
    scenario: { ...play.scenario, steps: play.scenario.steps.slice(0, place + 1) },
    trace: play.trace.slice(0, place + 1),
    verdicts: play.verdicts.slice(0, place + 1),
  }
}

/** The step that diverges with this signature, or -1. */
function placeOf({ verdicts }: Play, signature: Signature): number {
  return verdicts.findIndex(({ divergences }) => divergences.some((each) => isSame(each, signature)))
}

/** The divergence with this signature, as it shows in a play. */
export function divergenceIn({ verdicts }: Play, signature: Signature): Divergence | undefined {
  return verdicts.flatMap(({ divergences }) => divergences).find((each) => isSame(each, signature))
}

/** Operations count more than waits. */
function size({ steps }: Scenario): number {
  return steps.reduce((sum, step: Step) => sum + (isWait(step) ? 1 : 2), 0)
}
