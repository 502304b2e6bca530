import { compile } from '../../model/compiled-rules.ts'
import { kindsOf } from '../../model/resource.ts'
import { RULES } from '../../model/rules/index.ts'
import { NEWEST_VERSION } from '../../model/service-version.ts'
import { costOf, type Plan, planned } from '../campaign/plan.ts'
import { weaknessesIn } from '../campaign/weak-spots.ts'
import { findBaseline } from '../cli/baseline-file.ts'
import { PINNED_AZURITE_VERSION } from '../targets/azurite.ts'
import type { Measured } from './figure.ts'

/** How long the default run takes to plan. Worth something only as the first thing that a process does: later the code is warm. */
export function planning(): { readonly plan: Plan; readonly figure: Measured } {
  const { baseline } = findBaseline(undefined, 'azurite', PINNED_AZURITE_VERSION, false)
  const beganMs = performance.now()
  const plan = planned({
    rules: compile(RULES),
    kinds: kindsOf(['blob', 'container']),
    version: NEWEST_VERSION,
    thorough: false,
    seed: 1,
    runs: 60,
    only: [],
    known: weaknessesIn(RULES, baseline),
    clock: 'virtual',
    hostile: true,
  })
  const value = performance.now() - beganMs
  const { scenarios, requests } = costOf(plan)
  return {
    plan,
    figure: {
      name: 'planning the default run, in a fresh process',
      value,
      unit: 'ms',
      notes: [`${scenarios} scenarios, ${requests} requests; it takes the moment in which the target starts`],
    },
  }
}
