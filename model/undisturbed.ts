import type { TraceStep } from './trace.ts'

/**
 * Whether every request was answered, and none refused for being too many: only then nothing but the answered requests can have
 * changed anything, and what is seen is certain.
 */
export function isUndisturbed(steps: readonly Pick<TraceStep, 'refused' | 'exchanges'>[]): boolean {
  return steps.every(
    ({ refused, exchanges }) => refused === undefined && exchanges.every(({ answer }) => answer !== undefined),
  )
}
