import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { classOf } from '../../../model/operation.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { Exchange } from '../../../model/trace.ts'
import type { RecordedExchange } from '../importing/recorded-exchange.ts'
import { type ExchangeVerdict, judgedVerdict } from '../verifying/exchange-verdict.ts'
import { isHierarchical } from '../verifying/hierarchical.ts'
import type { Hindrance } from '../verifying/hindrance.ts'
import type { Met } from '../verifying/met.ts'
import { type Reading, type ReadRequest, readExchange } from '../verifying/reading.ts'
import { type Deed, type Judgeable, NOTHING, type Said } from './deed.ts'
import { type Asked, footprintOf } from './footprint.ts'
import type { LaneName } from './lane.ts'
import type { Told } from './lane-knowledge.ts'
import { Lanes, type Spread } from './lanes.ts'

/** A request that has begun, as its session knows it. */
export type Begun = Spread

/** An exchange whose times are known exactly. */
export type TimedExchange = RecordedExchange & Required<Pick<RecordedExchange, 'window'>>

/**
 * Judges a session of which every request is seen and exactly timed, as it goes on: many requests may be under way at once. It
 * begins with nothing known. What is kept is bounded: of each resource the last exchanges, and of resources the last used.
 */
export class TimedSession {
  readonly #lanes: Lanes
  readonly #tell: (verdict: ExchangeVerdict) => void
  #isHierarchical = false
  #begun = 0

  /** @param tell called once for each exchange, when it has been judged: in the order of the server's acts on each resource */
  constructor(rules: CompiledRules, tell: (verdict: ExchangeVerdict) => void) {
    this.#lanes = new Lanes(rules)
    this.#tell = tell
  }

  /** A request has come, and may be sent from now on. */
  begin(asked: Asked, nowMs: number): Begun {
    const begun: Begun = { number: this.#begun++, footprint: footprintOf(asked), beganMs: nowMs, actedMs: undefined }
    this.#lanes.begin(begun)
    return begun
  }

  /** It was never sent. */
  drop(begun: Begun): void {
    begun.actedMs = begun.beganMs
    this.#lanes.end(begun, () => NOTHING)
  }

  /** The server has acted by now, although not all of its answer is there. */
  acted(begun: Begun, sentMs: number, nowMs: number): void {
    begun.beganMs = sentMs
    begun.actedMs = nowMs
  }

  /** It has come to its end. An exchange with status 0 was never answered. */
  end(begun: Begun, exchange: TimedExchange): void {
    begun.beganMs = exchange.window.earliestMs
    begun.actedMs = exchange.window.latestMs
    this.#isHierarchical ||= isHierarchical(exchange)
    const reading = this.#read(begun, exchange)
    switch (reading.is) {
      case 'beside':
        this.#lanes.end(begun, () => NOTHING)
        this.#tell({ exchange, onLease: false, result: 'beside' })
        return
      case 'not judgeable':
        this.#endUnjudged(begun, exchange, reading)
        return
      case 'judgeable':
        if (begun.footprint.of === 'nothing') this.#show(begun, exchange, reading)
        else this.#endJudged(begun, exchange, reading)
        return
      default:
        reading satisfies never
    }
  }

  #read({ footprint }: Begun, exchange: TimedExchange): Reading {
    const isListing = /[?&]comp=list(?:&|$)/i.test(exchange.url)
    if (footprint.of === 'nothing' && !isListing) return { is: 'beside' }
    const reading = readExchange(exchange, { lacksLeaseHeaders: false, hierarchical: this.#isHierarchical })
    const cannotBe = footprint.of === 'everything' || (footprint.of === 'lanes' && footprint.own === undefined)
    if (!cannotBe || (reading.is === 'not judgeable' && reading.why.name !== 'operation not known')) return reading
    return { is: 'not judgeable', onLease: false, why: { name: 'operation not known' }, met: [], lost: [] }
  }

  #endUnjudged(begun: Begun, exchange: TimedExchange, reading: Extract<Reading, { is: 'not judgeable' }>): void {
    const { onLease, why } = reading
    const changes = mayHaveChanged(exchange)
    const isOpen = changes && mayStillBeServed(exchange)
    const asked = isOpen ? this.#asked(exchange) : undefined
    const loss: Deed = { is: 'loss', later: isOpen }
    this.#lanes.end(begun, (lane) => {
      if (!changes) return NOTHING
      if (asked === undefined || !(asked.operation.on === lane || isAround(asked, lane))) return loss
      return { is: 'judgeable', told: toldOf(exchange, asked, undefined), members: asked.members, changes: true }
    })
    this.#tell({ exchange, onLease, result: 'not judgeable', why })
  }

  /** What a request that was never answered asked for, if that can be told. */
  #asked(exchange: TimedExchange): (ReadRequest & { readonly members: readonly Met[] }) | undefined {
    const answered = { ...exchange, status: 200, responseHeaders: {}, responseBody: '' }
    const reading = readExchange(answered, { lacksLeaseHeaders: false, hierarchical: this.#isHierarchical })
    const request = reading.is === 'judgeable' ? reading.requests[0] : undefined
    if (request === undefined || reading.is !== 'judgeable') return undefined
    return { ...inLane(request, reading.met) }
  }

  #endJudged(begun: Begun, exchange: TimedExchange, { onLease, requests, met }: Extract<Reading, { is: 'judgeable' }>) {
    const request = inLane(requests[0]!, met)
    const changes = mayHaveChanged(exchange)
    const told = toldOf(exchange, request, request.answer)
    const own = begun.footprint.of === 'lanes' ? begun.footprint.own : undefined
    const heard = this.#collect(exchange, onLease, 1)
    const judgeable: Judgeable = { is: 'judgeable', told, members: request.members, changes }
    this.#lanes.end(begun, (lane) => {
      if (lane === own) return { ...judgeable, heard }
      if (isAround(request, lane)) return judgeable
      return changes ? { is: 'loss', later: false } : NOTHING
    })
  }

  /** What a listing shows of resources that something else was done with before. */
  #show(begun: Begun, exchange: TimedExchange, { requests, met }: Extract<Reading, { is: 'judgeable' }>): void {
    const known = requests.filter(({ operation }) => this.#lanes.has(operation.on))
    const heard = this.#collect(exchange, false, known.length)
    for (const each of known) {
      const request = inLane(each, met)
      const told = toldOf(exchange, request, request.answer)
      this.#lanes.show(begun, request.operation.on, {
        is: 'judgeable',
        told,
        members: request.members,
        changes: false,
        heard,
      })
    }
  }

  /** Waits until all lanes have said something of an exchange. */
  #collect(exchange: TimedExchange, onLease: boolean, parts: number): (said: Said) => void {
    if (parts === 0) this.#tell({ exchange, onLease, result: 'beside' })
    const all: Said[] = []
    return (said) => {
      all.push(said)
      if (all.length === parts) this.#tell(verdictOf(exchange, onLease, all))
    }
  }
}

