import { cellOf } from '../../model/cell.ts'
import { type CompiledRules, replacing } from '../../model/compiled-rules.ts'
import type { ConditionSymbol } from '../../model/condition.ts'
import { MALFORMED } from '../../model/inputs/hostile.ts'
import { observing } from '../../model/inputs.ts'
import { explore, type Machine, worldsOf } from '../../model/machine.ts'
import { tokenOf } from '../../model/notation.ts'
import { isLeaseAction } from '../../model/operation.ts'
import { deadlineAt, type Place, perform, placeAtStart, take } from '../../model/place.ts'
import { type Response, respond } from '../../model/respond.ts'
import type { Rule } from '../../model/rules/rule.ts'
import { isWait, type OperationStep, type Step } from '../../model/scenario.ts'
import type { Served } from '../../model/server.ts'
import { eraOf, type ServiceVersion } from '../../model/service-version.ts'
import { describeUse } from '../../model/uses.ts'
import { type ResourceSetting, subjectOf } from '../../model/world.ts'
import { simulate } from '../simulation.ts'
import type { Doubt, GapSubject, Settling } from './gap.ts'
import { unusualInputs } from './unusual-inputs.ts'

/** A request that meets a rule, and where it is made. */
interface Meeting {
  readonly from: Place
  readonly input: OperationStep
  readonly served: Served
  readonly after: Place
}

/** The ways to the rules of a kind as a version of the service is asked. */
export class Ways {
  readonly #rules: CompiledRules
  readonly #machine: Machine
  readonly #version: ServiceVersion
  readonly #places: readonly Place[]
  readonly #toured: ReadonlyMap<string, readonly Meeting[]>

  constructor(rules: CompiledRules, kind: Rule['kind'], version: ServiceVersion, wanted: ReadonlySet<string>) {
    this.#rules = rules
    this.#version = version
    this.#machine = explore(rules, kind, { version })
    this.#places = [
      ...this.#machine.places.filter(({ path }) => path.length <= LONGEST_PATH),
      ...(eraOf(version) === 'before 2012-02-12' ? placesOfOld(rules, kind, version) : []),
      ...(kind === 'blob' ? [placeAtStart(ABSENT_BESIDE_SOURCE, version)] : []),
    ].sort((a, b) => a.path.length - b.path.length)
    const visits = [...this.#machine.visits.values()].filter((visit) => wanted.has(visit.rules.at(-1)!))
    this.#toured = Map.groupBy(
      visits.map(({ from, input }) => this.#meeting(from, input)),
      ({ served }) => served.rules.at(-1)!.id,
    )
  }

