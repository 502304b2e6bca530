import type { Scenario } from '../../../model/scenario.ts'
import type { Canary } from '../canary.ts'
import type { Intake } from '../intake.ts'
import type { Plan } from '../plan.ts'
import type { Played } from '../play-scenario.ts'
import type { Servers } from '../servers.ts'
import type { TimeLimit } from './time-limit.ts'

/** What every phase of a campaign works with. */
export interface Phase {
  readonly plan: Plan
  readonly play: (scenario: Scenario) => Promise<Played>
  /** How many scenarios are under way at once. */
  readonly inFlight: number
  readonly untilMs: TimeLimit
  readonly intake: Intake
  readonly servers: Servers
  readonly canary: Canary
}
