import { offset } from '../counting.ts'
import type { Bucket } from '../results.ts'
import { divergingStep, valueText } from '../sentence.ts'
import { COLUMNS, row, wrapped } from './layout.ts'
import type { Paint } from './paint.ts'

const MARK_COLUMNS = 3
const MAX_STEP_COLUMNS = 42

/** The shortest scenario as a numbered story: when, what was asked, what came back; the step that diverged is marked. */
export function storyLines(bucket: Bucket, paint: Paint): string[] {
  const { story } = bucket
  const diverging = divergingStep(story)
  const widths = {
    number: String(story.length).length,
    time: Math.max(0, ...story.map(({ atMs }) => timeText(atMs).length)),
    step: Math.min(MAX_STEP_COLUMNS, Math.max(0, ...story.map(({ step }) => step.length))),
  }
  const margin = MARK_COLUMNS + widths.number + widths.time + widths.step + 8
  return story.flatMap((step, index) => {
    const lines = row([
      { text: step === diverging ? '>' : '', columns: MARK_COLUMNS - 2 },
      { text: String(index + 1), columns: widths.number, align: 'right' },
      // A wait is asked of nobody: it has no moment of its own.
      { text: step.answer === '' ? '' : timeText(step.atMs), columns: widths.time, align: 'right' },
      { text: step.step, columns: widths.step },
      { text: step.answer, columns: COLUMNS - margin },
    ]).map((line) => `  ${line}`)
    if (step !== diverging) return step.answer === '' ? lines.map((line) => paint('quiet', line)) : lines
    return [...lines.map((line) => paint('heading', line)), ...comparison(bucket, paint, margin)]
  })
}

/** What was expected and what was observed, below the answer that they are about. */
function comparison(bucket: Bucket, paint: Paint, margin: number): string[] {
  const under = (label: string, value: string) =>
    wrapped(`${label} ${valueText(bucket, value)}`, COLUMNS - margin).map((line) => `${' '.repeat(margin)}${line}`)
  return [
    ...under('expected', bucket.expected).map((line) => paint('good', line)),
    ...under('observed', bucket.observed).map((line) => paint('bad', line)),
  ]
}

function timeText(atMs: number): string {
  return `+${offset(atMs)}`
}
