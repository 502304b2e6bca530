import { isClientRule } from '../../model/client/client-rules.ts'
import type { Divergence } from '../../model/judge.ts'
import { stepText } from '../../model/notation.ts'
import { isWait, nameOfId, type Scenario, type Step } from '../../model/scenario.ts'
import type { Answer, TraceStep } from '../../model/trace.ts'
import { subjectOf } from '../../model/world.ts'
import type { Play } from '../../properties/play.ts'
import type { StoryStep } from '../../reports/results.ts'

/** What happened in a play, told step by step. */
export function storyOf(play: Play): StoryStep[] {
  const firstMs = play.trace.flatMap(({ exchanges }) => exchanges)[0]?.window.earliestMs ?? 0
  let atMs = 0
  return play.trace.map((step, place) => {
    atMs = (step.exchanges[0]?.window.earliestMs ?? firstMs + atMs) - firstMs
    return {
      step: asked(step.call, play.scenario),
      atMs,
      answer: [told(step), ...given(step, play.verdicts[place]?.divergences ?? [])]
        .filter((text) => text !== '')
        .join('; '),
      diverged: play.verdicts[place]?.result === 'diverged',
    }
  })
}

function asked(step: Step, { world }: Scenario): string {
  const text = stepText(step, subjectOf(world).name).split(',').join(' ')
  return isWait(step) ? text.replace('deadline', 'until the deadline ') : decodeURIComponent(text)
}

function told({ call, refused = [], exchanges, client }: TraceStep): string {
  if (isWait(call)) return ''
  if (exchanges.length === 0 && client === undefined) return 'not sent: it is not for the type that the blob has by now'
  const answers = exchanges.map(({ answer }) => (answer === undefined ? 'no answer came' : answered(answer)))
  return [...refused.map(() => 'too busy, asked again'), ...answers].join('; ')
}

/** What a client library did of its own: where nothing was sent, or where it made something else of the answer. */
function given({ exchanges, client }: TraceStep, divergences: readonly Divergence[]): readonly string[] {
  if (client === undefined) return []
  const { returned, otherRequests = 0 } = client
  const sent = exchanges.length + otherRequests > 0
  if (sent && !divergences.some(({ rule }) => isClientRule(rule))) return []
  const said =
    returned.kind === 'returned'
      ? `returned ${answered(returned)}`
      : `threw ${[returned.errorName, returned.status, returned.code].filter((each) => each !== undefined).join(' ')}`
  return [`${sent ? '' : 'nothing was sent, '}the client ${said}`]
}

/** An answer, or a result; not every client library tells the status. */
function answered({ status, code, headers }: Pick<Answer, 'code' | 'headers'> & { readonly status?: number }): string {
  const { 'x-ms-lease-id': id, 'x-ms-lease-time': time } = headers
  const lease = ['x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration'].flatMap((name) => headers[name] ?? [])
  return [
    `${status ?? 'a result'}${code === undefined ? '' : ` ${code}`}`,
    ...(lease.length === 0 ? [] : [lease.join(' ')]),
    ...(id === undefined ? [] : [`lease id ${nameOfId(id) ?? id}`]),
    ...(time === undefined ? [] : [`lease time ${time}`]),
  ].join(', ')
}
