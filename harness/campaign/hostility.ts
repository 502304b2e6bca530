import type { CompiledRules } from '../../model/compiled-rules.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ServiceVersion } from '../../model/service-version.ts'
import { simulate } from '../../properties/simulation.ts'

/** Whether a request is to be refused for its headers alone. */
export function isHostile(rules: readonly string[]): boolean {
  return rules.at(-1)?.includes('.syntax.') === true
}

/** Whether a scenario sends anything hostile, also where the service may let it pass. */
export function isHostileScenario(rules: CompiledRules, scenario: Scenario, version: ServiceVersion): boolean {
  return simulate(rules, rules, scenario, { version }).verdicts.some((verdict) => isHostile(verdict.rules ?? []))
}
