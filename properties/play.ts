import type { CompiledRules } from '../model/compiled-rules.ts'
import { isFitting } from '../model/fitting.ts'
import type { MissingOperations } from '../model/implementation.ts'
import { advance, begin, deadlineBelieved, type Judgement, type StepVerdict } from '../model/judge.ts'
import type { Operation } from '../model/operation.ts'
import type { ResourceName } from '../model/resource.ts'
import {
  isWait,
  type Memory,
  type OperationStep,
  operationOf,
  remembering,
  type Scenario,
  type WaitStep,
} from '../model/scenario.ts'
import type { ServiceVersion } from '../model/service-version.ts'
import type { Instant } from '../model/time.ts'
import type { Exchange, TraceClock, TraceStep } from '../model/trace.ts'

/**
 * A scenario being played: it says which request comes next and when, takes the exchange, and has it judged at once, since
 * symbolic ids and waits depend on what was answered. It sends nothing itself, so that live runs and simulations share it.
 */
export interface Play {
  readonly scenario: Scenario
  readonly rules: CompiledRules
  readonly version: ServiceVersion | undefined
  judgement: Judgement
  /** The instant of the next request; waits move it. */
  nowMs: Instant
  /** The place of the next step. */
  place: number
  readonly memories: Map<string, Memory>
  readonly trace: TraceStep[]
  readonly verdicts: StepVerdict[]
}

export interface Request {
  readonly step: OperationStep
  readonly operation: Operation
  /** Not before this instant; on virtual time exactly then. */
  readonly atMs: Instant
}

/** What is known of a scenario's surroundings when it begins. */
export interface Beginning {
  readonly clock: TraceClock
  readonly startMs: Instant
  /** The version of the service that is asked; default: the newest that the model knows. */
  readonly version?: ServiceVersion | undefined
  /** The ETags with which the resources of the world were created, where they were told. */
  readonly etags?: ReadonlyMap<ResourceName, string>
  /** Operations that the target is known not to know. */
  readonly missing?: MissingOperations | undefined
}

export function startPlay(rules: CompiledRules, scenario: Scenario, beginning: Beginning): Play {
  const { clock, startMs, version, etags = new Map(), missing } = beginning
  const world = scenario.world.map((setting) => {
    const etag: string | undefined = etags.get(setting.name)
    return etag === undefined ? setting : { ...setting, etag }
  })
  return {
    scenario,
    rules,
    version,
    judgement: begin(clock, world, missing),
    nowMs: startMs,
    place: 0,
    memories: new Map([...etags].map(([name, etag]) => [name, { etag }])),
    trace: [],
    verdicts: [],
  }
}

/**
 * The next request, after the waits before it; undefined at the end, or when nothing more can be judged. What is not for the
 * resource as it has become is left out.
 */
export function nextRequest(play: Play): Request | undefined {
  for (;;) {
    const step = play.judgement.ended ? undefined : play.scenario.steps[play.place]
    if (step === undefined) return undefined
    if (!isWait(step) && isFitting(play.judgement.belief, step.do, step.on)) {
      const operation = operationOf(step, play.memories.get(step.on) ?? {}, play.place, play.version)
      return { step, operation, atMs: play.nowMs }
    }
    if (isWait(step)) play.nowMs = waitedUntil(play, step)
    record(play, { call: step, exchanges: [] })
  }
}

/** Takes the exchange of the request that `nextRequest` gave. */
export function takeExchange(play: Play, request: Request, exchange: Exchange): StepVerdict {
  return takeStep(play, request, { exchanges: [exchange] })
}

/** Takes all that came of the request that `nextRequest` gave, where a client library was between. */
export function takeStep(
  play: Play,
  { step }: Request,
  { refused, exchanges, client }: Omit<TraceStep, 'call'>,
): StepVerdict {
  for (const { window, answer } of exchanges) {
    play.nowMs = Math.max(play.nowMs, window.latestMs)
    if (answer !== undefined) play.memories.set(step.on, remembering(play.memories.get(step.on) ?? {}, step, answer))
  }
  return record(play, {
    call: step,
    ...(refused === undefined ? {} : { refused }),
    exchanges,
    ...(client === undefined ? {} : { client }),
  })
}

function record(play: Play, step: TraceStep): StepVerdict {
  const { next, verdict } = advance(play.rules, play.judgement, step)
  play.judgement = next
  play.place++
  play.trace.push(step)
  play.verdicts.push(verdict)
  return verdict
}

/** A wait goes to the near end of an uncertain deadline from before, to the far end from after. */
function waitedUntil({ judgement, nowMs }: Play, { wait, on, ms }: WaitStep): Instant {
  if (wait === 'for') return nowMs + Math.max(0, ms)
  const deadline = deadlineBelieved(judgement, on)
  if (deadline === undefined) return nowMs
  return Math.max(nowMs, (ms < 0 ? deadline.earliestMs : deadline.latestMs) + ms)
}