function verdictOf(exchange: RecordedExchange, onLease: boolean, all: readonly Said[]): ExchangeVerdict {
  const steps = all.flatMap((said) => ('verdict' in said ? [said.verdict] : []))
  const [why] = all.flatMap((said): readonly Hindrance[] => ('why' in said ? [said.why] : []))
  if (steps.length === 0 && why !== undefined) return { exchange, onLease, result: 'not judgeable', why }
  return judgedVerdict(exchange, onLease, steps)
}

const MAKES_OR_DELETES: ReadonlySet<string> = new Set(['make', 'delete'])

/** Whether a request makes or deletes what the resource of a lane is in. */
function isAround({ operation: { name, on } }: ReadRequest, lane: LaneName): boolean {
  return MAKES_OR_DELETES.has(classOf(name)) && lane.startsWith(`${on}/`)
}

const REFUSED_FROM = 300
const FAILED_FROM = 500
/** What a gateway says when it has given up waiting. */
const GIVEN_UP: ReadonlySet<number> = new Set([502, 504])

function mayHaveChanged({ method, status }: RecordedExchange): boolean {
  return method !== 'GET' && method !== 'HEAD' && (status < REFUSED_FROM || status >= FAILED_FROM)
}

/** Whether a server may act on a request although it has been heard of. */
function mayStillBeServed({ status, responseHeaders }: RecordedExchange): boolean {
  return status === 0 || GIVEN_UP.has(status) || responseHeaders['x-ms-error-code'] === 'OperationTimedOut'
}

function toldOf({ window }: TimedExchange, { operation, unrecorded }: ReadRequest, answer: Exchange['answer']): Told {
  const passing = operation.source === undefined ? [] : [operation.source]
  return { exchange: { operation, window, answer, unrecorded }, passing }
}

/**
 * A request as the lane of its subject sees it. Of what is copied or moved from elsewhere nothing is ever known there: it has a
 * lane of its own, in which other things happen.
 */
function inLane(request: ReadRequest, met: readonly Met[]): ReadRequest & { readonly members: readonly Met[] } {
  const { operation } = request
  const own: Met[] = []
  for (let name: ResourceName | undefined = operation.on; name !== undefined; name = own[0]!.parent) {
    own.unshift(met.find((each) => each.name === name)!)
  }
  if (operation.source === undefined) return { ...request, members: own }
  const { kind } = met.find(({ name }) => name === operation.on)!
  const source = `the source of a request on ${operation.on}`
  return {
    ...request,
    operation: { ...operation, source },
    members: [...own, { name: source, realName: source, kind }],
  }
}
