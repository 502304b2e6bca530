import { type ImplementationRule, implementationRule, type MissingOperations } from '../../../model/implementation.ts'
import { operationsOf } from '../../../model/operation.ts'
import { RESOURCE_KINDS } from '../../../model/resource.ts'
import type { Scenario } from '../../../model/scenario.ts'
import { isUndisturbed } from '../../../model/undisturbed.ts'
import { WORLDS } from '../../../model/usual-worlds.ts'
import type { Signature } from '../../../reports/results.ts'
import { inOrder } from '../../campaign/in-order.ts'
import type { Played } from '../../campaign/play-scenario.ts'
import { isBusy } from '../../drivers/pace.ts'
import { TargetError } from '../../errors.ts'
import type { Asked } from './ask.ts'
import type { CandidateProbes, Probe } from './candidate-probes.ts'
import { type Sign, signOf } from './implementation-sign.ts'
import { firstMissing, neededOperations } from './needed-operations.ts'

/** How many probes are under way at once. */
const IN_FLIGHT = 16
/** How often an operation is asked for until an answer decides. */
const MAX_TRIES = 3

/** What a survey has shown of a target. */
export interface Survey {
  readonly missing: MissingOperations
  /** For each operation that is missing, the play that shows it. */
  readonly shown: readonly Played[]
  readonly leftOut: LeftOut
}

/**
 * What a run has to do without, each with the signature of the operation that is missing: that itself, and what could not be
 * asked for since it needs it. Whether that is known nobody can tell, and a refusal that happens to be right proves nothing.
 */
export type LeftOut = ReadonlyMap<ImplementationRule, Signature>

/**
 * Asks a target for each operation once where it cannot but succeed, those first that others need: what it does not know is
 * left out of the run, and told. Each probe has a container or share of its own.
 * @param wanted the operations that the run needs; what these need in turn is asked for as well.
 * @throws TargetError if plain requests are never answered, and what `ask` throws
 */
export async function survey(
  candidates: CandidateProbes,
  wanted: Iterable<ImplementationRule>,
  ask: (probe: Probe) => Promise<Asked>,
): Promise<Survey> {
  const missing = new Map<ImplementationRule, string>()
  const shown: Played[] = []
  const open = withNeeds(candidates, wanted)
  while (open.size > 0) {
    const ready = [...open].flatMap((rule) => readyProbe(candidates.get(rule)!, open, missing) ?? [])
    if (ready.length === 0) break
    for await (const { probe, sign, asked } of inOrder(ready, IN_FLIGHT, (each) => decided(each, ask))) {
      open.delete(probe.rule)
      if (sign.is !== 'missing') continue
      missing.set(probe.rule, sign.observed)
      shown.push(asked.played)
    }
  }
  return { missing, shown, leftOut: leftOutBy(missing, [...open], candidates) }
}

/** @param open what was never asked for, although it can be */
function leftOutBy(
  missing: MissingOperations,
  open: readonly ImplementationRule[],
  candidates: CandidateProbes,
): LeftOut {
  const leftOut = new Map<ImplementationRule, Signature>()
  for (const [rule, observed] of missing) leftOut.set(rule, { rule, field: 'status', observed })
  const leaveOut = (rule: ImplementationRule, scenario: Scenario) => {
    const needed = firstMissing(scenario, leftOut)
    if (needed !== undefined) leftOut.set(rule, leftOut.get(needed)!)
    return needed !== undefined
  }
  // What needs something that needs something is found in a later round.
  let rest = open
  for (let before = -1; before !== rest.length; ) {
    before = rest.length
    rest = rest.filter((rule) => !leaveOut(rule, candidates.get(rule)![0]!.scenario))
  }
  for (const kind of RESOURCE_KINDS) {
    const never = operationsOf(kind).map((name) => implementationRule(kind, name))
    for (const rule of never.filter((each) => !candidates.has(each)))
      leaveOut(rule, { world: WORLDS[kind]!, steps: [] })
  }
  return leftOut
}

/** The operations that can be asked for, with those that asking for them needs. */
function withNeeds(candidates: CandidateProbes, wanted: Iterable<ImplementationRule>): Set<ImplementationRule> {
  const all = new Set<ImplementationRule>()
  const queue = [...wanted]
  for (let rule = queue.pop(); rule !== undefined; rule = queue.pop()) {
    const ways = candidates.get(rule)
    if (all.has(rule) || ways === undefined) continue
    all.add(rule)
    queue.push(...neededOperations(ways[0]!.scenario))
  }
  return all
}

/** The first way to ask for an operation all needs of which are known to be met, if the ways before it are not open any more. */
function readyProbe(
  ways: readonly Probe[],
  open: ReadonlySet<ImplementationRule>,
  missing: MissingOperations,
): Probe | undefined {
  const passable = ways.find((probe) => needsOf(probe).every((rule) => !missing.has(rule)))
  return passable !== undefined && needsOf(passable).every((rule) => !open.has(rule)) ? passable : undefined
}

function needsOf({ rule, scenario }: Probe): readonly ImplementationRule[] {
  return neededOperations(scenario).filter((each) => each !== rule)
}

interface Decided {
  readonly probe: Probe
  readonly sign: Sign
  readonly asked: Asked
}

/** Asks until an answer decides; a server that is out of order each time is judged by the run itself. */
async function decided(probe: Probe, ask: (probe: Probe) => Promise<Asked>): Promise<Decided> {
  let unanswered = 0
  for (let tries = 1; ; tries++) {
    const asked = await ask(probe)
    const sign = signIn(probe, asked)
    if (asked.answer === undefined) unanswered++
    if (unanswered === MAX_TRIES || isDumb(asked)) throw new TargetError(neverAnswered(probe))
    if (sign.is !== 'undecided' || tries === MAX_TRIES) return { probe, sign, asked }
  }
}

/** Whether a server answered none of three requests: an answer may be lost, but not all of them. */
function isDumb({ answer, before, after, played }: Asked): boolean {
  return wasSent(played) && answer === undefined && before === undefined && after === undefined
}

/** An operation that was never sent, since one before it went astray, is the run's to find out about. */
function wasSent({ play: { trace, scenario } }: Played): boolean {
  return trace.length === scenario.steps.length
}

function signIn({ asks, expected }: Probe, { answer, before, after, played }: Asked): Sign {
  // A request that may or may not have been served can make any answer look like that to another one.
  const looks = [before, after].flatMap((look) => look ?? [])
  if (!isUndisturbed(played.play.trace) || looks.some(({ status }) => isBusy(status))) return { is: 'undecided' }
  if (answer === undefined) return wasSent(played) ? { is: 'undecided' } : { is: 'known' }
  return signOf({ name: asks.do, expected, answer, before, after })
}

function neverAnswered({ rule }: Probe): string {
  const [kind, , name] = rule.split('.')
  return (
    `the server took ${name} on a ${kind}, a plain request, and never answered it; ` +
    'what it does not answer cannot be judged: is it the right server, and is it well?'
  )
}
