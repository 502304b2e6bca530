import type { Answer } from '../../../model/trace.ts'
import { count, number } from '../../../reports/counting.ts'
import { printable } from '../../../reports/printable.ts'
import type { RecordedSession, RecordedStep } from '../importing/condensed/recorded-session.ts'
import type { ReplayedSession, ReplayedStep } from './replay-session.ts'
import type { SetAside } from './session-script.ts'

/** What became of one recorded session. */
export interface SessionOutcome {
  readonly session: RecordedSession
  readonly aside: readonly SetAside[]
  /** One for each version that it was recorded with; none if nothing of it could be done again. */
  readonly replays: readonly ReplayedSession[]
}

/** What became of a whole file of recordings, for people. */
export function renderReplay(outcomes: readonly SessionOutcome[]): string {
  const replayed = outcomes.filter(({ replays }) => replays.length > 0)
  const differing = replayed.filter(differs)
  const permitted = replayed.filter((outcome) => !differs(outcome) && hasResult(outcome, 'permitted'))
  const full = outcomes.filter(({ aside }) => aside.length === 0)
  const steps = replayed.flatMap(({ replays }) => replays.flatMap((replay) => replay.steps))
  const lines = [
    `sessions               ${number(outcomes.length)}`,
    `  done again in full   ${number(full.length)}`,
    `  done again in part   ${number(replayed.length - full.length)}`,
    `  not replayable       ${number(outcomes.length - replayed.length)}`,
    `answered as recorded   ${number(replayed.length - differing.length - permitted.length)} of ${count(replayed.length, 'session')}`,
    `permitted otherwise    ${number(permitted.length)} (the model permits the recorded answer and the given one)`,
    `differing              ${number(differing.length)}`,
    `requests compared      ${number(steps.length)}, in every version that a session was recorded with`,
    ...explained(steps),
    ...asideLines(outcomes),
    ...differing.flatMap((outcome) => sessionLines(outcome, 'differs')),
    ...permitted.flatMap((outcome) => sessionLines(outcome, 'permitted')),
  ]
  return `${lines.join('\n')}\n`
}

/** Whether any answer of a session contradicts its recording. */
export function differs(outcome: SessionOutcome): boolean {
  return hasResult(outcome, 'differs')
}

function hasResult({ replays }: SessionOutcome, wanted: ReplayedStep['result']): boolean {
  return replays.some(({ steps }) => steps.some(({ result }) => result === wanted))
}

function explained(steps: readonly ReplayedStep[]): readonly string[] {
  const recorded = steps.filter(({ step }) => step.recorded !== undefined)
  const contradicting = recorded.filter(({ verdict }) => verdict?.result === 'diverged')
  const unjudged = recorded.filter(({ verdict }) => verdict === undefined || verdict.result === 'unknown')
  return [
    `recorded answers       ${number(recorded.length - contradicting.length - unjudged.length)} explained by the model, ${number(contradicting.length)} contradict it, ${number(unjudged.length)} not judged`,
  ]
}

/** Why steps were set aside, most frequent first. */
function asideLines(outcomes: readonly SessionOutcome[]): readonly string[] {
  const reasons = Map.groupBy(
    outcomes.flatMap(({ aside }) => aside),
    ({ reason }) => reason,
  )
  const sorted = [...reasons].sort(([, a], [, b]) => b.length - a.length)
  return sorted.length === 0
    ? []
    : ['steps set aside', ...sorted.map(([reason, steps]) => `  ${String(steps.length).padStart(5)}  ${reason}`)]
}

/** The steps of a session with a result; what is the same in several versions is told once. */
function sessionLines({ session, replays }: SessionOutcome, wanted: ReplayedStep['result']): readonly string[] {
  const told = new Map<string, string[]>()
  for (const { version, steps } of replays) {
    for (const each of steps.filter(({ result }) => result === wanted)) {
      const text = stepLines(each).join('\n')
      told.set(text, [...(told.get(text) ?? []), version])
    }
  }
  return [
    '',
    `${wanted}: ${printable(session.path)} (recorded ${number(session.count)} times)`,
    ...[...told].flatMap(([text, versions]) => [text, `      in ${versions.join(', ')}`]),
  ]
}

function stepLines({ step, answer, differing, verdict }: ReplayedStep): readonly string[] {
  const { recorded, number: place } = step
  const asked = recorded === undefined ? `${step.name} (preparation)` : asking(recorded)
  return [
    `  step ${place}  ${asked}: ${differing.join(', ')}`,
    `      recorded  ${recorded === undefined ? 'nothing' : recordedText(recorded)}`,
    `      answered  ${answer === undefined ? 'nothing' : answerText(answer)}`,
    `      model     ${verdictText(verdict)}`,
  ]
}

function asking({ r, op, id, prop, dur, bp, cond, src_id, dst_id }: RecordedStep): string {
  const headers = { id, prop, dur, bp, src_id, dst_id, ...cond }
  const sent = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
  return printable([op, 'on', r, ...sent].join(' '))
}

function recordedText({ st, code, rid, time, state, status, duration }: RecordedStep): string {
  return printable([st, code, state, status, duration, rid, time && `time ${time}`].filter((each) => each).join(' '))
}

function answerText({ status, code, headers }: Answer): string {
  const { 'x-ms-lease-id': id, 'x-ms-lease-time': time } = headers
  const lease = ['x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration'].map((name) => headers[name])
  return printable([status, code, ...lease, id, time && `time ${time}`].filter((each) => each).join(' '))
}

function verdictText(verdict: ReplayedStep['verdict']): string {
  if (verdict === undefined) return 'lost track of the recording before'
  const rule = verdict.rules?.at(-1) ?? 'no rule'
  const said = verdict.divergences.map(
    ({ field, expected, observed }) => `${field}: expected ${expected}, recorded ${observed}`,
  )
  return said.length === 0 ? `permits the recorded answer (${rule})` : `${said.join('; ')} (${rule})`
}
