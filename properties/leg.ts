import type { Scenario } from '../model/scenario.ts'

/** One scenario of a tour. */
export interface Leg {
  readonly scenario: Scenario
  /** After a divergence behind so many steps, the steps behind the divergence can be tried again from there. */
  readonly retryFrom: number
}
