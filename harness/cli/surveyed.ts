import { type ImplementationRule, type MissingOperations, NOTHING_MISSING } from '../../model/implementation.ts'
import { explore } from '../../model/machine.ts'
import { LEASE_ACTIONS } from '../../model/operation.ts'
import { FAMILIES, type Family, KINDS, RESOURCE_KINDS } from '../../model/resource.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import { WORLDS } from '../../model/usual-worlds.ts'
import type { Baseline } from '../../reports/baseline.ts'
import { isPermitted } from '../campaign/expressible.ts'
import { firstScenarios, type Plan } from '../campaign/plan.ts'
import type { Played } from '../campaign/play-scenario.ts'
import { type CandidateProbes, candidateProbes } from '../targets/probing/candidate-probes.ts'
import { proveClock } from '../targets/probing/clock-proof.ts'
import { neededOperations } from '../targets/probing/needed-operations.ts'
import { shownMissing } from '../targets/probing/shown-missing.ts'
import { type LeftOut, survey } from '../targets/probing/survey.ts'
import type { Session } from './session.ts'

/** A target of which it is known what it knows. */
export interface Surveyed {
  readonly missing: MissingOperations
  /** What shows that it does not know the rest. */
  readonly probes: readonly Played[]
  readonly leftOut: LeftOut
}

/** Nothing is missing. */
export const WELL_KNOWN: Surveyed = { missing: NOTHING_MISSING, probes: [], leftOut: new Map() }

/**
 * Asks a target that is not ours which operations it knows, before it is checked, and has the session judge by that. What
 * the baseline lists as answered 501 needs no asking, where nothing else rests on it: that status says it each time.
 * @throws TargetError if plain requests are never answered, and what playing throws
 */
export async function surveyed(session: Session, plan: Plan, baseline: Baseline | undefined): Promise<Surveyed> {
  if (isWellKnown(session)) return WELL_KNOWN
  const known = new Set(baseline?.entries.filter(isListed501).map(({ rule }) => rule))
  const candidates = permitted(session, candidateProbes(session.rules, plan.machines))
  return knownNow(
    session,
    candidates,
    [...wantedBy(plan, candidates)].filter((rule) => !known.has(rule)),
  )
}

/** The same for a few scenarios, all operations of which are asked for; the clock is proved as well. */
export async function surveyedFor(
  session: Session,
  scenarios: readonly Scenario[],
  version: ServiceVersion,
): Promise<void> {
  if (isWellKnown(session)) return
  const used = new Set(scenarios.flatMap(({ world }) => world.map(({ kind }) => kind)))
  const kinds = RESOURCE_KINDS.filter((kind) => used.has(kind))
  await provenClock(session, [...new Set(kinds.map((kind) => KINDS[kind].family))])
  const machines = kinds.map((kind) => explore(session.rules, kind, { version }))
  const candidates = permitted(session, candidateProbes(session.rules, machines))
  await knownNow(session, candidates, scenarios.flatMap(neededOperations))
}

/**
 * Makes sure that a server that is said to keep virtual time does.
 * @throws ClockError if it does not
 */
export async function provenClock(session: Session, kinds: readonly Family[]): Promise<void> {
  const { target, clock, ask } = session
  if (clock.kind === 'wall' || isWellKnown(session)) return
  const { url, fileUrl } = target.endpoints[0]!
  // One clock serves all: what was not chosen may have leases where what was chosen has none.
  const others = FAMILIES.filter((family) => KINDS[family].service === 'blob' || fileUrl !== undefined)
  await proveClock([...new Set([...kinds, ...others])], target.permits, ask, new URL(url).host)
}

/** Servers that come with a baseline, or with the model itself, are not asked. */
function isWellKnown({ target: { embedded, name } }: Session): boolean {
  return embedded && (name === 'azurite' || name === 'reference')
}

/** Where something is missing, the plan will be another one, so that every operation counts. */
async function knownNow(
  session: Session,
  candidates: CandidateProbes,
  wanted: readonly ImplementationRule[],
): Promise<Surveyed> {
  const first = await survey(candidates, wanted, session.ask)
  const { missing, shown, leftOut } =
    first.missing.size === 0 ? first : await survey(candidates, candidates.keys(), session.ask)
  session.missing = missing
  return { missing, leftOut, probes: shown.map((played) => shownMissing(played, missing)) }
}

/** Random scenarios may need anything, and shards have to agree; else only what is planned counts. */
function wantedBy(plan: Plan, candidates: CandidateProbes): Iterable<ImplementationRule> {
  if (plan.runs > 0 || plan.share !== undefined) return candidates.keys()
  return new Set(firstScenarios(plan).flatMap(neededOperations))
}

/** What the credential does not permit is refused for that, so it would tell nothing. */
function permitted({ target: { permits } }: Session, candidates: CandidateProbes): CandidateProbes {
  if (permits === undefined) return candidates
  const kept = [...candidates].map(
    ([rule, ways]) => [rule, ways.filter(({ scenario }) => isPermitted(scenario, permits))] as const,
  )
  return new Map(kept.filter(([, ways]) => ways.length > 0))
}

/** Whether a baseline lists an operation as answered 501, on which no scenario rests. */
function isListed501({ rule, observed }: Baseline['entries'][number]): boolean {
  const isLease = LEASE_ACTIONS.some((name) => rule.endsWith(`.implements.${name}`))
  return rule.includes('.implements.') && observed.startsWith('501') && !isLease && !MAKING.has(rule)
}

/** What worlds are made with. */
const MAKING = new Set(Object.values(WORLDS).flatMap((world) => neededOperations({ world, steps: [] })))
