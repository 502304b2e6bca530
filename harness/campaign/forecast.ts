import type { CompiledRules } from '../../model/compiled-rules.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { TraceClock } from '../../model/trace.ts'
import type { Plan } from './plan.ts'
import { requestOffsets } from './request-offsets.ts'
import { dealt } from './shards/shard.ts'
import { Timetable } from './timetable.ts'

/** What a run is going to do to a server that is not ours, as far as can be told before. */
export interface Forecast {
  /** How many are created, and removed again. */
  readonly containers: number
  readonly shares: number
  /** Clean-up and set-up included. */
  readonly requests: number
  readonly durationMs: number
  /** The longest scenario alone; 0 on virtual time. */
  readonly longestMs: number
}

export interface Conditions {
  readonly clock: TraceClock['kind']
  /** How long an answer takes. */
  readonly latencyMs: number
  readonly maxPerSecond: number
}

/**
 * Reckons what a run costs if nothing diverges: its phases follow one another, and on wall time each is as long as its timetable.
 * @param before scenarios that are played before the tour: those of the baseline, and what finds out about the server
 */
export function forecast(
  rules: CompiledRules,
  { tour, hostile, runs, random, version, share }: Plan,
  before: readonly (readonly Scenario[])[],
  { clock, latencyMs, maxPerSecond }: Conditions,
): Forecast {
  // Of a million random scenarios the first ones stand for all.
  const sample = runs === 0 ? [] : random(0, runs)
  const toured = [tour, hostile].map((legs) => legs.map(({ scenario }) => scenario))
  const phases = [...before, ...toured].map((scenarios) => ({ scenarios, times: 1 }))
  if (sample.length > 0) phases.push({ scenarios: dealt(sample, share?.shard), times: runs / sample.length })
  const total = { containers: 0, shares: 0, requests: 0, durationMs: 0, longestMs: 0 }
  for (const { scenarios, times } of phases) {
    const offsets = scenarios.map((scenario) => requestOffsets(rules, scenario, version, latencyMs))
    const requests = offsets.reduce((sum, { length }) => sum + length, 0)
    const kinds = scenarios.flatMap(({ world }) => world.map(({ kind }) => kind))
    total.containers += times * kinds.filter((kind) => kind === 'container').length
    total.shares += times * kinds.filter((kind) => kind === 'share').length
    total.requests += times * requests
    total.durationMs +=
      times * (clock === 'wall' ? scheduledMs(offsets, maxPerSecond) : (requests / maxPerSecond) * 1000)
    if (clock === 'wall') total.longestMs = Math.max(total.longestMs, ...offsets.map(lastOf))
  }
  return {
    ...total,
    containers: Math.round(total.containers),
    shares: Math.round(total.shares),
    requests: Math.round(total.requests),
  }
}

function scheduledMs(offsets: readonly (readonly number[])[], maxPerSecond: number): number {
  const table = new Timetable()
  return offsets.reduce((end, each) => Math.max(end, table.book(each, maxPerSecond, 0) + lastOf(each)), 0)
}

function lastOf(offsets: readonly number[]): number {
  return offsets.at(-1) ?? 0
}
