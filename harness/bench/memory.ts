import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Figure, quantity } from './figure.ts'

const CHILD = fileURLToPath(new URL('./memory-child.ts', import.meta.url))
const MARKS = [20_000, 60_000] as const
/** How much more of the heap may be in use at the last mark than at the first, and still be called flat. */
const FLAT_PERCENT = 10
const MB = 1_000_000

/** How the memory of the harness grows with the number of scenarios. */
export async function memoryFigure(): Promise<Figure> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', CHILD, ...MARKS.map(String)])
  const [first, last] = JSON.parse(stdout) as { readonly scenarios: number; readonly heapBytes: number }[]
  if (first === undefined || last === undefined) throw new Error(`${CHILD} measured nothing`)
  const perScenario = (last.heapBytes - first.heapBytes) / (last.scenarios - first.scenarios)
  const heap = ({ scenarios, heapBytes }: typeof first) =>
    `${quantity(heapBytes / MB, 'MB')} after ${scenarios.toLocaleString('en-US')}`
  return {
    name: `memory of the harness: growth from ${MARKS[0].toLocaleString('en-US')} to ${MARKS[1].toLocaleString('en-US')} scenarios`,
    value: (last.heapBytes / first.heapBytes - 1) * 100,
    unit: '%',
    bar: { atMost: FLAT_PERCENT },
    notes: [
      `heap in use: ${heap(first)}, ${heap(last)} scenarios, so ${quantity(perScenario, 'bytes')} a scenario`,
      'campaign, judge, coverage and results on simulated answers; not measured: connections, and 10,000 to 1,000,000 scenarios as section 10 asks',
    ],
  }
}
