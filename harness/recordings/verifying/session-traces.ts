import { type LeaseId, leaseIdArgument } from '../../../model/lease-id.ts'
import { classOf } from '../../../model/operation.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { Span } from '../../../model/time.ts'
import type { TraceStep } from '../../../model/trace.ts'
import type { UnseenSetting } from '../../../model/world.ts'
import { Linked } from './linked.ts'
import type { Met } from './met.ts'
import type { Reading } from './reading.ts'

/** A recorded exchange as it was read, and when the service acted on it. */
export interface Dated {
  readonly reading: Reading
  readonly window: Span
}

/** A step of a trace and the number of the exchange that it is of. */
export interface SessionStep {
  readonly exchange: number
  readonly step: TraceStep
  /** Whether it is what the trace is about; else it only tells what became of the container or share. */
  readonly counts: boolean
}

/** The part of a run that is about resources which depend on each other, parents before children. */
export interface SessionTrace {
  readonly world: readonly UnseenSetting[]
  readonly steps: readonly SessionStep[]
}

/** What happened to a resource. */
interface Event {
  readonly exchange: number
  readonly step: TraceStep
  readonly about: ResourceName
}

/**
 * Takes a run apart into traces that have nothing to do with each other, so that what is unknown of one resource does not
 * multiply with what is unknown of another. A resource stands together with its snapshots and with what was copied or moved
 * there; of the container or share that it is in, a trace has only what makes or deletes it.
 */
export function tracesOf(run: readonly Dated[]): readonly SessionTrace[] {
  const met = resourcesOf(run)
  const linked = linksIn(run, met)
  const ids = idsIn(run, linked)
  const settingOf = (name: ResourceName): UnseenSetting => {
    const { kind, parent } = met.get(name)!
    const unseenIds = [...(ids.get(linked.leaderOf(name)) ?? [])]
    return { name, kind, ...(parent === undefined ? {} : { parent }), unseenIds }
  }
  const events = Map.groupBy(eventsIn(run, met), ({ about }) => about)
  const groups = Map.groupBy(met.keys(), (name) => linked.leaderOf(name))
  return [...groups.values()]
    .filter((members) => members.some((name) => events.has(name)))
    .map((members) => traceOf(members, met, events, settingOf))
}

function traceOf(
  members: readonly ResourceName[],
  met: ReadonlyMap<ResourceName, Met>,
  events: ReadonlyMap<ResourceName, readonly Event[]>,
  settingOf: (name: ResourceName) => UnseenSetting,
): SessionTrace {
  const inside = new Set(members)
  const outside = new Set(members.flatMap((name) => met.get(name)!.parent ?? []).filter((name) => !inside.has(name)))
  const world = [...outside, ...inside].map(settingOf).toSorted((a, b) => depthOf(a) - depthOf(b))
  const own = members.flatMap((name) => events.get(name) ?? [])
  const around = [...outside].flatMap((name) => (events.get(name) ?? []).filter(makesOrDeletes))
  const steps = [...own, ...around]
    .toSorted((a, b) => a.exchange - b.exchange)
    .map(({ exchange, step, about }) => ({
      exchange,
      counts: inside.has(about),
      // What is lost of a container or a share is lost of what it holds.
      step: {
        ...step,
        ...(step.exchanges.length > 0 ? {} : { lost: outside.has(about) ? world : [settingOf(about)] }),
      },
    }))
  return { world, steps }
}

/** What is in something stands behind it. */
function depthOf({ kind }: UnseenSetting): number {
  if (kind === 'container' || kind === 'share') return 0
  return kind === 'blob-snapshot' || kind === 'share-snapshot' ? 2 : 1
}

function makesOrDeletes({ step: { exchanges } }: Event): boolean {
  const [exchange] = exchanges
  return exchange === undefined || MAKES_OR_DELETES.has(classOf(exchange.operation.name))
}

const MAKES_OR_DELETES: ReadonlySet<string> = new Set(['make', 'delete'])

/** Listings name resources that a run has nothing else to do with; only the others count. */
function resourcesOf(run: readonly Dated[]): ReadonlyMap<ResourceName, Met> {
  const all = run.flatMap(({ reading }) => {
    if (reading.is === 'beside') return []
    return reading.is === 'judgeable' && isListing(reading) ? [] : reading.met
  })
  return new Map(all.map((each) => [each.name, each]))
}

function isListing({ requests }: Extract<Reading, { is: 'judgeable' }>): boolean {
  return requests.length === 0 || classOf(requests[0]!.operation.name) === 'list'
}

function linksIn(run: readonly Dated[], met: ReadonlyMap<ResourceName, Met>): Linked<ResourceName> {
  const linked = new Linked<ResourceName>()
  for (const { name, kind, parent } of met.values()) {
    if ((kind === 'blob-snapshot' || kind === 'share-snapshot') && parent !== undefined) linked.link(name, parent)
  }
  for (const { reading } of run) {
    if (reading.is !== 'judgeable') continue
    for (const { operation } of reading.requests) {
      if (operation.source !== undefined) linked.link(operation.on, operation.source)
    }
  }
  return linked
}

/** The lease ids that are sent or answered for what belongs together. */
function idsIn(run: readonly Dated[], linked: Linked<ResourceName>): ReadonlyMap<ResourceName, ReadonlySet<LeaseId>> {
  const found = new Map<ResourceName, Set<LeaseId>>()
  for (const { reading } of run) {
    if (reading.is !== 'judgeable') continue
    for (const { operation, answer } of reading.requests) {
      const leader = linked.leaderOf(operation.on)
      const known = found.get(leader) ?? new Set()
      const answered = leaseIdArgument(answer.headers['x-ms-lease-id'])
      for (const id of [operation.leaseId, operation.proposedLeaseId, operation.sourceLeaseId, answered]) {
        if (id.given === 'guid') known.add(id.id)
      }
      found.set(leader, known)
    }
  }
  return found
}

function eventsIn(run: readonly Dated[], met: ReadonlyMap<ResourceName, Met>): readonly Event[] {
  return run.flatMap(({ reading, window }, exchange): readonly Event[] => {
    if (reading.is === 'beside') return []
    if (reading.is === 'not judgeable') {
      return reading.lost.map(({ name }) => ({
        exchange,
        about: name,
        step: { call: { wait: 'for', on: name, ms: 0 }, exchanges: [] },
      }))
    }
    return reading.requests.flatMap(({ operation, answer, unrecorded }) => {
      const { name, on } = operation
      if (!met.has(on)) return []
      return [
        {
          exchange,
          about: on,
          step: { call: { do: name, on }, exchanges: [{ operation, window, answer, unrecorded }] },
        },
      ]
    })
  })
}
