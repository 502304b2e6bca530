import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { judge, type StepVerdict } from '../../../model/judge.ts'
import { successOf } from '../../../model/operation.ts'
import type { ServiceVersion } from '../../../model/service-version.ts'
import type { Answer, Trace, TraceStep, Unrecorded } from '../../../model/trace.ts'
import { LeaseNames } from '../importing/condensed/lease-names.ts'
import type { RecordedStep } from '../importing/condensed/recorded-session.ts'
import { operationFor } from './script-operation.ts'
import type { ScriptStep, SessionScript } from './session-script.ts'

/** The Date header has whole seconds, and so has the first one, from which the others are counted. */
const RESOLUTION_MS = 1000
/** How much faster or slower the service's clock may run than itself. */
const DRIFT = 0.001
/** An ETag that nobody has seen. */
const UNSEEN_ETAG = '"0x8DUNSEEN"'

/** What the model says of a recorded session, step by step as in its script; shorter if it cannot follow to the end. */
export function judgedRecording(
  rules: CompiledRules,
  script: SessionScript,
  version: ServiceVersion,
): readonly StepVerdict[] {
  return judge(rules, recordedTrace(script, version)).steps
}

function recordedTrace({ world, steps }: SessionScript, version: ServiceVersion): Trace {
  const names = new LeaseNames()
  return {
    clock: { kind: 'wall', drift: DRIFT },
    world,
    steps: steps.map((step, place) => recordedStep(step, names, version, instantOf(steps, place))),
  }
}

/** When a step was recorded, seconds since the first one; what was done besides was done with the next step. */
function instantOf(steps: readonly ScriptStep[], place: number): number {
  return steps.slice(place).find(({ recorded }) => recorded !== undefined)?.recorded?.dt ?? 0
}

function recordedStep(step: ScriptStep, names: LeaseNames, version: ServiceVersion, seconds: number): TraceStep {
  const operation = operationFor(step, { version, textOf: (name) => names.textOf(name), etag: UNSEEN_ETAG })
  const { recorded, name } = step
  const answer = recorded === undefined ? { status: successOf(name), headers: {} } : answerOf(recorded, names)
  const window = { earliestMs: seconds * 1000 - RESOLUTION_MS, latestMs: seconds * 1000 + RESOLUTION_MS }
  return { call: { do: name, on: step.on }, exchanges: [{ operation, window, answer, unrecorded: unrecordedIn(step) }] }
}

/** ETags never were recorded; a refusal of which no code was recorded may have had any. */
function unrecordedIn({ recorded }: ScriptStep): readonly Unrecorded[] {
  const hasCode = recorded === undefined || recorded.code !== undefined || recorded.st < 300
  return hasCode ? ['etag', 'last-modified'] : ['code', 'etag', 'last-modified']
}

/** Part of the content instead of the whole is as much of a success. */
export function plainStatus(status: number): number {
  return status === 206 ? 200 : status
}

function answerOf({ st, code, rid, time, state, status, duration }: RecordedStep, names: LeaseNames): Answer {
  const headers = {
    'x-ms-lease-id': rid && names.textOf(rid),
    'x-ms-lease-time': time,
    'x-ms-lease-state': state,
    'x-ms-lease-status': status,
    'x-ms-lease-duration': duration,
  }
  const told = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { status: plainStatus(st), ...(code === undefined ? {} : { code }), headers: Object.fromEntries(told) }
}
