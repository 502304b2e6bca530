import { isWait, type Step, type WaitStep } from '../model/scenario.ts'
import type { Instant } from '../model/time.ts'
import type { Trace } from '../model/trace.ts'

/**
 * The steps of a trace, every wait for as long as it was: a wait until a deadline needs somebody who knows the deadline, a
 * wait for so many milliseconds needs nobody.
 */
export function measuredSteps({ steps }: Pick<Trace, 'steps'>): readonly Step[] {
  const measured: Step[] = []
  let run: WaitStep[] = []
  let sinceMs: Instant | undefined
  for (const { call, exchanges } of steps) {
    if (isWait(call)) {
      run.push(call)
      continue
    }
    const first = exchanges[0]
    const lastedMs = first === undefined || sinceMs === undefined ? 0 : first.window.earliestMs - sinceMs
    measured.push(...measuredRun(run, lastedMs), call)
    run = []
    sinceMs = exchanges.at(-1)?.window.latestMs ?? sinceMs
  }
  return [...measured, ...measuredRun(run, 0)]
}

/** Waits one after the other, which together lasted so long. What no plain wait accounts for, the first other one does. */
function measuredRun(run: readonly WaitStep[], lastedMs: number): readonly WaitStep[] {
  const plainMs = run.reduce((sum, { wait, ms }) => sum + (wait === 'for' ? Math.max(0, ms) : 0), 0)
  const first = run.find(({ wait }) => wait === 'until deadline')
  return run.map((step) => {
    if (step.wait === 'for') return { ...step, ms: Math.max(0, step.ms) }
    return { ...step, wait: 'for', ms: step === first ? Math.max(0, lastedMs - plainMs) : 0 }
  })
}