  /** The shortest scenario in which a rule decides, and in which what it is doubted for can be seen. */
  settling(rule: Rule, about: GapSubject, doubts: readonly Doubt[]): Settling | undefined {
    const fits = (meeting: Meeting) =>
      !meeting.served.situation.nearDeadline && (about !== 'precedence' || isContested(this.#rules, meeting))
    const toured = (this.#toured.get(rule.id) ?? []).filter(fits)
    const met = toured.length > 0 ? toured : this.#search(rule, fits)
    const telling = about === 'aftermath' ? met.filter((meeting) => this.#tells(rule, doubts, meeting)) : []
    const meetings = telling.length > 0 ? telling : met
    const settlings = meetings.map((meeting) => this.#settledBy(meeting, about, doubts))
    return settlings.reduce<Settling | undefined>(
      (best, each) => (best === undefined || lengthOf(each) < lengthOf(best) ? each : best),
      undefined,
    )
  }

  /** The requests that no tour makes and that meet a rule in the first place where any does: places come shortest first. */
  #search(rule: Rule, fits: (meeting: Meeting) => boolean): readonly Meeting[] {
    const { era } = rule.when
    if (era !== undefined && !era.includes(eraOf(this.#version))) return []
    const found: Meeting[] = []
    for (const place of this.#places) {
      for (const input of unusualInputs(rule, place)) {
        const meeting = this.#meeting(place, input)
        if (meeting.served.rules.at(-1)!.id === rule.id && fits(meeting)) found.push(meeting)
      }
      if (found.length > 0) return found
    }
    return []
  }

  /** Whether what is read back differs with what became of the resource; of one claim only the clock can be hidden. */
  #tells(rule: Rule, doubts: readonly Doubt[], meeting: Meeting): boolean {
    const isTimed = doubts.some(({ field }) => field === 'clock')
    if (rule.expect.length === 1) return !isTimed || tellsClock(meeting)
    const { scenario, step } = this.#settledBy(meeting, 'aftermath', doubts)
    const { version } = meeting.from
    const told = rule.expect.map((outcome) => {
      const one = replacing(this.#rules, { ...rule, expect: [outcome] })
      const { trace } = simulate(one, one, scenario, { version })
      return JSON.stringify(trace.slice(step).map(({ exchanges }) => exchanges[0]?.answer))
    })
    return new Set(told).size === told.length
  }

  #meeting(from: Place, input: OperationStep): Meeting {
    const { place: after, served } = perform(this.#rules, from, input)
    return { from, input, served, after }
  }

  #settledBy({ from, input, served, after }: Meeting, about: GapSubject, doubts: readonly Doubt[]): Settling {
    return {
      version: this.#version,
      scenario: {
        world: from.setting,
        steps: [...from.path, input, ...(about === 'aftermath' ? readingBack(after, doubts) : [])],
      },
      step: from.path.length,
      cell: cellOf(served.situation),
      hostile: served.rules.at(-1)!.layer === 'syntax',
      virtualTimeOnly: served.situation.breakPeriod === 'equal',
      changesNothing: changesNothing(this.#rules, served),
    }
  }
}

/** Something can be copied to a blob that is not there. */
const ABSENT_BESIDE_SOURCE: readonly ResourceSetting[] = [
  { name: 'container', kind: 'container', condition: 'present' },
  { name: 'source', kind: 'blob', parent: 'container', condition: 'present' },
  { name: 'blob', kind: 'blob', parent: 'container', condition: 'absent' },
]

/** A request that no tour makes is tried where so many steps lead to at most. */
const LONGEST_PATH = 3

/** Before 2012-02-12 a lease took no headers, and the requests that tours are made of carry some. */
function placesOfOld(rules: CompiledRules, kind: Rule['kind'], version: ServiceVersion): readonly Place[] {
  return worldsOf(kind).flatMap((world) => {
    const { name: on } = subjectOf(world)
    const leased = take(rules, placeAtStart(world, version), { do: 'acquire', on })
    return [leased, take(rules, leased, { wait: 'until deadline', on, ms: 1000 })]
  })
}

/** Whether a later check would refuse the request as well, so that the answer tells which of the two comes first. */
function isContested(rules: CompiledRules, { served }: Meeting): boolean {
  return respond(rules, served.situation).otherwise !== undefined
}

/** Whether a deadline follows, and some of the time was over already: only then a clock that starts anew can be told from one that is kept. */
function tellsClock({ from, after }: Meeting): boolean {
  const { name: on } = subjectOf(after.setting)
  return deadlineAt(after, on) !== undefined && from.path.some((each) => isWait(each) && each.wait === 'for')
}

/**
 * Whether the resource stays as it is, whichever of the permitted answers is given. The first look after a lease ran out is a
 * situation of its own, and only once.
 */
function changesNothing(rules: CompiledRules, { situation }: Served): boolean {
  if (situation.firstLook) return false
  for (let each: Response | undefined = respond(rules, situation); each !== undefined; each = each.otherwise)
    if (each.outcomes.some(({ next }) => next.values.some((value) => value !== 'stays'))) return false
  return true
}

/** What shows what became of a resource: its lease now, and once the deadline has passed if that is what is doubted. */
function readingBack(after: Place, doubts: readonly Doubt[]): readonly Step[] {
  const { name: on } = subjectOf(after.setting)
  const observe = observing(after)
  const isTimed = doubts.some(({ field }) => field === 'clock') && deadlineAt(after, on) !== undefined
  return isTimed ? [observe, { wait: 'until deadline', on, ms: 1000 }, observe] : [observe]
}

/** Shorter is: fewer requests, then fewer waits, then a plainer request, then less to read; said as one number. */
function lengthOf({ scenario, step }: Settling): number {
  const waits = scenario.steps.filter(isWait).length
  const input = scenario.steps[step] as OperationStep
  return (((scenario.steps.length - waits) * 100 + waits) * 100 + oddness(input)) * 10_000 + tokenOf(scenario).length
}

/**
 * How little a request stands for what a rule is about. A condition that does not hold tells more than one that does: whether
 * it was refused, judged or ignored.
 */
function oddness({ do: name, leaseId = '', proposedLeaseId = '', condition, ...rest }: OperationStep): number {
  const isTypical = isLeaseAction(name) || describeUse(name).typical === true
  const ids = [leaseId, proposedLeaseId].filter(
    (id) => id.includes('@') || (id.startsWith('malformed') && id !== MALFORMED),
  )
  const texts = Object.values(rest).filter((text) => !/^[0-9a-z]+$/i.test(String(text))).length
  const holds = condition !== undefined && !UNMET.has(condition)
  return Object.keys(rest).length + texts + ids.length * 4 + (isTypical ? 0 : 2) + (holds ? 8 : 0)
}

const UNMET: ReadonlySet<ConditionSymbol> = new Set([
  'if-match:other',
  'if-none-match:current',
  'if-none-match:*',
  'if-modified-since:future',
  'if-unmodified-since:past',
  'x-ms-if-tags:unmet',
])
