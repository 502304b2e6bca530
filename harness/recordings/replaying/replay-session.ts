import type { CompiledRules } from '../../../model/compiled-rules.ts'
import type { StepVerdict } from '../../../model/judge.ts'
import type { ResourceName } from '../../../model/resource.ts'
import type { ServiceVersion } from '../../../model/service-version.ts'
import type { Instant } from '../../../model/time.ts'
import type { Answer } from '../../../model/trace.ts'
import { realNames } from '../../campaign/real-names.ts'
import type { Driver } from '../../drivers/driver.ts'
import { LeaseNames } from '../importing/condensed/lease-names.ts'
import { comparedAnswer } from './compare-answer.ts'
import { judgedRecording } from './judged-recording.ts'
import { operationFor } from './script-operation.ts'
import type { ScriptStep, SessionScript } from './session-script.ts'

/** How a step was answered, held against the recording. */
export interface ReplayedStep {
  readonly step: ScriptStep
  readonly answer: Answer | undefined
  /** `permitted`: otherwise than recorded, but the recorded answer is one of several that the model permits. */
  readonly result: 'as recorded' | 'permitted' | 'differs'
  /** The fields that differ. */
  readonly differing: readonly string[]
  /** What the model says of the recorded answer; undefined where it had lost track before. */
  readonly verdict: StepVerdict | undefined
}

export interface ReplayedSession {
  readonly version: ServiceVersion
  /** Ends where the server went another way than the service did. */
  readonly steps: readonly ReplayedStep[]
}

/** What sessions are replayed with. */
export interface ReplayStage {
  readonly rules: CompiledRules
  readonly driver: Driver
  readonly startMs: Instant
}

/** What a step takes: those of one recorded second came one after the other, and a wait lasts at least as long as asked for. */
const STEP_MS = 10

/** Does again what a session did, in containers and shares of its own, and compares the answers with the recorded ones. */
export async function replaySession(
  { rules, driver, startMs }: ReplayStage,
  script: SessionScript,
  version: ServiceVersion,
  baseName: string,
): Promise<ReplayedSession> {
  const kinds = new Map(script.world.map(({ name, kind }) => [name, kind]))
  const verdicts = judgedRecording(rules, script, version)
  const prepared = await driver.prepare(script.world, realNames(script.world, baseName), startMs)
  const leases = new LeaseNames()
  const etags = new Map<ResourceName, string>(prepared.etags)
  const replayed: ReplayedStep[] = []
  let nowMs = startMs
  for (const [place, step] of script.steps.entries()) {
    nowMs = Math.max(nowMs + STEP_MS, startMs + (step.recorded?.dt ?? 0) * 1000 + place * STEP_MS)
    const open = { version, textOf: (name: string) => leases.textOf(name), etag: etags.get(step.on) }
    const { answer } = await driver.perform(operationFor(step, open), kinds.get(step.on)!, prepared.names, nowMs)
    if (answer?.headers.etag !== undefined && answer.status < 300) etags.set(step.on, answer.headers.etag)
    const result = held(step, answer, leases, verdicts[place])
    replayed.push(result)
    if (hasParted(result)) break
  }
  return { version, steps: replayed }
}

function held(
  step: ScriptStep,
  answer: Answer | undefined,
  leases: LeaseNames,
  verdict: StepVerdict | undefined,
): ReplayedStep {
  const differing = comparedAnswer(step, answer, leases)
  const isPermitted = verdict?.result === 'agreed'
  const result = differing.length === 0 ? 'as recorded' : isPermitted ? 'permitted' : 'differs'
  return { step, answer, result, differing, verdict }
}

/** Whether what follows can no longer be compared: one succeeded and the other did not, or gave out another lease. */
function hasParted({ step, answer, differing }: ReplayedStep): boolean {
  if (answer === undefined || differing.includes('x-ms-lease-id')) return true
  const wanted = step.recorded?.st ?? 200
  return differing.includes('status') && wanted < 300 !== answer.status < 300
}
